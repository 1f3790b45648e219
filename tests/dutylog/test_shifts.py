"""Which shift a moment belongs to: hours, hand-overs, midnight, and sums that agree."""

import datetime as dt

import pytest
from django.db.models import Count
from hypothesis import given
from hypothesis import strategies as st

from dutylog.choices import ShiftKind
from dutylog.errors.days import FreezeOutsideShift, ShiftAlreadyHandedOver
from dutylog.models import DutyDay, LogEntry, Shift
from dutylog.services.days import duty_day, duty_day_at
from dutylog.services.shifts import freeze_shift, shift_of
from dutylog.shiftpatterns import is_pattern_list, read_pattern
from servicedesk.errors import NotInRange
from servicedesk.services import preferences
from tests.dutylog.conftest import TODAY, local

TOMORROW = TODAY + dt.timedelta(days=1)
YESTERDAY = TODAY - dt.timedelta(days=1)


def kind_at(moment, point, by) -> str | None:
    _, shift = duty_day_at(moment, point, by=by)
    return shift.kind if shift else None


def test_a_shift_begins_with_its_first_minute(day, point, clerk, moment):
    assert kind_at(moment("08:00"), point, clerk) == ShiftKind.EARLY
    assert kind_at(moment("07:59"), point, clerk) is None


def test_a_line_at_the_hand_over_belongs_to_the_old_shift_and_a_minute_later_to_the_next(
    early, write, clock, moment, clerk
):
    clock.move_to(moment("12:55"))
    freeze_shift(early, moment("12:50"), by=clerk)
    assert write(clock="12:50").shift.kind == ShiftKind.EARLY
    assert write(clock="12:51").shift.kind == ShiftKind.LATE


def test_a_late_hand_over_takes_the_lines_before_it_back_into_the_old_shift(early, write, clock, moment, clerk):
    clock.move_to(moment("13:30"))
    between, after = write(clock="13:20"), write(clock="13:26")
    assert between.shift.kind == ShiftKind.LATE
    freeze_shift(early, moment("13:25"), by=clerk)
    between.refresh_from_db()
    after.refresh_from_db()
    assert (between.shift.kind, after.shift.kind) == (ShiftKind.EARLY, ShiftKind.LATE)
    assert between.history.first().history_change_reason == "交班后归入所在班次"


def test_a_shift_is_handed_over_once(early, clock, moment, clerk, second_clerk):
    clock.move_to(moment("13:01"))
    stale = Shift.objects.get(pk=early.pk)
    freeze_shift(early, moment("13:00"), by=clerk)
    with pytest.raises(ShiftAlreadyHandedOver, match="13:00"):
        freeze_shift(stale, moment("13:01"), by=second_clerk)


def test_a_shift_is_not_handed_over_before_it_began_nor_in_the_future(late, clock, moment, clerk):
    with pytest.raises(FreezeOutsideShift, match="13:00"):
        freeze_shift(late, moment("12:59"), by=clerk)
    with pytest.raises(FreezeOutsideShift):
        freeze_shift(late, moment("14:00"), by=clerk)


def test_a_night_shift_belongs_to_the_day_it_began(night, point, clerk, clock, moment):
    clock.move_to(moment("23:00"))
    day, shift = duty_day_at(moment("22:30"), point, by=clerk)
    assert (day.on, shift.kind) == (TODAY, ShiftKind.LATE)
    clock.move_to(moment("02:00", TOMORROW))
    assert duty_day_at(moment("02:00", TOMORROW), point, by=clerk) == (day, shift)
    clock.move_to(moment("06:01", TOMORROW))
    next_day, next_shift = duty_day_at(moment("06:01", TOMORROW), point, by=clerk)
    assert (next_day.on, next_shift.kind) == (TOMORROW, ShiftKind.EARLY)


def test_the_first_line_of_a_night_makes_the_sheet_of_the_day_before(night, point, clerk, clock, moment):
    clock.move_to(moment("02:00"))
    day, shift = duty_day_at(moment("02:00"), point, by=clerk)
    assert (day.on, shift.kind) == (YESTERDAY, ShiftKind.LATE)
    assert list(DutyDay.objects.values_list("on", flat=True)) == [YESTERDAY]


