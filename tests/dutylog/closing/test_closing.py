"""Closing a day: the gates, what is explained, the lock, the review, the reopening."""

import datetime as dt

import pytest
from django.utils import timezone

from dutylog.choices import DayState, NoticeChannel, NoticeRole
from dutylog.errors.closing import (
    AlreadyClosed,
    DayAhead,
    MissesUnexplained,
    NotClosedYet,
    ReopeningNeedsReason,
    ReviewerClosedIt,
)
from dutylog.errors.days import DayLocked
from dutylog.errors.entries import AddendumNeedsReason, LineSealed
from dutylog.models import ClosingExplanation, DaySeal, LogEntry, NoticeStep, ShiftPost
from dutylog.services.accidents import AccidentFacts, register_accident
from dutylog.services.addenda import add_addendum
from dutylog.services.chain import StepFacts, note_answer, tell_step
from dutylog.services.closing import close_day, code_of, explain_misses, gates_of, reopen_day, review_day
from dutylog.services.days import duty_day, edit_day
from dutylog.services.entries import edit_entry, record_in_log, strike_entry
from dutylog.services.handovers import start_hand_over, take_hand_over
from dutylog.services.operations import set_operations
from dutylog.services.roster import note_absence, set_roster, sign_in_to_shift
from servicedesk.models import Message, Signature
from tests.dutylog.conftest import local


def sentences(day) -> list[str]:
    return [miss.miss.sentence for gate in gates_of(day) for miss in gate.misses]


def test_closing_is_refused_while_something_is_undone_and_unexplained(full_day, second_clerk):
    with pytest.raises(MissesUnexplained, match="没有责任人和期限"):
        close_day(full_day, by=second_clerk)
    full_day.refresh_from_db()
    assert full_day.state == DayState.CLOSING
    assert not DaySeal.objects.exists()


def test_a_day_closes_when_each_miss_is_explained(closed_day, second_clerk):
    assert closed_day.state == DayState.CLOSED
    assert closed_day.closed_by == second_clerk
    seal = DaySeal.objects.get()
    assert (seal.kind, seal.round, seal.place, seal.previous) == ("closing", 1, 1, "")
    assert code_of(closed_day) == f"{seal.digest[:4]}-{seal.digest[4:8]}".upper()


def test_every_gate_has_one_line_per_miss_and_a_way_to_mend_it(day, early, late):
    found = [(gate.label, len(gate.misses)) for gate in gates_of(day)]
    assert ("交接班签字", 2) in found
    assert ("未结事项责任人和期限", 0) in found
    assert all(miss.miss.url for gate in gates_of(day) for miss in gate.misses)


def test_a_gate_is_clear_once_the_thing_is_done(day, early, late, clerk, second_clerk, handed_over, clock):
    assert "早班还没有交班" in sentences(day)
    clock.move_to(local("13:00"))
    handed_over(early, clerk, second_clerk)
    assert "早班还没有交班" not in sentences(day)
    assert "晚班还没有交班" in sentences(day)


def test_an_explanation_is_kept_with_who_and_when_and_never_twice(day, clerk):
    texts = {("dutylog.hand_over", "早班还没有交班"): "当班人员送医"}
    assert len(explain_misses(day, texts, by=clerk)) == 1
    assert explain_misses(day, texts, by=clerk) == []
    written = ClosingExplanation.objects.get()
    assert (written.sentence, written.text, written.by) == ("早班还没有交班", "当班人员送医", clerk)


def test_another_explanation_stands_beside_the_first_and_counts(day, clerk, second_clerk):
    key = ("dutylog.hand_over", "早班还没有交班")
    explain_misses(day, {key: "忙"}, by=clerk)
    explain_misses(day, {key: "当班人员送医"}, by=second_clerk)
    miss = next(miss for gate in gates_of(day) for miss in gate.misses if miss.key == key)
    assert ClosingExplanation.objects.count() == 2
    assert miss.explanation.text == "当班人员送医"


def test_nothing_can_be_explained_that_is_not_missing(day, clerk):
    assert explain_misses(day, {("dutylog.hand_over", "夜班还没有交班"): "编的"}, by=clerk) == []


