"""A making that is killed like a process is killed: nothing half is left, and the next one goes through."""

import subprocess
import sys
import time

import pytest
from django.conf import settings as project
from django.core.management import call_command

from reports.models import MonthArchive
from reports.services import store
from servicedesk.models import ClosedMonth
from tests.reports.conftest import left_in

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST_SECONDS = 120


def wait_for(condition) -> None:
    # Counted, not timed: the clock of these tests stands still.
    for _ in range(LONGEST_SECONDS * 100):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come to pass")


def test_a_killed_making_leaves_no_half_archive_and_is_made_again(
    october, desk_environment, tmp_path
):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "month_archive", october.key], cwd=project.BASE_DIR, env=desk_environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    try:
        workplace = store.folder() / f"{october.key}{store.UNFINISHED}"
        wait_for(lambda: workplace.exists() or process.poll() is not None)
        assert process.poll() is None, process.stderr.read().decode()
    finally:
        process.kill()
        process.communicate()
    assert not MonthArchive.objects.exists()
    assert not ClosedMonth.objects.exists()
    call_command("month_archive", october.key, out=str(tmp_path / "out"), verbosity=0)
    archive = MonthArchive.objects.get()
    assert left_in(store.folder()) == set(archive.files.values_list("stored", flat=True))
    assert len(list((tmp_path / "out").iterdir())) == 3