def test_a_night_handed_over_late_takes_its_lines_from_the_next_sheet(night, point, write, clerk, clock, moment):
    clock.move_to(moment("23:00"))
    tonight = duty_day(TODAY, point, by=clerk)
    clock.move_to(moment("06:12", TOMORROW))
    line = write(clock="06:05", on=TOMORROW)
    assert line.day.on == TOMORROW
    freeze_shift(tonight.shifts.get(kind="late"), moment("06:10", TOMORROW), by=clerk)
    line.refresh_from_db()
    assert (line.day, line.shift.kind) == (tonight, ShiftKind.LATE)


def test_a_moment_outside_all_hours_belongs_to_its_date(day, point, clerk, clock, moment):
    clock.move_to(moment("23:30"))
    assert duty_day_at(moment("23:30"), point, by=clerk) == (day, None)
    clock.move_to(moment("00:10", TOMORROW))
    assert duty_day_at(moment("00:10", TOMORROW), point, by=clerk)[0].on == TOMORROW


def test_sums_per_shift_and_day_agree(early, late, write, clock, moment, clerk):
    clock.move_to(moment("17:00"))
    for minute in range(0, 540, 9):
        write(clock=f"{8 + minute // 60:02d}:{minute % 60:02d}")
    freeze_shift(early, moment("12:41"), by=clerk)
    counts = dict(LogEntry.objects.values_list("shift__kind").annotate(n=Count("pk")).order_by())
    assert sum(counts.values()) == LogEntry.objects.count() == 60
    assert counts["early"] == LogEntry.objects.filter(happened_at__lte=moment("12:41")).count()
    assert counts["late"] == LogEntry.objects.filter(happened_at__gt=moment("12:41")).count()


@given(
    ends=st.lists(st.integers(30, 400), min_size=1, max_size=4),
    shifts_late=st.lists(st.one_of(st.none(), st.integers(-25, 25)), min_size=4, max_size=4),
    minute=st.integers(0, 1600),
)
def test_neighbouring_shifts_share_no_moment_and_leave_none_out(ends, shifts_late, minute):
    begin, shifts = local("00:00"), []
    for length, late in zip(ends, shifts_late, strict=False):
        end = begin + dt.timedelta(minutes=length)
        frozen = None if late is None else end + dt.timedelta(minutes=late)
        shifts.append(Shift(day_id=1, starts_at=begin, ends_at=end, frozen_at=frozen))
        begin = end
    moment = local("00:00") + dt.timedelta(minutes=minute)
    last = shifts[-1].frozen_at or shifts[-1].ends_at
    found = shift_of(moment, shifts)
    furthest = max([last, *(s.frozen_at or s.ends_at for s in shifts)])
    assert (found is not None) == (moment <= furthest)
    own_ends = [s.frozen_at or s.ends_at for s in shifts]
    if found is not None:
        # The first shift whose hand-over lies not before the moment: exactly one.
        assert shifts.index(found) == next(i for i, end in enumerate(own_ends) if moment <= end)


@pytest.mark.parametrize(("line", "hours"), [
    ("早班 08:00-13:00", ("early", "08:00", "13:00")), ("晚班 22:00 - 6:00", ("late", "22:00", "06:00")),
    ("全天班 8:30~17:30", ("whole", "08:30", "17:30")), ("中班 12:00至20:00", ("middle", "12:00", "20:00")),
])
def test_a_pattern_is_read_as_it_is_written(line, hours):
    pattern = read_pattern(line)
    assert (pattern.kind, f"{pattern.begins:%H:%M}", f"{pattern.ends:%H:%M}") == hours


@pytest.mark.parametrize("lines", [
    [], ["夜班 22:00-06:00"], ["早班 08:00"], ["早班 08:00-08:00"], ["早班 25:00-26:00"],
    ["早班 08:00-13:00", "早班 13:00-18:00"],
])
def test_a_list_of_shifts_that_is_not_understood_is_refused(lines, manager):
    assert not is_pattern_list(lines)
    with pytest.raises(NotInRange, match="早班 08:00-13:00"):
        preferences.choose("dutylog.shifts", lines, manager)


def test_holidays_have_their_own_shifts_where_the_desk_set_them(choose, point, clerk, clock):
    choose("dutylog.shifts_holiday", ["全天班 07:00-21:00"])
    holiday, ordinary = duty_day(dt.date(2026, 10, 1), point, by=clerk), duty_day(TODAY, point, by=clerk)
    assert [s.kind for s in holiday.shifts.all()] == ["whole"]
    assert [s.kind for s in ordinary.shifts.all()] == ["early", "late"]
