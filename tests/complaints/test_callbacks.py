"""回访: planned by what was solved, tried, judged by what the visitor says; each refusal beside its success."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from complaints.callback_choices import CALLBACK_TRANSITIONS
from complaints.callback_choices import CallbackState as S
from complaints.errors.callbacks import (
    AppointmentNeeded,
    AppointmentNotWanted,
    AppointmentPast,
    AppointmentTooFar,
    AttemptBeforePlan,
    AttemptInFuture,
    CallbackEnded,
    CallbackStillOpen,
    CalledTooEarly,
    CallerComplainedAbout,
    CauseNeeded,
    ContentNeeded,
    ManagerCalls,
    NotReachedYet,
    OutcomeOfCallNeeded,
    SolvedNeeded,
    VisitNeedsPerson,
    VisitPast,
    WordsOfRefusalNeeded,
)
from complaints.errors.steps import TextNeeded
from complaints.models import CallbackAttempt, CallbackPlan, Complaint
from complaints.services.callback_jobs import make_missing_plans, remind_appointments
from complaints.services.callback_plans import VisitFacts, plan_visit
from complaints.services.complaints import accept_complaint, begin_complaint
from complaints.services.endings import archive_complaint, merge_complaint
from complaints.services.grievances import GrievanceFacts, register_grievance, soothe_grievance, void_grievance
from complaints.services.rounds import reopen_complaint
from complaints.services.solutions import accept_solution, give_final_answer, offer_solution
from complaints.services.upgrades import downgrade_complaint, upgrade_grievance
from dutylog.errors.enquiries import NumberInText
from servicedesk.models import LateChange, Message
from servicedesk.periods import month_of
from servicedesk.services.closedmonths import close_month
from servicedesk.services.purging import purge
from tests.complaints.conftest import PHONE, call

FAILING = {"is_solved": False, "satisfaction": 2, "cause": "promise"}


@pytest.fixture
def plan(solved) -> CallbackPlan:
    return solved.callbacks.get(source_kind="complaint")


@pytest.fixture
def later(solved) -> CallbackPlan:
    return solved.callbacks.get(source_kind="later")


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def again(case, *, by):
    """Handled and solved once more."""
    reopen_complaint(case, "退款没到", by=by)
    return accept_solution(offer_solution(case, "当面退款", by=by), "已当面退款", by=by)


# ---- plans ------------------------------------------------------------------------------
def test_the_map_is_that_of_the_rules():
    assert {
        S.WAITING: {S.RUNNING, S.EXCUSED},
        S.RUNNING: {S.PASSED, S.FAILED, S.REFUSED, S.UNREACHABLE, S.EXCUSED},
    } == CALLBACK_TRANSITIONS


def test_a_solved_case_waits_for_a_callback_in_two_days_and_one_after_thirty(solved, plan, later):
    assert solved.state == "callback"
    assert (plan.number, plan.state, plan.from_on, plan.due_on) == (
        "HF-20261124-002", S.WAITING, day(11, 24), day(11, 26)
    )
    assert (later.from_on, later.due_on) == (day(12, 22), day(12, 24))


def test_the_days_are_the_managers_choice(offered, clerk, choose):
    choose("complaints.callback_days", 5)
    choose("complaints.callback_later_days", 60)
    case = accept_solution(offered, "已退", by=clerk)
    assert list(case.callbacks.order_by("due_on").values_list("due_on", flat=True)) == [
        day(11, 29), dt.date(2027, 1, 23)
    ]


def test_the_days_count_from_the_solution_in_shanghai(offered, clerk, clock, moment):
    clock.move_to(moment("00:30", day(11, 25)))
    case = accept_solution(offered, "已退", by=clerk, at=moment("23:50"))
    assert case.callbacks.get(source_kind="complaint").due_on == day(11, 26)


def test_a_final_answer_is_called_back_too(offered, supervisor):
    assert give_final_answer(offered, "依规定不退", by=supervisor).callbacks.count() == 2


def test_a_visitor_whom_nobody_can_reach_is_brought_before_the_supervisor_at_once(hear, supervisor, clerk):
    case = begin_complaint(accept_complaint(hear(is_reachable=False, phone=""), by=supervisor), by=supervisor)
    accept_solution(offer_solution(case, "已清理", by=clerk), "已清理", by=clerk)
    plan = case.callbacks.get()
    assert (plan.source_kind, plan.asked_end, plan.asked_by) == ("complaint", S.EXCUSED, None)


def test_each_case_that_was_merged_gets_its_own_callback(handling, hear, supervisor, clerk):
    first, second = hear(), hear()
    merge_complaint(second, first.number, "同行", by=supervisor)
    begin_complaint(accept_complaint(first, by=supervisor), by=supervisor)
    merge_complaint(first, handling.number, "同一件事", by=supervisor)
    accept_solution(offer_solution(handling, "退票", by=clerk), "已退", by=clerk)
    own = CallbackPlan.objects.filter(source_kind="complaint")
    assert set(own.values_list("complaint", flat=True)) == {handling.pk, first.pk, second.pk}
    second.refresh_from_db()
    assert second.solved_at == handling.solved_at


def test_a_soothed_grievance_is_called_back_where_it_left_a_number_and_the_setting_wants_it(
    zone, clerk, point, day, moment, choose
):
    def soothed(**more):
        told = GrievanceFacts(received_at=moment("10:20"), category="票务", words="排队", zone=zone, soothing="致歉",
                              **more)
        return register_grievance(told, by=clerk, point=point, is_soothed=True)

    soothed()
    assert not CallbackPlan.objects.exists()
    row = soothed(phone=PHONE)
    assert row.callbacks.get().due_on == dt.date(2026, 11, 26)
    choose("complaints.callback_grievances", False)
    assert not soothed(phone=PHONE).callbacks.exists()


def test_a_grievance_that_was_upgraded_or_void_is_not_called_back_as_one(zone, clerk, supervisor, point, day, moment):
    def soothed():
        told = GrievanceFacts(received_at=moment("10:20"), category="票务", words="排队", zone=zone, soothing="致歉",
                              phone=PHONE)
        return register_grievance(told, by=clerk, point=point, is_soothed=True)

    one, other = soothed(), soothed()
    upgrade_grievance(one, by=clerk)
    void_grievance(other, "重复", by=supervisor)
    assert [(plan.state, plan.is_superseded) for plan in CallbackPlan.objects.all()] == [(S.EXCUSED, True)] * 2
    assert not CallbackPlan.objects.all().counted().exists()


def test_a_grievance_that_came_back_from_a_complaint_is_called_when_it_is_soothed_again(
    zone, clerk, supervisor, point, day, moment
):
    row = register_grievance(
        GrievanceFacts(received_at=moment("10:20"), category="票务", words="排队", zone=zone, soothing="致歉",
                       phone=PHONE), by=clerk, point=point, is_soothed=True,
    )
    downgrade_complaint(upgrade_grievance(row, by=clerk), "游客不要求答复", by=supervisor)
    row.refresh_from_db()
    soothe_grievance(row, "再次致歉", by=clerk)
    assert list(row.callbacks.order_by("pk").values_list("round", "state")) == [(1, S.EXCUSED), (2, S.WAITING)]


def test_a_solved_case_of_before_gets_its_callback_by_the_job_once(solved, clerk):
    Complaint.objects.filter(pk=solved.pk).update(round=2, state="solved")
    assert make_missing_plans() == "补 1 个回访计划"
    assert make_missing_plans() == ""
    solved.refresh_from_db()
    assert solved.state == "callback"
    assert solved.callbacks.filter(round=2).count() == 2


def test_the_thirty_days_check_is_there_once_though_no_job_ever_ran(solved, later):
    make_missing_plans()
    assert list(solved.callbacks.filter(source_kind="later")) == [later]


# ---- tries -------------------------------------------------------------------------------
def test_who_is_content_passes_and_the_case_may_be_archived(solved, plan, second_clerk, supervisor):
    with pytest.raises(CallbackStillOpen):
        archive_complaint(solved, by=supervisor)
    call(plan, by=second_clerk, comment="谢谢")
    solved.refresh_from_db()
    assert (plan.state, solved.state) == (S.PASSED, "called")
    last = solved.actions.filter(kind="callback").get()
    assert last.text == f"电话回访 {plan.number}:已解决,很满意。游客意见:谢谢"
    assert archive_complaint(solved, by=supervisor).state == "archived"


@pytest.mark.parametrize("answers", [{"is_solved": False, "satisfaction": 5}, {"is_solved": True, "satisfaction": 2}])
def test_not_solved_or_not_content_fails_and_the_case_is_handled_again(solved, plan, clerk, supervisor, answers):
    call(plan, by=clerk, cause="promise", **answers)
    solved.refresh_from_db()
    assert (plan.state, solved.state) == (S.FAILED, "failed")
    told = Message.objects.filter(object_id=plan.pk, content_type__model="callbackplan")
    assert [message.person for message in told] == [supervisor]
    assert PHONE not in told.get().sentence
    again(solved, by=supervisor)
    assert solved.callbacks.get(source_kind="complaint", round=2).state == S.WAITING


def test_a_new_round_takes_the_place_of_what_is_still_open(solved, plan, later, clerk, supervisor):
    call(plan, by=clerk, **FAILING)
    solved.refresh_from_db()
    again(solved, by=supervisor)
    later.refresh_from_db()
    assert (later.state, later.is_superseded) == (S.EXCUSED, True)
    assert solved.callbacks.open().filter(source_kind="later").count() == 1


def test_how_content_passes_is_the_managers_choice(plan, clerk, choose):
    choose("complaints.callback_pass_score", 4)
    with pytest.raises(CauseNeeded):
        call(plan, by=clerk, satisfaction=3)
    assert not plan.attempts.exists()
    call(plan, by=clerk, satisfaction=4)
    assert plan.state == S.PASSED


@pytest.mark.parametrize(("refusal", "outcome", "more"), [
    (OutcomeOfCallNeeded, "", {}), (SolvedNeeded, "reached", {"is_solved": None}),
    (ContentNeeded, "reached", {"satisfaction": None}), (ContentNeeded, "reached", {"satisfaction": 6}),
    (CauseNeeded, "reached", {"is_solved": False}), (NotReachedYet, "busy", {"is_solved": True}),
    (NotReachedYet, "no_answer", {"satisfaction": 5}), (AppointmentNeeded, "later", {}),
    (WordsOfRefusalNeeded, "refused", {}), (NumberInText, "busy", {"comment": "换打 13812341234"}),
])
def test_a_slip_of_the_hand_is_refused_and_nothing_is_written(plan, clerk, refusal, outcome, more):
    with pytest.raises(refusal):
        call(plan, by=clerk, outcome=outcome, **more)
    assert not CallbackAttempt.objects.exists()
    plan.refresh_from_db()
    assert plan.state == S.WAITING


def test_a_try_lies_between_the_solution_and_now(plan, clerk, moment):
    with pytest.raises(AttemptInFuture):
        call(plan, by=clerk, outcome="busy", at=moment("10:32"))
    with pytest.raises(AttemptBeforePlan):
        call(plan, by=clerk, outcome="busy", at=moment("23:59", day(11, 23)))
    call(plan, by=clerk, outcome="busy", at=moment("10:25"))
    assert (plan.state, plan.tried_at) == (S.RUNNING, moment("10:25"))


def test_an_appointment_is_to_come_and_not_too_far(plan, clerk, moment):
    for at, refusal in ((moment("10:30"), AppointmentPast), (moment("10:31", day(12, 8)), AppointmentTooFar)):
        with pytest.raises(refusal):
            call(plan, by=clerk, outcome="later", next_at=at)
    with pytest.raises(AppointmentNotWanted):
        call(plan, by=clerk, outcome="busy", next_at=moment("14:00"))
    call(plan, by=clerk, outcome="later", next_at=moment("14:00"))
    assert plan.next_at == moment("14:00")
    call(plan, by=clerk, outcome="busy")
    assert plan.next_at is None


def test_whoever_made_the_appointment_is_reminded_at_its_time_once(plan, clerk, second_clerk, clock, moment):
    call(plan, by=clerk, outcome="later", next_at=moment("14:00"))
    clock.move_to(moment("13:59"))
    assert remind_appointments() == ""
    clock.move_to(moment("14:00"))
    assert (remind_appointments(), remind_appointments()) == ("提醒约时回访 1 个", "")
    told = Message.objects.get(sentence__contains="时间到了")
    assert (told.person, told.sentence) == (clerk, f"回访 {plan.number} 约在 11-24 14:00,时间到了,请打电话")


def test_whom_it_is_about_does_not_call(hear, clerk, second_clerk, supervisor):
    case = begin_complaint(accept_complaint(hear(respondent_person=second_clerk), by=supervisor), by=supervisor)
    accept_solution(offer_solution(case, "道歉", by=clerk), "已道歉", by=clerk)
    plan = case.callbacks.get(source_kind="complaint")
    with pytest.raises(CallerComplainedAbout):
        call(plan, by=second_clerk)
    call(plan, by=clerk)
    assert plan.state == S.PASSED


def test_a_major_one_is_called_by_the_manager(hear, clerk, supervisor, manager):
    told = hear(severity="major", major_reasons=("人身伤害",))
    case = begin_complaint(accept_complaint(told, by=supervisor), by=supervisor)
    accept_solution(offer_solution(case, "赔偿", by=clerk), "已赔", by=clerk)
    plan = case.callbacks.get(source_kind="complaint")
    for person in (clerk, supervisor):
        with pytest.raises(ManagerCalls):
            call(plan, by=person)
    call(plan, by=manager)
    assert plan.state == S.PASSED


def test_what_has_ended_takes_no_try(plan, clerk, second_clerk):
    call(plan, by=clerk)
    with pytest.raises(CallbackEnded):
        call(CallbackPlan.objects.get(pk=plan.pk), by=second_clerk)


def test_of_two_who_call_at_once_both_tries_stand_and_one_ends_it(plan, clerk, second_clerk):
    seen = CallbackPlan.objects.get(pk=plan.pk)
    call(plan, by=clerk, outcome="busy")
    call(seen, by=second_clerk, outcome="no_answer")
    assert plan.attempts.count() == 2
    call(seen, by=second_clerk)
    with pytest.raises(CallbackEnded):
        call(plan, by=clerk)
    assert plan.attempts.count() == 3


def test_a_try_and_a_second_look_are_never_changed(plan, clerk):
    call(plan, by=clerk)
    with pytest.raises(DatabaseError), transaction.atomic():
        CallbackAttempt.objects.update(comment="别的")
    with pytest.raises(DatabaseError), transaction.atomic():
        CallbackAttempt.objects.all().delete()


# ---- by the day --------------------------------------------------------------------------
@pytest.mark.parametrize(("on", "clock_time", "is_overdue"), [
    (day(11, 26), "00:00", False), (day(11, 26), "23:59", False), (day(11, 27), "00:00", True),
])
def test_a_callback_is_late_when_its_day_in_shanghai_is_over(plan, clock, moment, on, clock_time, is_overdue):
    clock.move_to(moment(clock_time, on))
    assert plan.is_overdue is is_overdue
    assert CallbackPlan.objects.overdue(on).filter(pk=plan.pk).exists() is is_overdue


def test_one_made_on_its_last_minute_is_on_time_and_a_minute_after_is_not(plan, later, clerk, clock, moment):
    clock.move_to(moment("00:00", day(12, 25)))
    call(later, by=clerk, at=moment("23:59", day(12, 24)))
    call(plan, by=clerk)
    assert (later.is_late, plan.is_late) == (False, True)


def test_after_thirty_days_is_not_asked_after_ten(later, clerk, clock, moment):
    clock.move_to(moment("23:59", day(12, 21)))
    with pytest.raises(CalledTooEarly):
        call(later, by=clerk)
    clock.move_to(moment("00:00", day(12, 22)))
    call(later, by=clerk)
    assert later.state == S.PASSED


# ---- what it says to the case ------------------------------------------------------------
def test_a_later_one_that_passes_is_noted_and_moves_nothing(solved, later, clerk, clock, moment):
    clock.move_to(moment("10:00", day(12, 24)))
    call(later, by=clerk)
    solved.refresh_from_db()
    assert solved.state == "callback"
    assert solved.actions.filter(kind="callback").count() == 1


def test_a_later_one_that_fails_opens_a_case_that_is_not_archived(called, clerk, clock, moment):
    clock.move_to(moment("10:00", day(12, 24)))
    call(called.callbacks.get(source_kind="later"), by=clerk, **FAILING)
    called.refresh_from_db()
    assert called.state == "failed"


def test_a_later_one_that_fails_is_an_addendum_of_an_archived_case(called, clerk, supervisor, clock, moment):
    archive_complaint(called, by=supervisor)
    clock.move_to(moment("10:00", day(12, 24)))
    call(called.callbacks.get(source_kind="later"), by=clerk, **FAILING)
    called.refresh_from_db()
    assert called.state == "archived"
    assert called.actions.get(is_addendum=True).text.endswith("没有解决,不满意(承诺未兑现)")
    assert Message.objects.filter(person=supervisor, sentence__endswith="原案已归档,请另行登记").exists()


@pytest.mark.parametrize("is_archived", [True, False])
def test_a_call_below_a_finished_case_of_a_closed_month_is_told_to_the_archive(
    called, clerk, supervisor, manager, clock, moment, is_archived
):
    if is_archived:
        archive_complaint(called, by=supervisor)
    clock.move_to(moment("10:00", day(12, 24)))
    close_month(month_of(day(11, 24)), by=manager)
    call(called.callbacks.get(source_kind="later"), by=clerk, comment="谢谢")
    told = list(LateChange.objects.values_list("register", "number", "reason"))
    assert told == ([("complaint", called.number, "附记:回访")] if is_archived else [])


def test_a_merged_one_that_fails_opens_the_case_it_went_into(handling, hear, supervisor, clerk):
    child = merge_complaint(hear(), handling.number, "同行", by=supervisor)
    accept_solution(offer_solution(handling, "退票", by=clerk), "已退", by=clerk)
    call(handling.callbacks.get(source_kind="complaint"), by=clerk)
    handling.refresh_from_db()
    with pytest.raises(CallbackStillOpen):
        archive_complaint(handling, by=supervisor)
    call(child.callbacks.get(source_kind="complaint"), by=clerk, **FAILING)
    handling.refresh_from_db()
    child.refresh_from_db()
    assert (handling.state, child.state) == ("failed", "merged")
    again(handling, by=supervisor)
    child.refresh_from_db()
    assert (child.round, child.callbacks.open().filter(source_kind="complaint").count()) == (2, 1)
    for case in (child, handling):
        call(case.callbacks.open().get(source_kind="complaint"), by=clerk)
    handling.refresh_from_db()
    assert archive_complaint(handling, by=supervisor).state == "archived"


# ---- visits ------------------------------------------------------------------------------
def test_a_visit_is_written_down_and_made(point, clerk, day, moment):
    facts = {"visitor_name": "枫林旅行社", "words": "听取意见", "due_on": dt.date(2026, 11, 24)}
    with pytest.raises(VisitNeedsPerson):
        plan_visit(VisitFacts(**facts | {"visitor_name": " "}), by=clerk, point=point)
    with pytest.raises(TextNeeded):
        plan_visit(VisitFacts(**facts | {"words": ""}), by=clerk, point=point)
    with pytest.raises(VisitPast):
        plan_visit(VisitFacts(**facts | {"due_on": dt.date(2026, 11, 23)}), by=clerk, point=point)
    plan = plan_visit(VisitFacts(**facts), by=clerk, point=point)
    call(plan, by=clerk, channel="visit", satisfaction=4)
    assert (plan.state, plan.attempts.get().is_solved) == (S.PASSED, None)


# ---- forgotten ---------------------------------------------------------------------------
def test_what_the_visitor_said_is_forgotten_with_the_complaint(called, plan, supervisor, manager, clock, moment):
    other = plan_visit(
        VisitFacts(visitor_name="枫林旅行社", words="听取意见", due_on=day(11, 24), phone=PHONE), by=supervisor,
        point=called.service_point,
    )
    call(other, by=supervisor, comment="王总说很好")
    archive_complaint(called, by=supervisor)
    clock.move_to(moment("10:00", dt.date(2029, 12, 1)))
    purge(by=manager, reason="到期")
    for each in (plan, other):
        each.refresh_from_db()
        assert each.attempts.get().comment in ("", "(已清除)")
    assert (other.visitor_name, other.phone, other.words) == ("(已清除)", "", "(已清除)")
    assert plan.number_to_call == ""
    assert plan.anonymised_at is not None
    assert CallbackAttempt.objects.count() == 2
