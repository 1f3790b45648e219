"""Eight desks open the same days at once: one sheet each, shifts once, every line kept, addenda without a double."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db.models import Count

from dutylog.models import Addendum, DutyDay, LogEntry, Shift

DESKS, DAYS = 8, 8
FIRST = "2026-03-01"


@pytest.mark.django_db(transaction=True)
def test_a_second_sheet_for_one_day_is_impossible_from_8_processes(
    point, clerk, desk_environment
):
    command = [sys.executable, "-m", "tests.faults.day_process", FIRST, str(DAYS)]
    desks = [
        subprocess.Popen(command, env=desk_environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
        for _ in range(DESKS)
    ]
    answers = [desk.communicate(timeout=300) for desk in desks]
    assert [desk.returncode for desk in desks] == [0] * DESKS, answers[0][1][-2000:]
    seen = [out.split() for out, _ in answers]
    assert all(keys == seen[0] for keys in seen)
    opened = DutyDay.objects.filter(on__gte=FIRST, on__lt="2026-03-09")
    assert sorted(str(day.pk) for day in opened) == sorted(seen[0])
    doubles = Shift.objects.values("day", "kind").annotate(times=Count("pk")).filter(times__gt=1)
    assert list(doubles) == []
    assert LogEntry.objects.count() == LogEntry.objects.values("text").distinct().count() == DESKS * DAYS
    assert set(LogEntry.objects.values_list("day__on", flat=True)) == set(
        DutyDay.objects.exclude(pk__in=opened).values_list("on", flat=True)
    )
    for day in opened:
        assert sorted(Addendum.objects.filter(day=day).values_list("order", flat=True)) == list(range(1, DESKS + 1))
