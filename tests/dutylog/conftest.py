"""Days, shifts and lines that the tests of the duty day ask for."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from dutylog.choices import EntryCategory
from dutylog.models import DutyDay, LogEntry, Shift, ShiftPost
from dutylog.services.days import duty_day
from dutylog.services.entries import EntryFacts, write_entry
from dutylog.services.roster import set_roster
from servicedesk.services import preferences

TODAY = dt.date(2026, 11, 24)  # a Tuesday


def local(clock: str, on: dt.date = TODAY) -> dt.datetime:
    """`local("10:20")`: that time of the day on which these tests play, in Shanghai."""
    return timezone.make_aware(dt.datetime.combine(on, dt.time.fromisoformat(clock)))


@pytest.fixture
def moment():
    """`moment("10:20")`, or of another day `moment("10:20", dt.date(2026, 11, 23))`."""
    return local


@pytest.fixture
def clock():
    """The program's clock, standing at 10:30 of the day: `clock.move_to(moment("14:00"))`."""
    with time_machine.travel(local("10:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def day(db, clock, point, clerk) -> DutyDay:
    """Today's sheet, on duty, with an early (08:00-13:00) and a late shift (13:00-18:00)."""
    return duty_day(TODAY, point, by=clerk)


@pytest.fixture
def early(day) -> Shift:
    return day.shifts.get(kind="early")


@pytest.fixture
def late(day) -> Shift:
    return day.shifts.get(kind="late")


@pytest.fixture
def post(early, clerk, supervisor) -> ShiftPost:
    """The clerk on the early shift, due at 07:30."""
    return set_roster(early, [clerk], by=supervisor)[0]


@pytest.fixture
def write(clock, point, clerk):
    """Write a line by hand: `write("游客询问班车", "10:20", category="enquiry")`."""

    def make(text="游客询问末班车时间", clock="10:20", *, by=clerk, at=point, on=TODAY, **more) -> LogEntry:
        facts = {"category": EntryCategory.ENQUIRY, "happened_at": local(clock, on), **more}
        return write_entry(EntryFacts(text=text, **facts), by=by, point=at)

    return make


@pytest.fixture
def entry(day, write) -> LogEntry:
    return write()


@pytest.fixture
def choose(db, manager):
    """Set a preference: `choose("dutylog.shifts", ["晚班 22:00-06:00"])`."""

    def set_value(key: str, value) -> None:
        preferences.choose(key, value, manager, "试验")

    return set_value


@pytest.fixture
def night(choose) -> None:
    """Shifts from six to six: the last begins at 22:00 and ends on the next morning."""
    choose("dutylog.shifts", ["早班 06:00-14:00", "中班 14:00-22:00", "晚班 22:00-06:00"])
