"""A sheet is made by itself, once, and opened on its day; its head, its kind, the days that have none."""

import datetime as dt

import pytest

from dutylog.choices import CalendarMark, DayKind, DayState
from dutylog.errors.days import DayLocked, HoursTakenInRow
from dutylog.jobs import open_days
from dutylog.models import CalendarDay, DutyDay
from dutylog.registers.days import kind_of
from dutylog.services.calendar import kind_of_day
from dutylog.services.days import duty_day, edit_day, missing_dates, open_today, system_person
from servicedesk.errors import EditedMeanwhile
from tests.dutylog.conftest import TODAY, local


def test_the_sheet_of_today_is_open_and_bears_its_date(day):
    assert (day.number, day.state, day.day_kind) == ("ZB-20261124", DayState.ON_DUTY, DayKind.WORKDAY)
    assert (f"{day.opens_at:%H:%M}", f"{day.closes_at:%H:%M}") == ("08:00", "17:30")
    assert day.history.count() == 2


def test_a_second_call_finds_the_same_sheet(day, point, second_clerk):
    assert duty_day(TODAY, point, by=second_clerk) == day
    assert DutyDay.objects.count() == 1


def test_each_desk_has_its_own_sheet(day, other_point, outsider):
    assert duty_day(TODAY, other_point, by=outsider).number == "ZBB-20261124"


def test_a_sheet_made_ahead_waits_until_its_day(day, point, clerk, clock, moment):
    tomorrow = TODAY + dt.timedelta(days=1)
    ahead = duty_day(tomorrow, point, by=clerk)
    assert (ahead.state, ahead.opened_at) == (DayState.NOT_OPEN, None)
    clock.move_to(moment("07:00", tomorrow))
    opened = open_today(point, by=clerk)
    assert (opened.pk, opened.state, opened.opened_at) == (ahead.pk, DayState.ON_DUTY, moment("07:00", tomorrow))


def test_a_job_opens_the_day_without_a_person_and_again_without_effect(clock, point, manager):
    first = open_today(point)
    assert first.created_by == system_person()
    assert open_today(point) == first
    assert first.head == manager
    assert not system_person().can_sign_in


def test_the_head_of_a_sheet_is_changed_and_two_editors_are_told(day, clerk, second_clerk):
    version = day.version
    stale = DutyDay.objects.get(pk=day.pk)
    edit_day(day, by=clerk, version=version, weather="晴", temperature="14–25℃")
    with pytest.raises(EditedMeanwhile, match="王芳"):
        edit_day(stale, by=second_clerk, version=version, weather="雨")
    assert DutyDay.objects.get(pk=day.pk).weather == "晴"


def test_a_park_does_not_close_before_it_opens(day, clerk):
    with pytest.raises(HoursTakenInRow):
        edit_day(day, by=clerk, opens_at=dt.time(9), closes_at=dt.time(8))
    assert edit_day(day, by=clerk, opens_at=dt.time(7, 30)).opens_at == dt.time(7, 30)


def test_a_closed_sheet_is_not_changed(day, clerk):
    DutyDay.objects.filter(pk=day.pk).update(state=DayState.CLOSED)
    day.refresh_from_db()
    with pytest.raises(DayLocked, match="ZB-20261124"):
        edit_day(day, by=clerk, weather="晴")


@pytest.mark.parametrize(("on", "kind", "name"), [
    ("2026-10-01", DayKind.HOLIDAY, "国庆节"), ("2026-09-20", DayKind.SHIFTED, "国庆节"),
    ("2026-11-28", DayKind.WEEKEND, ""), ("2026-11-24", DayKind.WORKDAY, ""), ("2026-02-14", DayKind.SHIFTED, "春节"),
])
@pytest.mark.django_db
def test_the_kind_of_a_day_comes_from_the_calendar(on, kind, name):
    found = kind_of_day(dt.date.fromisoformat(on))
    assert (found.kind, found.name, found.is_provisional) == (kind, name, False)


@pytest.mark.django_db
def test_a_year_without_rows_is_provisional_and_never_fails():
    assert kind_of_day(dt.date(2031, 5, 6)).is_provisional
    assert kind_of_day(dt.date(2031, 5, 3)).kind == DayKind.WEEKEND
    CalendarDay.objects.create(date=dt.date(2031, 5, 1), mark=CalendarMark.REST, name="劳动节")
    assert kind_of_day(dt.date(2031, 5, 1)).kind == DayKind.HOLIDAY
    assert not kind_of_day(dt.date(2031, 5, 2)).is_provisional


@pytest.mark.parametrize(("on", "name"), [
    ("2031-01-01", "元旦"), ("2031-05-01", "劳动节"), ("2031-05-02", "劳动节"), ("2031-10-01", "国庆节"),
    ("2031-10-02", "国庆节"), ("2031-10-03", "国庆节"),
])
@pytest.mark.django_db
def test_the_festivals_of_the_law_are_known_before_any_notice(on, name):
    found = kind_of_day(dt.date.fromisoformat(on))
    assert (found.kind, found.name, found.is_provisional) == (DayKind.HOLIDAY, name, True)


def test_the_sheet_of_a_festival_says_that_it_is_provisional_until_a_person_settles_it(clock, point, clerk):
    clock.move_to(local("09:00", dt.date(2031, 1, 1)))
    day = duty_day(dt.date(2031, 1, 1), point, by=clerk)
    assert kind_of(day) == "节假日(元旦,暂定)"
    assert kind_of(edit_day(day, by=clerk, day_kind=day.day_kind, day_name="元旦假期")) == "节假日(元旦假期)"


def test_dates_without_a_sheet_are_named_but_none_of_the_future(day, point, clerk):
    duty_day(TODAY - dt.timedelta(days=2), point, by=clerk)
    missing = missing_dates(point, TODAY - dt.timedelta(days=3), TODAY + dt.timedelta(days=9))
    assert missing == [TODAY - dt.timedelta(days=3), TODAY - dt.timedelta(days=1)]


def test_the_job_opens_each_desk_when_the_first_people_are_due_and_once(clock, point, other_point, moment):
    clock.move_to(moment("07:29"))
    assert open_days() == ""
    clock.move_to(moment("07:30"))
    assert open_days() == "开班 ZB-20261124、ZBB-20261124"
    assert open_days() == ""
    assert DutyDay.objects.filter(state=DayState.ON_DUTY).count() == 2
