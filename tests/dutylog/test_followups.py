"""Follow-ups: one list, an owner, another who checks, and what comes back."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from dutylog.choices import FollowUpKind, FollowUpState
from dutylog.errors.followups import (
    CheckerIsOwner,
    ClosedAlone,
    DueInPast,
    FollowedAlready,
    FollowUpEnded,
    NotOldYet,
    NotTheChecker,
    NotTheOwner,
    OwnerNeeded,
    ProblemNeeded,
    ProgressNeeded,
    SameProblemOpen,
)
from dutylog.models import FollowUp, OpenItem
from dutylog.services.followup_reminders import remind_owners
from dutylog.services.followup_steps import (
    add_progress,
    finish_follow_up,
    follow_up_open_item,
    old_open_items,
    reopen_follow_up,
    send_back_follow_up,
    verify_follow_up,
    void_follow_up,
)
from dutylog.services.followups import Assignment, FollowUpFacts, assign_follow_up, make_follow_up
from servicedesk.errors import EditedMeanwhile, NotPossibleNow, ReasonNeeded, SomeoneWasFaster
from servicedesk.models import Channel, Delivery, Message
from servicedesk.services.demo import at
from servicedesk.services.inbox import read_all


@pytest.fixture
def make(clerk, point, zone):
    def make(problem="栏杆松动", by=clerk, **more) -> FollowUp:
        facts = {"kind": FollowUpKind.HAZARD, "zone": zone, **more}
        return make_follow_up(FollowUpFacts(problem=problem, **facts), by=by, point=point)

    return make


def told(person) -> list[str]:
    return list(Message.objects.filter(person=person).order_by("pk").values_list("sentence", flat=True))


def test_a_hazard_is_numbered_dated_and_its_owner_told_with_the_time(make, safety_officer, clerk, department):
    follow_up = make(owner=safety_officer)
    assert follow_up.number.startswith("GJ-")
    assert follow_up.due_on == timezone.localdate() + dt.timedelta(days=3)
    assert (follow_up.department, follow_up.found_by) == (department, clerk)
    assert abs(follow_up.told_at - timezone.now()) < dt.timedelta(minutes=1)
    assert told(safety_officer) == [
        f"{follow_up.number} 安全隐患:栏杆松动,{follow_up.due_on:%m月%d日}前整改"
    ]
    assert Message.objects.get(person=safety_officer).is_urgent


@pytest.mark.parametrize("problem", ["", "  \n"])
def test_a_follow_up_without_words_is_refused(make, problem):
    with pytest.raises(ProblemNeeded):
        make(problem)
    assert FollowUp.objects.count() == 0


def test_the_owner_cannot_be_the_checker(make, safety_officer, supervisor):
    with pytest.raises(CheckerIsOwner):
        make(owner=safety_officer, checker=safety_officer)
    assert make(owner=safety_officer, checker=supervisor).checker == supervisor


def test_a_due_day_in_the_past_is_refused(make):
    with pytest.raises(DueInPast):
        make(due_on=timezone.localdate() - dt.timedelta(days=1))
    assert make(due_on=timezone.localdate()).due_on == timezone.localdate()


def test_the_same_problem_at_the_same_place_makes_no_second_row(make, far_zone):
    first = make("栏杆 松动")
    again = make("栏杆松动")
    assert again == first
    assert [u.text for u in first.updates.all()] == ["再次发现:栏杆松动"]
    assert make("栏杆松动", zone=far_zone) != first
    assert make("栏杆松动", kind=FollowUpKind.RECTIFICATION) != first


def closed(follow_up, owner, checker) -> FollowUp:
    follow_up.refresh_from_db()
    if follow_up.owner is None:
        assign_follow_up(follow_up, Assignment(owner=owner, due_on=timezone.localdate()), by=checker)
    finish_follow_up(follow_up, "已加固", by=owner)
    return verify_follow_up(follow_up, by=checker)


@pytest.mark.parametrize(("days", "is_same"), [(59, True), (61, False)])
def test_a_recurrence_within_the_term_opens_the_old_row(make, safety_officer, supervisor, days, is_same):
    long_ago = timezone.now() - dt.timedelta(days=days)
    with at(long_ago):
        first = closed(make(owner=safety_officer), safety_officer, supervisor)
    again = make(owner=safety_officer)
    first.refresh_from_db()
    assert (again == first) is is_same
    assert (first.state, first.came_back) == ((FollowUpState.OPEN, 1) if is_same else (FollowUpState.VERIFIED, 0))
    assert (first.verified_at is None) is is_same
    closed_by = f"{timezone.localtime(long_ago):%m-%d} 由{supervisor.name}销号:已加固"
    said = [closed_by, "再次发现:栏杆松动"] if is_same else []
    assert [update.text for update in first.updates.all()] == said
    assert first.measure == ("" if is_same else "已加固")


def test_what_came_back_bears_the_measure_that_is_wanted_now(make, safety_officer, supervisor):
    first = make(kind=FollowUpKind.RECTIFICATION, owner=safety_officer, subject_key="queue:gate")
    closed(first, safety_officer, supervisor)
    again = make(
        "又是检票口排队", kind=FollowUpKind.RECTIFICATION, subject_key="queue:gate", source_text="投诉 TS-20261124-001",
        measure="增开一条通道",
    )
    assert (again.came_back, again.measure, again.owner) == (1, "增开一条通道", safety_officer)
    assert again.updates.last().text == "再次发现:投诉 TS-20261124-001"


def test_only_the_owner_or_who_assigns_says_it_is_done(make, safety_officer, asset_manager, supervisor):
    follow_up = make(owner=safety_officer)
    with pytest.raises(NotTheOwner):
        finish_follow_up(follow_up, "已加固", by=asset_manager)
    with pytest.raises(ProgressNeeded):
        finish_follow_up(follow_up, " ", by=safety_officer)
    finish_follow_up(follow_up, "已加固", by=safety_officer)
    assert (follow_up.state, follow_up.done_by, follow_up.measure) == (FollowUpState.DONE, safety_officer, "已加固")
    assert told(supervisor) == [f"{follow_up.number} 已整改完成,等您复查:栏杆松动"]


def test_a_follow_up_without_owner_cannot_be_done(make, supervisor):
    with pytest.raises(OwnerNeeded):
        finish_follow_up(make(), "已加固", by=supervisor)


def test_neither_owner_nor_finder_who_mended_it_closes_it(make, safety_officer, supervisor, manager):
    follow_up = make(by=supervisor, owner=safety_officer)
    finish_follow_up(follow_up, "督导代填:已加固", by=supervisor)
    for person in (safety_officer, supervisor):
        with pytest.raises(ClosedAlone):
            verify_follow_up(follow_up, by=person)
    verify_follow_up(follow_up, by=manager, note="现场看过")
    assert (follow_up.state, follow_up.verified_by) == (FollowUpState.VERIFIED, manager)
    assert told(supervisor)[-1] == f"{follow_up.number} 已复查销号:栏杆松动"


def test_the_named_checker_alone_closes_it(make, safety_officer, supervisor, manager):
    follow_up = make(owner=safety_officer, checker=supervisor)
    finish_follow_up(follow_up, "已加固", by=safety_officer)
    assert told(supervisor) == [f"{follow_up.number} 已整改完成,等您复查:栏杆松动"]
    with pytest.raises(NotTheChecker):
        verify_follow_up(follow_up, by=manager)
    assert Message.objects.unread().filter(person=supervisor).count() == 1
    assert verify_follow_up(follow_up, by=supervisor).state == FollowUpState.VERIFIED
    assert not Message.objects.unread().filter(person=supervisor).exists()


def test_what_is_not_done_cannot_be_closed(make, safety_officer, supervisor):
    with pytest.raises(NotPossibleNow):
        verify_follow_up(make(owner=safety_officer), by=supervisor)


def test_sending_back_needs_a_reason_and_tells_the_owner(make, safety_officer, supervisor):
    follow_up = make(owner=safety_officer)
    finish_follow_up(follow_up, "已加固", by=safety_officer)
    with pytest.raises(ReasonNeeded):
        send_back_follow_up(follow_up, by=supervisor, reason=" ")
    send_back_follow_up(follow_up, by=supervisor, reason="还在晃")
    assert (follow_up.state, follow_up.done_at) == (FollowUpState.OPEN, None)
    assert told(safety_officer)[-1] == f"{follow_up.number} 复查未通过,请继续整改:还在晃"


def test_reopening_counts_and_is_refused_while_a_twin_runs(make, safety_officer, supervisor, clerk):
    with at(timezone.now() - dt.timedelta(days=90)):
        follow_up = closed(make(owner=safety_officer), safety_officer, supervisor)
    later = make(owner=safety_officer)
    with pytest.raises(SameProblemOpen):
        reopen_follow_up(follow_up, by=clerk, reason="又松了")
    void_follow_up(later, by=supervisor, reason="重复")
    reopen_follow_up(follow_up, by=clerk, reason="又松了")
    assert (follow_up.state, follow_up.came_back) == (FollowUpState.OPEN, 1)


def test_void_needs_a_reason_and_keeps_the_row(make, supervisor):
    follow_up = make()
    with pytest.raises(ReasonNeeded):
        void_follow_up(follow_up, by=supervisor, reason="")
    void_follow_up(follow_up, by=supervisor, reason="误登")
    assert follow_up.state == FollowUpState.VOID
    with pytest.raises(FollowUpEnded):
        add_progress(follow_up, "还在修", by=supervisor)


def test_progress_is_a_line_of_its_own(make, clerk):
    follow_up = make()
    with pytest.raises(ProgressNeeded):
        add_progress(follow_up, " ", by=clerk)
    add_progress(follow_up, "已报修", by=clerk)
    add_progress(follow_up, "配件到货", by=clerk)
    assert [u.text for u in follow_up.updates.all()] == ["已报修", "配件到货"]


def test_two_who_assign_at_once_are_told(make, safety_officer, asset_manager, supervisor, manager):
    follow_up = make()
    version = follow_up.version
    due = timezone.localdate()
    assign_follow_up(follow_up, Assignment(owner=safety_officer, due_on=due), by=supervisor, version=version)
    stale = FollowUp.objects.get(pk=follow_up.pk)
    with pytest.raises(EditedMeanwhile):
        assign_follow_up(stale, Assignment(owner=asset_manager, due_on=due), by=manager, version=version)
    assert FollowUp.objects.get(pk=follow_up.pk).owner == safety_officer
    assert told(asset_manager) == []


def test_of_two_who_close_at_once_one_is_told(make, safety_officer, supervisor, manager):
    follow_up = make(owner=safety_officer)
    finish_follow_up(follow_up, "已加固", by=safety_officer)
    stale = FollowUp.objects.get(pk=follow_up.pk)
    verify_follow_up(follow_up, by=supervisor)
    with pytest.raises(SomeoneWasFaster):
        verify_follow_up(stale, by=manager)


@pytest.mark.parametrize(("due_in", "is_late"), [(-1, True), (0, False), (1, False)])
def test_overdue_begins_the_day_after(make, due_in, is_late):
    today = timezone.localdate()
    with at(timezone.now() - dt.timedelta(days=5)):
        follow_up = make(due_on=today + dt.timedelta(days=due_in))
    assert follow_up.is_overdue is is_late
    assert FollowUp.objects.overdue(today).exists() is is_late


@pytest.fixture
def old_item(clerk, point) -> OpenItem:
    return OpenItem.objects.create(
        number="YL-20250101-001", service_point=point, created_by=clerk, text="等厂家配件", owner=clerk,
        created_at=timezone.now() - dt.timedelta(days=8),
    )


def test_an_open_item_of_eight_days_is_proposed_and_taken_once(old_item, clerk, supervisor):
    assert list(old_open_items(supervisor)) == [old_item]
    follow_up = follow_up_open_item(old_item, by=supervisor)
    assert (follow_up.kind, follow_up.owner, follow_up.source) == (FollowUpKind.OLD_ITEM, clerk, old_item)
    assert list(old_open_items(supervisor)) == []
    with pytest.raises(FollowedAlready):
        follow_up_open_item(old_item, by=supervisor)


def test_a_young_open_item_is_neither_proposed_nor_taken(old_item, supervisor):
    OpenItem.objects.filter(pk=old_item.pk).update(created_at=timezone.now() - dt.timedelta(days=6))
    old_item.refresh_from_db()
    assert list(old_open_items(supervisor)) == []
    with pytest.raises(NotOldYet):
        follow_up_open_item(old_item, by=supervisor)


def test_the_owner_from_another_desk_sees_it_and_a_stranger_does_not(make, make_person, other_point, outsider):
    owner = make_person("1702", "邵平", "安全管理员", at=other_point)
    follow_up = make(owner=owner)
    assert FollowUp.objects.visible_to(owner).get() == follow_up
    assert not FollowUp.objects.visible_to(outsider).exists()


TUESDAY, THURSDAY = "2026-11-24 09:00+08:00", "2026-11-26 09:00+08:00"


def test_an_owner_is_reminded_of_what_is_late_until_the_reminder_is_read(make, safety_officer, manager):
    with time_machine.travel("2026-11-20 09:00+08:00", tick=False):
        make(owner=safety_officer, due_on=dt.date(2026, 11, 23))
        make("门锁坏了", owner=manager, due_on=dt.date(2026, 11, 24))
    Message.objects.all().delete()
    with time_machine.travel(TUESDAY, tick=False):
        assert remind_owners() == "提醒 1 人整改"
        assert told(safety_officer) == ["1 项整改已过期限,请今天办理并记一笔进展"]
        assert remind_owners() == ""
        read_all(safety_officer)
        assert remind_owners() == "提醒 1 人整改"


def test_who_wrote_no_progress_this_week_is_asked_from_thursday(make, safety_officer, manager):
    with time_machine.travel("2026-11-20 09:00+08:00", tick=False):
        make(owner=safety_officer, due_on=dt.date(2026, 12, 20))
        spoken = make("门锁坏了", owner=manager, due_on=dt.date(2026, 12, 20))
    Message.objects.all().delete()
    with time_machine.travel(TUESDAY, tick=False):
        add_progress(spoken, "已报修", by=manager)
        assert remind_owners() == ""
    with time_machine.travel(THURSDAY, tick=False):
        make("新问题", owner=manager)
        Message.objects.all().delete()
        assert remind_owners() == "提醒 1 人整改"
    assert told(safety_officer) == ["1 项本周还没有记进展,请今天办理并记一笔进展"]


def test_the_channels_of_reminders_hear_a_number_and_no_name(make, safety_officer):
    Channel.objects.create(
        name="群", kind="feishu", address="https://open.feishu.cn/open-apis/bot/v2/hook/abcdefgh1234",
        topics=["reminder"],
    )
    with time_machine.travel("2026-11-20 09:00+08:00", tick=False):
        make(owner=safety_officer, due_on=dt.date(2026, 11, 23))
    with time_machine.travel(TUESDAY, tick=False):
        remind_owners()
    assert Delivery.objects.get().text == "【催办提醒】1 项整改已过期限,已提醒责任人"
