"""The way of a complaint to its end: each step beside what refuses it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from complaints.choices import COMPLAINT_TRANSITIONS, ComplaintState
from complaints.errors.callbacks import CallbackStillOpen
from complaints.errors.complaints import CaseEnded, CaseLocked
from complaints.errors.steps import (
    BeforeReceived,
    HandKindOnly,
    MergeTargetEnded,
    MergeWithSelf,
    MomentInFuture,
    NoSuchCase,
    NotArchived,
    NotTheHandler,
    NotYourOffer,
    OfferRunning,
    OutcomeNeeded,
    PauseCapped,
    ReceiverAlready,
    RepliedAlready,
    ReplyFirst,
    StruckAlready,
    SystemRow,
    TargetNeeded,
    TextNeeded,
)
from complaints.models import CasePause, Complaint
from complaints.services.actions import add_action, add_addendum, correct_action
from complaints.services.complaints import accept_complaint, begin_complaint
from complaints.services.endings import (
    archive_complaint,
    merge_complaint,
    pass_on_complaint,
    refuse_complaint,
    void_complaint,
    withdraw_complaint,
)
from complaints.services.offers import decline_case, offer_case, take_case
from complaints.services.pauses import go_on, wait_for_visitor
from complaints.services.rounds import (
    await_payment,
    fail_callback,
    payment_decided,
    reopen_complaint,
)
from complaints.services.solutions import (
    accept_solution,
    decline_solution,
    give_final_answer,
    note_cause,
    offer_solution,
    reply_first,
)
from dutylog.models import LogEntry
from dutylog.services.chain import steps_of
from servicedesk.errors import NotPossibleNow, SomeoneWasFaster
from servicedesk.models import Message, Signature
from servicedesk.services.transitions import move
from tests.complaints.conftest import call

S = ComplaintState


def test_the_map_is_that_of_the_rules():
    ends = {S.WITHDRAWN, S.VOID}
    assert {
        S.REGISTERED: {S.ACCEPTED, S.REFUSED, S.PASSED_ON, S.MERGED, *ends}, S.ACCEPTED: {S.HANDLING, S.MERGED, *ends},
        S.HANDLING: {S.WAITING, S.PAYING, S.OFFERED, S.MERGED, *ends}, S.WAITING: {S.HANDLING, *ends},
        S.PAYING: {S.HANDLING, *ends}, S.OFFERED: {S.HANDLING, S.SOLVED, *ends}, S.SOLVED: {S.CALLBACK},
        S.CALLBACK: {S.CALLED, S.FAILED}, S.CALLED: {S.ARCHIVED, S.FAILED}, S.FAILED: {S.HANDLING},
    } == COMPLAINT_TRANSITIONS


def test_a_case_is_accepted_begun_answered_offered_solved_called_and_archived(hear, clerk, supervisor):
    case = begin_complaint(accept_complaint(hear(), by=supervisor), by=supervisor)
    reply_first(case, "正在核实", by=clerk)
    offer_solution(case, "退票款", by=clerk)
    accept_solution(case, "已退票款", by=clerk, satisfaction="satisfied", signature={"means": "paper", "image": ""})
    call(case.callbacks.get(source_kind="complaint"), by=clerk)
    case.refresh_from_db()
    archive_complaint(case, by=supervisor)
    assert (case.state, case.outcome, case.first_reply) == (S.ARCHIVED, "accepted", "正在核实")
    assert Signature.objects.of(case).get().role == "投诉人(结果)"
    assert [line.text for line in LogEntry.objects.filter(record_number=case.number).order_by("pk")][1] == (
        "投诉办结(服务态度)"
    )


def test_of_two_desks_that_accept_one_wins(hear, supervisor, manager):
    case = hear()
    again = Complaint.objects.get(pk=case.pk)
    accept_complaint(case, by=supervisor)
    with pytest.raises(SomeoneWasFaster):
        accept_complaint(again, by=manager)


def test_the_first_reply_is_given_once_and_at_a_time_that_can_be(hear, clerk, moment):
    case = hear()
    with pytest.raises(TextNeeded):
        reply_first(case, " ", by=clerk)
    with pytest.raises(MomentInFuture):
        reply_first(case, "核实中", by=clerk, at=moment("10:32"))
    with pytest.raises(BeforeReceived):
        reply_first(case, "核实中", by=clerk, at=moment("10:19"))
    reply_first(case, "核实中", by=clerk, at=moment("10:25"))
    with pytest.raises(RepliedAlready):
        reply_first(case, "再答", by=clerk)
    assert (case.replied_at, case.replied_by) == (moment("10:25"), clerk)


def test_a_solution_told_first_is_the_first_reply(offered, moment):
    assert (offered.replied_at, offered.first_reply) == (moment("10:30"), "反馈方案:退还票款并致歉")


def test_a_case_is_not_solved_without_a_first_reply(offered, clerk, supervisor):
    # A door that no screen has: the guard stands all the same.
    Complaint.objects.filter(pk=offered.pk).update(replied_at=None)
    offered.refresh_from_db()
    with pytest.raises(ReplyFirst):
        accept_solution(offered, "已退", by=clerk)


def test_a_case_is_not_solved_without_an_outcome(offered, clerk):
    with pytest.raises(OutcomeNeeded):
        accept_solution(offered, " ", by=clerk)
    assert accept_solution(offered, "已退", by=clerk).state == S.CALLBACK


def test_a_declined_solution_goes_back_and_one_level_up(offered, clerk, supervisor, manager):
    decline_solution(offered, "补偿不够", by=clerk)
    assert offered.state == S.HANDLING
    assert [s.person for s in steps_of([offered])[offered.pk]] == [supervisor, manager]
    assert offered.escalations.get().trigger == "declined"


def test_a_final_answer_is_an_outcome_that_the_visitor_did_not_accept(offered, supervisor):
    give_final_answer(offered, "依规定不予退款", by=supervisor)
    assert (offered.state, offered.outcome) == (S.CALLBACK, "final")


def test_a_solved_case_is_not_archived_without_its_callback(solved, supervisor):
    with pytest.raises(CallbackStillOpen):
        archive_complaint(solved, by=supervisor)
    solved.callbacks.all().update(state="excused")
    with pytest.raises(NotPossibleNow):
        archive_complaint(solved, by=supervisor)


def test_a_failed_callback_opens_a_round_and_no_new_clock(solved, supervisor, moment, clock):
    due = solved.solution_due_at
    fail_callback(solved, "退款没到", by=supervisor)
    clock.move_to(moment("11:00", dt.date(2026, 11, 28)))
    reopen_complaint(solved, "退款没到", by=supervisor)
    assert (solved.state, solved.round, solved.solution_due_at, solved.solved_at) == (S.HANDLING, 2, due, None)
    assert solved.is_solution_late
    accept_solution(offer_solution(solved, "当面退款", by=supervisor), "已退", by=supervisor)
    assert solved.is_solution_late
    assert list(Complaint.objects.all().solution_late(moment("12:00", dt.date(2026, 11, 28)))) == [solved]


def test_money_waits_for_approval_and_then_handling_goes_on(handling, supervisor):
    await_payment(handling, by=supervisor)
    with pytest.raises(NotPossibleNow):
        offer_solution(handling, "赔 100 元", by=supervisor)
    assert payment_decided(handling, "批准 100 元", by=supervisor).state == S.HANDLING


def test_waiting_for_the_visitor_opens_one_pause_and_going_on_ends_it(handling, clerk, moment, clock):
    with pytest.raises(TextNeeded):
        wait_for_visitor(handling, "", by=clerk)
    pause = wait_for_visitor(handling, "订单截图", by=clerk)
    with pytest.raises(NotPossibleNow):
        wait_for_visitor(handling, "又等", by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        CasePause.objects.create(complaint=handling, reason="又等", began_at=moment("10:31"), by=clerk)
    clock.move_to(moment("12:00"))
    go_on(handling, "已收到", by=clerk)
    pause.refresh_from_db()
    assert (pause.ended_at, pause.ended_by, handling.state) == (moment("12:00"), clerk, S.HANDLING)


def test_a_pause_beyond_the_cap_is_refused(handling, clerk, moment, clock, choose):
    choose("complaints.pause_hours", 2)
    wait_for_visitor(handling, "截图", by=clerk)
    clock.move_to(moment("12:30"))
    go_on(handling, "已收到", by=clerk)
    with pytest.raises(PauseCapped):
        wait_for_visitor(handling, "再等", by=clerk)


def test_a_hand_over_counts_when_the_next_person_accepts(handling, clerk, second_clerk, supervisor):
    with pytest.raises(NotTheHandler):
        offer_case(handling, supervisor, by=second_clerk)
    with pytest.raises(ReceiverAlready):
        offer_case(handling, clerk, by=clerk)
    offer = offer_case(handling, second_clerk, by=clerk, words="请跟进")
    assert handling.handler == clerk
    with pytest.raises(OfferRunning):
        offer_case(handling, supervisor, by=clerk)
    with pytest.raises(NotYourOffer):
        take_case(offer, by=clerk)
    take_case(offer, by=second_clerk)
    handling.refresh_from_db()
    assert (handling.handler, handling.first_receiver) == (second_clerk, clerk)
    with pytest.raises(NotPossibleNow):
        take_case(offer, by=second_clerk)


def test_a_declined_hand_over_leaves_the_case_and_says_why(handling, clerk, second_clerk):
    offer = offer_case(handling, second_clerk, by=clerk)
    with pytest.raises(TextNeeded):
        decline_case(offer, "", by=second_clerk)
    decline_case(offer, "今天休息", by=second_clerk)
    handling.refresh_from_db()
    assert handling.handler == clerk
    assert Message.objects.get(person=clerk).sentence == f"{handling.number} 没有接收:今天休息"
    assert offer_case(handling, second_clerk, by=clerk).state == "offered"


def test_a_correction_strikes_the_old_row_and_takes_its_place_once(handling, clerk, supervisor):
    row = add_action(handling, "inquiry", "监控显示 10 点", by=clerk)
    fixed = correct_action(row, "监控显示 11 点", by=supervisor)
    assert (fixed.corrects, fixed.at, fixed.kind) == (row, row.at, "inquiry")
    with pytest.raises(StruckAlready):
        correct_action(row, "又改", by=clerk)
    with pytest.raises(SystemRow):
        correct_action(handling.actions.filter(by=None).first(), "改", by=clerk)


def test_only_what_people_do_is_written_by_hand(handling, clerk):
    with pytest.raises(HandKindOnly):
        add_action(handling, "approval", "批了", by=clerk)
    assert add_action(handling, "contact", "电话联系", by=clerk).by == clerk


def test_an_archived_case_takes_an_addendum_and_no_row(called, clerk, supervisor):
    with pytest.raises(NotArchived):
        add_addendum(called, "早了", by=clerk)
    archive_complaint(called, by=supervisor)
    with pytest.raises(CaseLocked):
        add_action(called, "contact", "来电", by=clerk)
    assert add_addendum(called, "游客来信致谢", by=clerk).is_addendum


@pytest.mark.parametrize(("end", "state"), [
    (lambda case, by: refuse_complaint(case, "不在园区", by=by), S.REFUSED),
    (lambda case, by: pass_on_complaint(case, "文旅执法队", "合同纠纷", by=by), S.PASSED_ON),
    (lambda case, by: withdraw_complaint(case, "游客撤诉", by=by), S.WITHDRAWN),
    (lambda case, by: void_complaint(case, "误登", by=by), S.VOID),
])
def test_an_end_says_who_and_why_and_takes_no_more_words(hear, supervisor, end, state):
    case = end(hear(), supervisor)
    assert (case.state, case.ended_at is not None, bool(case.end_reason)) == (state, True, True)
    assert case.actions.filter(by=supervisor).exists()
    with pytest.raises(CaseEnded):
        add_action(case, "contact", "来电", by=supervisor)
    assert Complaint.objects.all().counted().exists() == (state not in (S.WITHDRAWN, S.VOID))


def test_an_end_without_a_reason_is_refused(hear, supervisor):
    case = hear()
    for end in (refuse_complaint, withdraw_complaint, void_complaint):
        with pytest.raises(TextNeeded):
            end(case, " ", by=supervisor)
    with pytest.raises(TargetNeeded):
        pass_on_complaint(case, "", "不归我们", by=supervisor)


def test_a_void_one_strikes_its_line(hear, supervisor):
    case = hear()
    void_complaint(case, "误登", by=supervisor)
    assert LogEntry.objects.get(record_number=case.number).is_struck


def test_what_was_solved_or_ended_leaves_the_inboxes(offered, hear, clerk, supervisor):
    assert Message.objects.filter(person=supervisor).unread().count() == 1
    accept_solution(offered, "已退", by=clerk)
    withdraw_complaint(hear(), "撤诉", by=supervisor)
    assert not Message.objects.filter(person=supervisor).unread().exists()


def test_an_ended_case_leaves_no_pause_running(handling, clerk, supervisor):
    wait_for_visitor(handling, "截图", by=clerk)
    withdraw_complaint(handling, "撤诉", by=supervisor)
    assert not CasePause.objects.filter(ended_at=None).exists()


def test_a_merged_case_keeps_its_clock_and_is_solved_with_the_other(handling, hear, clerk, supervisor, moment):
    child = hear(received_at=moment("10:25"))
    for number, refusal in (("TS-1", NoSuchCase), (child.number, MergeWithSelf)):
        with pytest.raises(refusal):
            merge_complaint(child, number, "同一件事", by=supervisor)
    merge_complaint(child, handling.number, "同一件事", by=supervisor)
    assert (child.merged_into, child.reply_due_at) == (handling, moment("10:25", dt.date(2026, 11, 25)))
    reply_first(child, "并入前案一起答复", by=clerk)
    accept_solution(offer_solution(handling, "退款", by=clerk), "已退", by=clerk)
    child.refresh_from_db()
    assert (child.solved_at, child.outcome, child.state) == (moment("10:30"), "accepted", S.MERGED)


def test_nothing_is_merged_into_a_case_that_ended(hear, supervisor):
    ended, case = refuse_complaint(hear(), "不在园区", by=supervisor), hear()
    with pytest.raises(MergeTargetEnded):
        merge_complaint(case, ended.number, "同一件事", by=supervisor)


def test_cause_and_liability_are_noted(solved, supervisor):
    note_cause(solved, by=supervisor, liability="ours", root_cause="无人引导", version=solved.version)
    assert (solved.get_liability_display(), solved.root_cause) == ("我方责任", "无人引导")


def test_the_machine_has_no_other_way(solved, supervisor):
    with pytest.raises(NotPossibleNow):
        move(solved, S.HANDLING, by=supervisor)
