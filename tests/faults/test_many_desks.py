"""Many desks at once, each a process of its own, on the database the suite runs on."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from lostfound.models import CustodyMove, FoundItem

DESKS = 8
FINDS = 504


@pytest.fixture
def desk_environment(settings) -> dict[str, str]:
    """The environment in which a process works on this test's database."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{parts['NAME']}"
    else:
        host = quote(parts["HOST"] or "", safe="")
        url = f"postgres://{parts['USER']}:{parts['PASSWORD']}@{host}:{parts['PORT']}/{parts['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": "default"}


@pytest.mark.django_db(transaction=True)
def test_500_finds_from_8_processes_have_no_double_and_no_missing_serial(
    point, clerk, zone, roles_and_categories, desk_environment
):
    command = [sys.executable, "-m", "tests.faults.desk_process", str(FINDS // DESKS), "7"]
    desks = [
        subprocess.Popen(command, env=desk_environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
        for _ in range(DESKS)
    ]
    answers = [desk.communicate(timeout=300) for desk in desks]
    assert [desk.returncode for desk in desks] == [0] * DESKS, answers[0][1][-2000:]
    given = sorted(line for out, _ in answers for line in out.splitlines())
    last = [int(number.rsplit("-", 1)[1]) for number in given]
    assert sorted(last) == list(range(1, FINDS + 1))
    assert sorted(FoundItem.objects.values_list("number", flat=True)) == given
    assert CustodyMove.objects.count() == FINDS
