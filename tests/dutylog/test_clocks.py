"""自然时, 服务时, 工作日: the table of the rules to the minute, and every edge of it."""

import datetime as dt

import pytest
from django.utils import timezone

from dutylog.errors.clocks import NoServiceHours
from dutylog.hours import is_interval_list, is_time_list, read_interval, read_time
from dutylog.models import CalendarDay
from dutylog.services.clocks import is_late, natural_hours, service_time, working_days
from servicedesk.errors import NotInRange
from servicedesk.models import Setting


def at(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


# received, +24 h, +72 h, 8 h of service, 5 min of service, 2 and 5 working days, whether those five are provisional
TABLE = [
    ("2026-02-13 17:50", "02-14 17:50", "02-16 17:50", "02-14 15:50", "02-13 17:55", "2026-02-24", "2026-02-27", False),
    ("2026-02-14 09:00", "02-15 09:00", "02-17 09:00", "02-14 17:00", "02-14 09:05", "2026-02-25", "2026-02-28", False),
    ("2026-04-30 16:30", "05-01 16:30", "05-03 16:30", "05-01 14:30", "04-30 16:35", "2026-05-07", "2026-05-11", False),
    ("2026-09-17 10:00", "09-18 10:00", "09-20 10:00", "09-17 18:00", "09-17 10:05", "2026-09-20", "2026-09-23", False),
    ("2026-09-30 16:30", "10-01 16:30", "10-03 16:30", "10-01 14:30", "09-30 16:35", "2026-10-09", "2026-10-13", False),
    ("2026-12-28 09:00", "12-29 09:00", "12-31 09:00", "12-28 17:00", "12-28 09:05", "2026-12-30", "2027-01-05", True),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_the_table_of_the_rules_holds_to_the_minute(db, row):
    received, day, three_days, eight, five, two_days, week, is_provisional = row
    start = at(received)
    year = received[:5]
    assert natural_hours(start, 24).due_at == at(year + day)
    assert natural_hours(start, 72).due_at == at(year + three_days)
    assert service_time(start, 8 * 60).due_at == at(year + eight)
    assert service_time(start, 5).due_at == at(year + five)
    assert timezone.localdate(working_days(start, 2).due_at) == dt.date.fromisoformat(two_days)
    assert timezone.localdate(working_days(start, 5).due_at) == dt.date.fromisoformat(week)
    assert working_days(start, 5).is_provisional is is_provisional
    assert working_days(start, 2).is_provisional is False


def test_equal_is_on_time_and_a_second_more_is_late():
    due = at("2026-09-17 10:05")
    assert not is_late(due, due, now=at("2026-09-18 10:00"))
    assert is_late(due, due + dt.timedelta(seconds=1), now=due)
    assert not is_late(due, None, now=due)
    assert is_late(due, None, now=due + dt.timedelta(seconds=1))


@pytest.mark.parametrize(("received", "minutes", "due"), [
    ("2026-09-17 17:58", 5, "2026-09-18 08:03"),  # over the night
    ("2026-09-17 06:00", 5, "2026-09-17 08:05"),  # before the desk opens
    ("2026-09-17 18:00", 5, "2026-09-18 08:05"),  # the moment it closes
    ("2026-09-17 17:55", 5, "2026-09-17 18:00"),  # ends with the desk
    ("2026-09-17 08:00", 600, "2026-09-17 18:00"),  # a whole day
    ("2026-09-17 08:00", 601, "2026-09-18 08:01"),
])
def test_service_time_stops_while_the_desk_is_closed(db, received, minutes, due):
    assert service_time(at(received), minutes).due_at == at(due)


def test_several_intervals_a_day_leave_the_noon_out(choose):
    choose("dutylog.service_hours", ["13:30-18:00", "08:00-12:00"])
    assert service_time(at("2026-09-17 11:50"), 30).due_at == at("2026-09-17 13:50")
    assert service_time(at("2026-09-17 12:30"), 5).due_at == at("2026-09-17 13:35")
    assert service_time(at("2026-09-17 11:50"), 8 * 60).due_at == at("2026-09-18 11:20")


def test_an_interval_over_midnight_still_runs_in_the_morning(choose):
    choose("dutylog.service_hours", ["20:00-02:00"])
    assert service_time(at("2026-09-18 01:50"), 20).due_at == at("2026-09-18 20:10")


def test_holidays_have_their_own_hours_when_the_manager_gives_them(choose):
    choose("dutylog.service_hours_holiday", ["10:00-16:00"])
    assert service_time(at("2026-09-30 17:00"), 90).due_at == at("2026-10-01 10:30")


def test_the_steps_say_why_it_is_this_time(db):
    assert service_time(at("2026-02-13 17:50"), 8 * 60).steps == (
        "02-13 17:50 起,共 8 小时服务时", "02-13 17:50 至 18:00 计 10 分钟", "02-14 08:00 至 15:50 计 7 小时 50 分钟",
        "到 02-14 15:50",
    )
    assert natural_hours(at("2026-04-30 16:30"), 24).steps == (
        "04-30 16:30 起", "加 24 小时,昼夜连续计算", "到 05-01 16:30",
    )
    steps = working_days(at("2026-12-28 09:00"), 5).steps
    assert steps[0] == "12-28 09:00 起,次日开始计算"
    assert "2027-01-01 周五 元旦,不计(暂定)" in steps
    assert "2027-01-02 周六 周末,不计(暂定)" in steps
    assert "2027-01-05 周二 第 5 个工作日(暂定)" in steps
    shifted = working_days(at("2026-09-17 10:00"), 2).steps
    assert "2026-09-20 周日(调休上班) 第 2 个工作日" in shifted


def test_the_desks_own_calendar_decides(db):
    CalendarDay.objects.create(date=dt.date(2027, 1, 4), mark="rest", name="本园休整")
    found = working_days(at("2026-12-31 09:00"), 1)
    assert (timezone.localdate(found.due_at), found.is_provisional) == (dt.date(2027, 1, 5), False)
    CalendarDay.objects.create(date=dt.date(2027, 1, 1), mark="work", name="本园加班")
    assert timezone.localdate(working_days(at("2026-12-31 09:00"), 1).due_at) == dt.date(2027, 1, 1)


@pytest.mark.parametrize("lines", [[], ["8点到12点"], ["08:00-12:00", "11:00-18:00"], ["08:00-25:00"], ["08:00-08:00"]])
def test_hours_that_mean_nothing_are_refused_by_the_settings(choose, lines):
    with pytest.raises(NotInRange):
        choose("dutylog.service_hours", lines)
    choose("dutylog.service_hours", ["08:00-24:00"])


def test_without_any_hours_the_reckoning_says_so(db):
    Setting.objects.create(key="dutylog.service_hours", value=["从早到晚"])
    with pytest.raises(NoServiceHours):
        service_time(at("2026-09-17 10:00"), 5)


def test_intervals_and_times_are_read_as_people_write_them():
    assert read_interval("8:00 至 12:00") == read_interval("08:00-12:00")
    assert is_interval_list(["08:00-12:00", "13:30-18:00"])
    assert not is_interval_list(["20:00-06:00", "05:00-12:00"])
    assert read_time("9:30") == dt.time(9, 30)
    assert is_time_list(["10:00", "闭园"])
    assert not is_time_list(["10:00", "10:00"])
    assert not is_time_list(["中午"])