def test_a_second_closing_is_told_who_was_first(closed_day, supervisor):
    with pytest.raises(AlreadyClosed, match="李娜"):
        close_day(closed_day, by=supervisor)


def test_a_day_ahead_cannot_be_closed(point, clerk, clock):
    ahead = duty_day(dt.date(2026, 11, 25), point, by=clerk)
    with pytest.raises(DayAhead):
        close_day(ahead, by=clerk)


def test_the_head_is_told_that_a_day_waits_for_review(full_day, manager, second_clerk, explained):
    edit_day(full_day, by=second_clerk, head=manager)
    close_day(full_day, by=second_clerk, texts=explained(full_day))
    assert Message.objects.get(person=manager).sentence.endswith("等您审阅")


def _locked(day, clerk, supervisor):
    """Every change of a day that the services know."""
    shift, line = day.shifts.first(), LogEntry.objects.filter(day=day).first()
    post = ShiftPost.objects.filter(shift__day=day).first()
    step = StepFacts(role=NoticeRole.OTHER, channel=NoticeChannel.PHONE, told_at=local("18:30"), person=supervisor)
    return {
        "head": lambda: edit_day(day, by=clerk, weather="晴"),
        "operations": lambda: set_operations(day, {"show": []}, by=clerk),
        "roster": lambda: set_roster(shift, [], by=supervisor),
        "sign-in": lambda: sign_in_to_shift(post, by=supervisor),
        "absence": lambda: note_absence(post, "病假", by=supervisor),
        "edit": lambda: edit_entry(line, None, by=line.created_by),
        "strike": lambda: strike_entry(line, "误记", by=supervisor),
        "chain": lambda: tell_step(line, step, by=clerk),
        "answer": lambda: note_answer(NoticeStep.objects.get(), local("18:40"), by=clerk),
        "hand-over": lambda: start_hand_over(shift, by=clerk),
        "take": lambda: take_hand_over(shift.hand_over, supervisor, by=clerk),
    }


