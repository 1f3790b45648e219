"""Open items: one item, shown on each day until closed, never copied."""

import datetime as dt

import pytest
from django.urls import reverse

from dutylog.choices import OpenItemState
from dutylog.errors.openitems import DueBeforeNow, ItemEnded, OwnerAndDueNeeded, ResultNeeded, UpdateNeeded
from dutylog.models import OpenItem, OpenItemUpdate
from dutylog.papers.days import open_items_of
from dutylog.services.closing import close_day
from dutylog.services.days import duty_day
from dutylog.services.followup_steps import follow_up_open_item, old_open_items
from dutylog.services.openitems import (
    OpenItemFacts,
    assign_open_item,
    close_open_item,
    is_old,
    items_on,
    open_item,
    reopen_open_item,
    update_open_item,
    void_open_item,
)
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded
from servicedesk.models import Message
from servicedesk.services.search import search
from servicedesk.services.today import waiting
from tests.dutylog.conftest import local

WEDNESDAY, THURSDAY, FRIDAY = (dt.date(2026, 11, day) for day in (25, 26, 27))


@pytest.fixture
def item(day, point, clerk, supervisor) -> OpenItem:
    facts = OpenItemFacts(
        text="饮水机不出热水", next_step="等工程部", owner=supervisor, due_at=local("17:00", WEDNESDAY)
    )
    return open_item(facts, by=clerk, point=point)


def test_an_open_item_stands_on_each_of_three_following_days_once(item, day, point, clerk, clock):
    for on in (WEDNESDAY, THURSDAY, FRIDAY):
        clock.move_to(local("09:00", on))
        sheet = duty_day(on, point, by=clerk)
        assert list(items_on(sheet)) == [item]
        assert [shown.number for shown, _ in open_items_of(sheet)] == [item.number]
    assert OpenItem.objects.count() == 1


def test_a_closed_item_stands_on_its_last_day_and_on_no_further(item, point, clerk, supervisor, clock):
    clock.move_to(local("10:00", WEDNESDAY))
    close_open_item(item, "已修好", by=supervisor)
    clock.move_to(local("09:00", THURSDAY))
    assert list(items_on(duty_day(WEDNESDAY, point, by=clerk))) == [item]
    assert list(items_on(duty_day(THURSDAY, point, by=clerk))) == []


def test_a_closed_day_prints_an_item_as_it_stood_then(item, full_day, second_clerk, supervisor, explained, clock):
    update_open_item(item, "配件在途", by=supervisor)
    clock.move_to(local("18:00"))
    closed = close_day(full_day, by=second_clerk, texts=explained(full_day))
    clock.move_to(local("10:00", WEDNESDAY))
    close_open_item(OpenItem.objects.get(pk=item.pk), "已修好", by=supervisor)
    assert (item.number, "配件在途") in [(shown.number, status) for shown, status in open_items_of(closed)]


def test_closing_needs_a_result(item, supervisor):
    with pytest.raises(ResultNeeded):
        close_open_item(item, " ", by=supervisor)
    closed = close_open_item(item, "已修好", by=supervisor)
    assert (closed.state, closed.result, closed.closed_by) == (OpenItemState.CLOSED, "已修好", supervisor)


def test_who_opened_it_hears_how_it_ended(item, clerk, supervisor):
    close_open_item(item, "已修好", by=supervisor)
    assert Message.objects.get(person=clerk).sentence == f"未结事项 {item.number} 已办结:已修好"


def test_reopening_needs_a_reason_and_keeps_the_number(item, supervisor, clerk):
    close_open_item(item, "已修好", by=supervisor)
    with pytest.raises(ReasonNeeded):
        reopen_open_item(item, "", by=clerk)
    again = reopen_open_item(item, "又不热了", by=clerk)
    assert (again.state, again.result, again.closed_at) == (OpenItemState.OPEN, "", None)
    assert [update.text for update in again.updates.all()] == ["办结:已修好", "重新打开:又不热了"]


def test_an_open_item_is_not_reopened(item, clerk):
    with pytest.raises(NotPossibleNow):
        reopen_open_item(item, "又不热了", by=clerk)


