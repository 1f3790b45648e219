"""A notice that stands for days: written once, shown on each day until its date, never copied."""

import datetime as dt

import pytest
from django.urls import reverse

from dutylog.choices import EntryCategory
from dutylog.errors.entries import OnlyNoticesStand, StandsNoDay
from dutylog.models import LogEntry
from dutylog.papers.days import day_context
from dutylog.services.addenda import add_addendum
from dutylog.services.days import duty_day
from dutylog.services.entries import strike_entry
from tests.dutylog.conftest import TODAY, local

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def notice(day, write) -> LogEntry:
    """Of today, until the day after tomorrow."""
    return write("停车场B区关闭", category=EntryCategory.NOTICE, stands_until=TODAY + 2 * ONE_DAY)


def shown(on: dt.date, point, clerk) -> list[LogEntry]:
    return list(LogEntry.objects.notices_on(duty_day(on, point, by=clerk)))


def test_it_is_shown_on_each_later_day_until_its_date(notice, point, clerk, clock):
    found = {}
    for days in range(4):
        clock.move_to(local("09:00", TODAY + days * ONE_DAY))
        found[days] = shown(TODAY + days * ONE_DAY, point, clerk)
    assert found == {0: [], 1: [notice], 2: [notice], 3: []}
    assert LogEntry.objects.count() == 1


def test_another_desk_does_not_see_it_and_a_struck_one_nobody(notice, point, other_point, clerk, clock):
    strike_entry(notice, "记错", by=clerk)
    clock.move_to(local("09:00", TODAY + ONE_DAY))
    assert shown(TODAY + ONE_DAY, point, clerk) == shown(TODAY + ONE_DAY, other_point, clerk) == []


@pytest.mark.parametrize("days", [0, -1, 93])
def test_a_date_on_which_it_cannot_stand_is_refused(day, write, days):
    with pytest.raises(StandsNoDay):
        write("停车场B区关闭", category=EntryCategory.NOTICE, stands_until=TODAY + days * ONE_DAY)


def test_only_a_notice_stands(day, write):
    with pytest.raises(OnlyNoticesStand):
        write("游客询问", category=EntryCategory.ENQUIRY, stands_until=TODAY + ONE_DAY)


def test_the_next_days_screen_and_paper_bear_it_with_what_was_added(notice, as_user, point, clerk, clock):
    add_addendum(notice.day, "提前恢复", by=clerk, entry=notice)
    clock.move_to(local("09:00", TODAY + ONE_DAY))
    tomorrow = duty_day(TODAY + ONE_DAY, point, by=clerk)
    page = as_user(clerk).get(reverse("dutylog:dutyday_detail", args=[tomorrow.pk])).content.decode()
    for part in ("持续通知", "停车场B区关闭", "补1:提前恢复"):
        assert part in page, part
    assert day_context(tomorrow)["notices"] == [notice]
    assert day_context(notice.day)["notices"] == []


def test_it_is_typed_and_changed_on_the_form(as_user, day, clerk, point):
    browser, until = as_user(clerk), TODAY + 3 * ONE_DAY
    facts = {"happened_at": "1020", "category": "notice", "text": "东门检修", "stands_until": f"{until:%Y-%m-%d}"}
    browser.post(reverse("dutylog:logentry_create"), facts)
    entry = LogEntry.objects.get()
    assert entry.stands_until == until
    form = browser.get(reverse("dutylog:logentry_edit", args=[entry.pk])).context["form"]
    assert form["stands_until"].value() == until
