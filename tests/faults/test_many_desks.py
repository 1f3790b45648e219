"""Many desks at once, each a process of its own, on the database the suite runs on."""

import subprocess
import sys

import pytest
from django.conf import settings

from lostfound.models import CustodyMove, FoundItem

DESKS = 8
FINDS = 504


@pytest.mark.django_db(transaction=True)
def test_500_finds_from_8_processes_have_no_double_and_no_missing_serial(
    point, clerk, zone, desk_environment
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