CHANGES = [
    "head", "operations", "roster", "sign-in", "absence", "edit", "strike", "chain", "answer", "hand-over", "take",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_closed_day_refuses_every_change(closed_day, clerk, supervisor, clock, change):
    clock.move_to(local("18:45"))
    with pytest.raises(DayLocked):
        _locked(closed_day, clerk, supervisor)[change]()


def test_the_lock_is_asked_in_the_database_not_of_an_old_page(full_day, second_clerk, explained):
    old_page = type(full_day).objects.get(pk=full_day.pk)
    close_day(full_day, by=second_clerk, texts=explained(full_day))
    assert not old_page.is_locked
    with pytest.raises(DayLocked):
        edit_day(old_page, by=second_clerk, weather="晴")


def test_a_line_for_a_closed_day_goes_onto_the_next_sheet(closed_day, write, clock):
    clock.move_to(local("19:30"))
    line = write("闭园后捡到雨伞", "19:20")
    assert line.day.on == dt.date(2026, 11, 25)
    assert line.is_late_entry


def test_only_an_addendum_with_a_reason_reaches_a_closed_day(closed_day, manager):
    with pytest.raises(AddendumNeedsReason):
        add_addendum(closed_day, "游客已回电", by=manager)
    added = add_addendum(closed_day, "游客已回电", by=manager, reason="迟到的消息")
    seal = DaySeal.objects.latest("place")
    assert (seal.kind, seal.place, seal.day) == ("addendum", 2, closed_day)
    assert seal.previous == DaySeal.objects.get(place=1).digest
    assert added.order == 2


def test_the_head_reviews_with_a_signature_under_the_code(reviewed_day, manager):
    assert (reviewed_day.state, reviewed_day.reviewed_by) == (DayState.REVIEWED, manager)
    signature = Signature.objects.get(role="负责人审阅")
    assert signature.text == f"已审阅 ZB-20261124(校验码 {code_of(reviewed_day)});已阅"


def test_a_reviewed_day_waits_in_no_inbox(full_day, manager, second_clerk, explained):
    edit_day(full_day, by=second_clerk, head=manager)
    day = close_day(full_day, by=second_clerk, texts=explained(full_day))
    asked = Message.objects.filter(person=manager, sentence__endswith="等您审阅")
    assert asked.unread().count() == 1
    review_day(day, by=manager)
    assert (asked.count(), asked.unread().count()) == (1, 0)


def test_who_closed_a_day_does_not_review_it(closed_day, second_clerk):
    with pytest.raises(ReviewerClosedIt):
        review_day(closed_day, by=second_clerk)


def test_an_open_day_is_not_reviewed(full_day, manager):
    with pytest.raises(NotClosedYet):
        review_day(full_day, by=manager)


def test_reopening_needs_a_reason(closed_day, manager):
    with pytest.raises(ReopeningNeedsReason):
        reopen_day(closed_day, " ", by=manager)
    assert reopen_day(closed_day, "漏记一笔", by=manager).state == DayState.ON_DUTY


def test_a_reopened_day_takes_new_lines_marked_and_keeps_the_old_ones(reopened_day, write, clerk, supervisor, clock):
    old = LogEntry.objects.filter(day=reopened_day).first()
    with pytest.raises(LineSealed):
        strike_entry(old, "误记", by=supervisor)
    new = write("漏记:借出轮椅", "16:00")
    assert (new.day, new.is_after_reopening, old.is_after_reopening) == (reopened_day, True, False)
    add_addendum(reopened_day, "原文时间应为 10:21", by=clerk, entry=old)


def test_closing_again_makes_the_second_round_on_the_same_chain(reopened_day, second_clerk, explained, clock):
    clock.move_to(local("20:30"))
    close_day(reopened_day, by=second_clerk, texts=explained(reopened_day))
    assert list(DaySeal.objects.values_list("kind", "round")) == [
        ("closing", 1), ("addendum", 1), ("review", 1), ("reopening", 1), ("closing", 2),
    ]


def test_each_desk_has_a_chain_of_its_own_that_runs_from_day_to_day(
    closed_day, other_point, outsider, second_clerk, explained, clock, point, clerk
):
    elsewhere = duty_day(closed_day.on, other_point, by=outsider)
    close_day(elsewhere, by=outsider, texts=explained(elsewhere))
    clock.move_to(local("18:30", dt.date(2026, 11, 25)))
    following = duty_day(dt.date(2026, 11, 25), point, by=clerk)
    close_day(following, by=clerk, texts=explained(following))
    here = DaySeal.objects.filter(service_point=point)
    assert [seal.place for seal in here] == [1, 2]
    assert here[1].previous == here[0].digest
    assert DaySeal.objects.get(service_point=other_point).previous == ""


def test_a_complaint_of_which_the_supervisor_was_not_told_is_a_miss(day, write, clerk, supervisor, manager):
    line = write("游客投诉检票口排队", category="complaint")
    said = "10:20 投诉还没有通报督导:游客投诉检票口排队"
    facts = {"channel": NoticeChannel.PHONE, "told_at": timezone.now()}
    tell_step(line, StepFacts(role=NoticeRole.MANAGER, person=manager, **facts), by=clerk)
    assert said in sentences(day)
    tell_step(line, StepFacts(role=NoticeRole.SUPERVISOR, person=supervisor, **facts), by=clerk)
    assert said not in sentences(day)


def test_a_second_line_about_an_accident_asks_for_no_second_notice(day, zone, point, clerk, supervisor):
    facts = AccidentFacts(
        kind="摔伤跌倒", happened_at=local("10:20"), told_at=local("10:21"), zone=zone, what="一名游客滑倒",
    )
    accident = register_accident(facts, by=clerk, point=point)
    record_in_log(accident, "accident", "送医", by=clerk)
    assert [said for said in sentences(day) if "督导" in said] == []


def test_a_struck_complaint_asks_for_nothing(day, write, clerk):
    strike_entry(write("误记", category="complaint"), "记错", by=clerk)
    assert [said for said in sentences(day) if "督导" in said] == []
