"""One desk as a process of its own that opens the day: `python -m tests.faults.day_process 2026-11-24 20`.

Asks for the sheet of the date and writes a line, again and again; prints the key of the sheet each time.
"""

import datetime as dt
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from dutylog.choices import EntryCategory  # noqa: E402
from dutylog.services.addenda import add_addendum  # noqa: E402
from dutylog.services.days import duty_day  # noqa: E402
from dutylog.services.entries import EntryFacts, write_entry  # noqa: E402
from servicedesk.models import ServicePoint, User  # noqa: E402


def work_at(first: dt.date, days: int) -> None:
    """Open `days` sheets one after the other, each with a line of now and an addendum."""
    clerk, point = User.objects.get(staff_no="1001"), ServicePoint.objects.get(serial_mark="")
    for turn in range(days):
        day = duty_day(first + dt.timedelta(days=turn), point, by=clerk)
        facts = EntryFacts(happened_at=timezone.now(), category=EntryCategory.OTHER, text=f"{os.getpid()}-{turn}")
        write_entry(facts, by=clerk, point=point)
        add_addendum(day, "补", by=clerk, reason="试验")
        print(day.pk, flush=True)


if __name__ == "__main__":
    work_at(dt.date.fromisoformat(sys.argv[1]), int(sys.argv[2]))