def test_a_void_item_stands_on_no_day(item, day, supervisor):
    void_open_item(item, "重复登记", by=supervisor)
    assert list(items_on(day)) == []


def test_progress_needs_words_and_an_open_item(item, supervisor):
    with pytest.raises(UpdateNeeded):
        update_open_item(item, "", by=supervisor)
    update_open_item(item, "已报修", by=supervisor, next_step="等配件")
    item.refresh_from_db()
    assert (OpenItemUpdate.objects.get().text, item.next_step) == ("已报修", "等配件")
    close_open_item(item, "已修好", by=supervisor)
    with pytest.raises(ItemEnded):
        update_open_item(item, "再看看", by=supervisor)


def test_assigning_needs_both_and_tells_the_new_owner(item, second_clerk, supervisor):
    with pytest.raises(OwnerAndDueNeeded):
        assign_open_item(item, owner=second_clerk, due_at=None, by=supervisor)
    with pytest.raises(DueBeforeNow):
        assign_open_item(item, owner=second_clerk, due_at=local("09:00"), by=supervisor)
    assign_open_item(item, owner=second_clerk, due_at=local("17:00", THURSDAY), by=supervisor)
    assert Message.objects.get(person=second_clerk).sentence.endswith("11月26日 17:00 前办结。")


def test_two_who_assign_at_once_are_told(item, clerk, second_clerk, supervisor):
    version = item.version
    update_open_item(item, "已报修", by=clerk, next_step="等配件")
    with pytest.raises(EditedMeanwhile, match="王芳"):
        assign_open_item(
            item, owner=second_clerk, due_at=local("17:00", THURSDAY), by=supervisor, version=version
        )


def test_an_item_older_than_the_setting_is_bold_and_goes_to_the_weekly_follow_up(
    item, supervisor, clerk, clock, as_user, point
):
    clock.move_to(local("10:00", dt.date(2026, 12, 1)))
    assert not is_old(item)
    assert list(old_open_items(clerk)) == []
    clock.move_to(local("10:31", dt.date(2026, 12, 2)))
    assert is_old(item)
    assert list(old_open_items(clerk)) == [item]
    sheet = duty_day(dt.date(2026, 12, 2), point, by=clerk)
    page = as_user(clerk).get(reverse("dutylog:dutyday_detail", args=[sheet.pk]))
    assert "<b>饮水机不出热水</b>" in page.content.decode()
    assert follow_up_open_item(item, by=clerk).owner == supervisor


def test_the_owner_sees_what_is_late_on_the_start_page(item, supervisor, clock):
    assert "1 项未结事项由您负责" in [line.sentence for line in waiting(supervisor)]
    clock.move_to(local("17:01", WEDNESDAY))
    assert "1 项未结事项由您负责,其中 1 项已过期限" in [line.sentence for line in waiting(supervisor)]


def test_an_item_is_found_by_its_words_and_its_owner(item, clerk):
    assert [entry.number for entry in search("饮水机", clerk)] == [item.number]
    assert item.number in [entry.number for entry in search("zhoumin", clerk)]


def test_an_item_of_another_desk_is_seen_by_its_owner_only(item, outsider, supervisor, as_user):
    url = reverse("dutylog:openitem_detail", args=[item.pk])
    assert as_user(outsider).get(url).status_code == 404
    OpenItem.objects.filter(pk=item.pk).update(owner=outsider)
    assert as_user(outsider).get(url).status_code == 200


def test_the_list_asks_as_often_for_three_as_for_one(item, day, point, clerk, as_user, django_assert_max_num_queries):
    as_user(clerk).get(reverse("dutylog:openitem_list"))
    with django_assert_max_num_queries(40) as one:
        as_user(clerk).get(reverse("dutylog:openitem_list"), {"all": 1})
    for text in ("等配件", "等审批"):
        update_open_item(open_item(OpenItemFacts(text=text), by=clerk, point=point), "已催", by=clerk)
    with django_assert_max_num_queries(len(one.captured_queries)):
        as_user(clerk).get(reverse("dutylog:openitem_list"), {"all": 1})
