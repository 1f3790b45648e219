"""Figures of complaints by their definitions: who counts, what is judged, what is on time."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.choices import ComplaintState, GrievanceState, Outcome, Satisfaction, Severity
from complaints.models import (
    CallbackAttempt,
    CallbackCheck,
    CasePause,
    Complaint,
    Grievance,
)
from complaints.services.endings import refuse_complaint, void_complaint, withdraw_complaint
from complaints.services.incidents import begin_incident, join_incident
from complaints.services.rounds import reopen_complaint
from complaints.services.solutions import accept_solution, give_final_answer, offer_solution, reply_first
from complaints.services.summaries import Line
from dutylog.choices import EnquiryDirection, EnquiryState, FollowUpState, TallyDirection
from dutylog.models import EnquiryTally, HeadcountReport
from servicedesk.figures import source_of
from servicedesk.periods import midnight, month_of, read_period, week_of
from tests.complaints.conftest import PHONE, TODAY, call, local
from tests.complaints.figures.conftest import (
    HOUR,
    NINE,
    NOVEMBER,
    PLANNED,
    behind,
    compensation,
    counted,
    follow_up,
    numbers,
    solved,
)


# ---- what is judged, and what is on time ----------------------------------------------------
@pytest.mark.parametrize(("since_due", "expected"), [
    (dt.timedelta(0), (0, 0, 1)),  # equal is not past
    (dt.timedelta(seconds=1), (0, 1, 0)),
])
def test_a_case_without_a_reply_is_judged_once_its_moment_is_past(case, clock, since_due, expected):
    case(timezone.now() - 24 * HOUR - since_due)
    assert numbers("replied_in_time") == expected


@pytest.mark.parametrize(("late", "hits"), [(dt.timedelta(0), 1), (dt.timedelta(seconds=1), 0)])
def test_a_reply_at_the_very_moment_is_on_time(case, clock, late, hits):
    received = timezone.now() - 48 * HOUR
    case(received, replied_at=received + 24 * HOUR + late)
    assert numbers("replied_in_time") == (hits, 1, 0)
    assert numbers("answered") == (1, 1, 0)


@pytest.mark.parametrize(("late", "hits"), [(dt.timedelta(0), 1), (dt.timedelta(seconds=1), 0)])
def test_a_solution_at_the_very_moment_is_on_time(case, clock, late, hits):
    received = timezone.now() - 100 * HOUR
    case(received, **solved(received + 72 * HOUR + late))
    assert numbers("content_in_time") == (hits, 1, 0)
    assert (numbers("handled"), numbers("solved")) == ((1, 1, 0), (1, 1, 0))


def test_what_is_done_early_is_judged_before_its_moment(case, clock):
    case(local("09:00"), **solved(local("10:00")))
    case(local("09:30"))
    assert (numbers("handled"), numbers("content_in_time")) == ((1, 1, 1), (1, 1, 1))


def test_of_nothing_there_is_a_dash_and_no_hundred_percent(case, clock):
    found = counted()
    assert {line.shown.text for line in found.lines if line.figure.scale and line.figure.key != PLANNED} == {"—"}
    assert found.line(PLANNED).shown.text == "0.0%"
    assert (found.line("major").shown.text, found.line("cases").shown.text) == ("0", "0")
    assert found.cuts
    assert not any(lines for _, lines in found.cuts)


@pytest.mark.parametrize("how", ["final", "unhappy", "late"])
def test_only_what_the_visitor_accepted_in_time_is_solved_to_their_content(case, clock, how):
    received = timezone.now() - 100 * HOUR
    case(received, **{
        "final": solved(received + HOUR, outcome=Outcome.FINAL),
        "unhappy": solved(received + HOUR, satisfaction=Satisfaction.NOT),
        "late": solved(received + 73 * HOUR),
    }[how])
    assert numbers("content_in_time") == (0, 1, 0)
    assert numbers("handled") == (1, 1, 0)
    assert numbers("solved") == (0 if how == "final" else 1, 1, 0)


def test_opinions_are_of_those_that_said_one(case, clock):
    for said in (Satisfaction.SATISFIED, Satisfaction.FAIRLY, Satisfaction.NOT, ""):
        case(**solved(local("10:00"), satisfaction=said))
    assert numbers("content") == (2, 3, 0)


def fail(solved: Complaint, by) -> None:
    """The visitor says on the telephone that nothing was put right."""
    call(solved.callbacks.get(source_kind="complaint"), by=by, is_solved=False, satisfaction=1, cause="promise")
    solved.refresh_from_db()


def test_a_case_opened_again_after_its_moment_is_late_once(solved, supervisor, clerk, second_clerk, clock):
    clock.move_to(local("10:00") + 96 * HOUR)
    fail(solved, second_clerk)
    assert numbers("content_in_time") == (0, 1, 0)
    assert numbers("handled") == (0, 1, 0)
    reopen_complaint(solved, "退款没到账", by=supervisor)
    assert numbers("content_in_time") == (0, 1, 0)
    accept_solution(offer_solution(solved, "当面退款", by=clerk), "已退", by=clerk)
    assert numbers("content_in_time") == (0, 1, 0)
    assert numbers("handled") == (1, 1, 0)
    assert numbers("cases") == (1, None, 0)


def test_what_was_solved_in_time_and_failed_before_its_moment_is_not_judged_yet(solved, second_clerk):
    assert numbers("content_in_time") == (1, 1, 0)
    fail(solved, second_clerk)
    assert numbers("content_in_time") == (0, 0, 1)


# ---- who counts ----------------------------------------------------------------------------
def test_void_and_withdrawn_cases_leave_every_figure(hear, supervisor):
    void_complaint(hear(), "重复录入", by=supervisor)
    withdraw_complaint(hear(), "游客撤诉", by=supervisor)
    found = counted()
    assert {line.now.hits for line in found.lines if source_of(line.figure.key).key == "complaint"} == {0}
    rates = [line for line in found.lines if line.figure.scale and line.figure.key != PLANNED]
    assert {line.now.base for line in rates} == {0}


def test_what_was_not_taken_on_is_handled_and_asks_for_no_solution(hear, supervisor):
    refuse_complaint(hear(), "不在景区范围", by=supervisor)
    assert (numbers("handled"), numbers("replied_in_time")) == ((1, 1, 0), (1, 1, 0))
    assert (numbers("content_in_time"), numbers("solved")) == ((0, 0, 0), (0, 0, 0))


def test_a_merged_case_counts_by_its_own_clock(case, clock):
    received = timezone.now() - 80 * HOUR
    into = case(received, **solved(received + HOUR))
    case(received, state=ComplaintState.MERGED, merged_into=into)
    assert (numbers("cases"), numbers("handled")) == ((2, None, 0), (1, 2, 0))


@pytest.mark.parametrize(("moment", "november"), [
    (midnight(dt.date(2026, 11, 1)) - dt.timedelta(microseconds=1), 0), (midnight(dt.date(2026, 11, 1)), 1),
    (midnight(dt.date(2026, 12, 1)) - dt.timedelta(microseconds=1), 1), (midnight(dt.date(2026, 12, 1)), 0),
])
def test_a_month_ends_at_midnight_of_the_desks_time(case, clock, moment, november):
    clock.move_to(local("12:00", dt.date(2026, 12, 2)))
    case(moment)
    assert numbers("cases") == (november, None, 0)
    assert timezone.localtime(moment).utcoffset() == dt.timedelta(hours=8)


def test_a_week_runs_from_monday_to_sunday(case, clock):
    for day in (22, 23, 29, 30):
        case(local("00:00", dt.date(2026, 11, day)))
    assert numbers("cases", period=week_of(TODAY)) == (2, None, 0)


def test_a_desk_and_the_house_are_counted_apart(case, clock, point, other_point):
    case()
    case(service_point=other_point)
    assert (numbers("cases", point=point), numbers("cases")) == ((1, None, 0), (2, None, 0))


def test_several_visitors_of_one_cause_are_one_cause(hear, supervisor):
    first, alone = hear(), hear(phone="13911112222")
    incident = begin_incident(first, "缆车停运", by=supervisor)
    join_incident(hear(phone="13811112222"), incident, by=supervisor)
    assert (numbers("cases"), numbers("causes")) == ((3, None, 0), (2, None, 0))
    (category,) = next(lines for cut, lines in counted().cuts if cut.key == "category")
    assert (category.now.hits, category.now.base) == (3, 2)
    assert set(behind("causes", "hits")) == {first.pk, alone.pk}


# ---- the other figures of complaints ---------------------------------------------------------
def test_net_leaves_out_the_time_the_clock_stood_no_longer_than_the_setting(case, clock, clerk, choose):
    received = timezone.now() - 40 * HOUR
    late = case(received, replied_at=received + 30 * HOUR)
    CasePause.objects.create(complaint=late, reason="凭证", by=clerk, began_at=received + HOUR,
                             ended_at=received + 7 * HOUR)
    assert (numbers("replied_in_time"), numbers("replied_net")) == ((0, 1, 0), (1, 1, 0))
    choose("complaints.pause_hours", 5)
    assert numbers("replied_net") == (0, 1, 0)
    assert counted().line("replied_in_time").net.now.hits == 0


def test_a_running_pause_holds_back_the_net_judgement_alone(case, clock, clerk):
    received = timezone.now() - 73 * HOUR
    waiting = case(received, replied_at=received + HOUR, state=ComplaintState.WAITING)
    CasePause.objects.create(complaint=waiting, reason="凭证", by=clerk, began_at=received + 70 * HOUR)
    assert (numbers("content_in_time"), numbers("content_net")) == ((0, 1, 0), (0, 0, 1))


def test_the_supervisor_is_told_at_once_when_within_the_minutes_of_the_setting(hear, choose, clock):
    hear(received_at=local("10:25"))
    assert numbers("told_in_time") == (1, 1, 0)
    hear(received_at=local("10:24"))
    assert numbers("told_in_time") == (1, 2, 0)
    choose("complaints.notice_minutes", 6)
    assert numbers("told_in_time") == (2, 2, 0)


def test_nobody_told_is_judged_once_the_minutes_are_past(case, clock):
    case(timezone.now() - dt.timedelta(minutes=5))
    assert numbers("told_in_time") == (0, 0, 1)
    case(timezone.now() - dt.timedelta(minutes=5, seconds=1))
    assert numbers("told_in_time") == (0, 1, 1)


def test_a_number_that_complained_within_the_days_before_is_a_repeat(case, clock):
    first = local("09:00", dt.date(2026, 10, 20))
    case(first, phone=PHONE)
    case(first + dt.timedelta(days=30), phone=PHONE)
    case(first + dt.timedelta(days=31), phone="13911112222")
    assert numbers("repeated") == (1, 2, 0)
    Complaint.objects.filter(received_at=first).update(received_at=first - dt.timedelta(seconds=1))
    assert numbers("repeated") == (0, 2, 0)
    case(phone="")
    case(phone="")
    assert numbers("repeated") == (0, 4, 0)


def test_a_major_complaint_is_counted_and_listed(case, clock):
    major = case(severity=Severity.MAJOR, major_reasons="人身伤害")
    case()
    found = counted()
    assert (found.line("major").now.hits, found.majors) == (1, [major])


def test_grievances_that_went_on_are_a_rate_of_all(db, point, clerk, clock):
    states = (GrievanceState.UPGRADED, GrievanceState.SOOTHED, GrievanceState.DRAFT, GrievanceState.VOID)
    for order, state in enumerate(states):
        Grievance.objects.create(number=f"BY-{order}", service_point=point, created_at=local("09:00"), created_by=clerk,
                                 received_at=local("09:00"), category="票务", words="排队", state=state)
    assert (numbers("upgraded"), numbers("grievances")) == ((1, 2, 0), (1, None, 0))


# ---- callbacks -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "key"), [("complaint", "called_back"), ("later", "called_later")])
def test_a_case_is_called_back_when_no_round_is_open_and_judged_once_its_day_is_past(case, clock, plan, kind, key):
    first, second, third, fourth, _ = (case() for _ in range(5))
    plan(complaint=first, source_kind=kind, state="passed")
    plan(complaint=second, source_kind=kind, state="failed")
    plan(complaint=second, source_kind=kind, round=2, due_on=TODAY - dt.timedelta(days=1))
    plan(complaint=third, source_kind=kind)  # on its day it is on time
    plan(complaint=fourth, source_kind=kind, state="excused")  # another round took its place
    assert numbers(key) == (1, 2, 1)


def test_a_solved_case_waits_for_its_callback_by_the_services(solved, second_clerk, clock):
    assert numbers("called_back") == (0, 0, 1)
    clock.move_to(local("10:30", TODAY + dt.timedelta(days=3)))
    assert numbers("called_back") == (0, 1, 0)
    call(solved.callbacks.get(source_kind="complaint"), by=second_clerk)
    assert (numbers("called_back"), numbers("called_later")) == ((1, 1, 0), (0, 0, 1))


def test_passed_is_a_rate_of_who_was_spoken_to_and_good_one_of_what_was_looked_at_again(plan, clock, supervisor):
    plans = [plan(state=state, source_kind="survey") for state in ("passed", "passed", "failed", "refused", "waiting")]
    plan(state="passed", source_kind="survey", due_on=dt.date(2026, 12, 1))
    for each, good in ((plans[0], True), (plans[2], False)):
        CallbackCheck.objects.create(plan=each, at=NINE, by=supervisor, is_good=good)
    assert (numbers("callback_passed"), numbers("callback_checked")) == ((2, 3, 0), (1, 2, 0))


def test_visits_are_done_of_the_number_of_the_month(plan, clock, clerk, choose):
    for channel, outcome in (("visit", "reached"), ("visit", "no_answer"), ("phone", "reached")):
        row = plan(source_kind="visit", state="passed")
        CallbackAttempt.objects.create(plan=row, at=NINE, entered_at=NINE, by=clerk, channel=channel, outcome=outcome)
    assert (numbers("visits"), numbers("visits_done")) == ((1, None, 0), (1, 5, 0))
    assert counted(week_of(TODAY)).line("visits_done").shown.text == "—"
    choose("complaints.callback_visits", 2)
    assert counted().line("visits_done").shown.text == "50.0%"


def test_money_counts_by_the_moment_of_its_payment(case, clock):
    told = case(local("09:00", dt.date(2026, 10, 20)))
    compensation(told, 1, "recovering", midnight(NOVEMBER.first))
    compensation(told, 2, "closed", midnight(NOVEMBER.first))
    compensation(told, 3, "paid", midnight(NOVEMBER.first) - dt.timedelta(seconds=1))
    compensation(told, 4, "approved", None)
    found = counted()
    assert (found.line("payouts").shown.text, found.line("payout_sum").shown.text) == ("2", "¥241.00")
    assert counted(month_of(dt.date(2026, 1, 1))).line("payout_sum").shown.text == "¥0.00"


# ---- figures of the floor below ----------------------------------------------------------------
def headcount(point, clerk, on: dt.date, entered: int) -> None:
    HeadcountReport.objects.create(
        number=f"RS-{on}", service_point=point, created_at=local("18:00", on), created_by=clerk, on=on, slot="闭园",
        due_at=local("18:00", on), taken_at=local("18:00", on), entered=entered,
    )


def test_complaints_per_ten_thousand_visitors_say_which_days_are_missing(case, clock, point, clerk):
    week = week_of(TODAY)
    case()
    headcount(point, clerk, week.first, 5000)
    line = counted(week).line("per_visitors")
    assert (line.shown.text, line.shown.note) == ("2.00", "")
    clock.move_to(local("10:30", TODAY + dt.timedelta(days=3)))
    assert counted(week).line("per_visitors").now.note == "不完整:缺 11-24 至 11-26 的入园人数"
    assert counted(week.before).line("per_visitors").shown.text == "—"


def test_nothing_is_missing_of_the_days_before_a_desk_opened(case, clock, point):
    point.opened_on = TODAY
    point.save()
    assert counted(week_of(TODAY)).line("per_visitors").now.note == ""


def test_calls_and_questions_are_answered_in_their_times(enquiry, clock, day, clerk):
    due = local("09:05")
    answered = {"state": EnquiryState.ANSWERED}
    enquiry(is_missed=True, due_at=due, answered_at=due, **answered)
    enquiry(is_missed=True, due_at=due, answered_at=due + dt.timedelta(seconds=1), **answered)
    enquiry(is_missed=True, due_at=due)
    enquiry(is_missed=True, due_at=local("10:30"))
    enquiry(due_at=local("17:00"))
    enquiry(due_at=local("17:00"), answered_at=local("10:00"), direction=EnquiryDirection.ON_SITE, **answered)
    enquiry(is_missed=True, due_at=due, state=EnquiryState.VOID)
    assert (numbers("missed_in_time"), numbers("answered_in_time")) == ((1, 3, 1), (1, 1, 1))
    for _ in range(3):
        EnquiryTally.objects.create(day=day, direction=TallyDirection.PHONE, topic="问路", change=1, at=due, by=clerk)
    assert (numbers("calls"), numbers("calls_written")) == ((5, None, 0), (5, 8, 0))


def test_what_was_mended_by_its_day_counts_until_the_midnight_of_the_desk(db, point, clerk, clock):
    night = midnight(TODAY + dt.timedelta(days=1))
    closed = {"state": FollowUpState.VERIFIED}
    follow_up(point, clerk, 1, verified_at=night - dt.timedelta(seconds=1), **closed)
    follow_up(point, clerk, 2, verified_at=night, **closed)
    follow_up(point, clerk, 3)
    follow_up(point, clerk, 4, due_on=TODAY - dt.timedelta(days=1))
    follow_up(point, clerk, 5, due_on=None)
    follow_up(point, clerk, 6, state=FollowUpState.VOID)
    assert numbers("mended_in_time") == (1, 3, 1)


def test_periods_follow_each_other():
    assert read_period("2026-W53") == week_of(dt.date(2027, 1, 3))
    assert read_period("2026-12").following == read_period("2027-01")
    assert read_period("2026-01").before.label == "2025年12月"
    assert read_period("2026-W01").before.key == "2025-W52"
    assert [read_period(text) for text in ("", "2026", "2026-00", "2026-W54", "1999-12", "2200-01", "x")] == [None] * 7


def test_the_page_compares_with_the_period_before(case, clock, as_user, manager):
    case()
    case(local("09:00", dt.date(2026, 10, 3)))
    case(local("09:00", dt.date(2026, 10, 4)))
    line: Line = counted().line("cases")
    assert (line.before.text, line.change) == ("2", "-1")
    page = as_user(manager).get(reverse("complaints:figures")).content.decode()
    assert "2026年11月" in page
    assert "未核定" in page
    assert page.count("期内反映的投诉,按游客反映的时间") == 1


def test_figures_of_the_survey_come_by_declaration_and_tell_of_no_few_sheets(case, clock, monkeypatch):
    line = counted().line("survey_pleased")
    assert (line.shown.text, line.shown.base) == ("—", 0)
    monkeypatch.setattr("servicedesk.figures._sources", {
        key: source for key, source in _sources().items() if key != "survey"
    })
    assert "survey_pleased" not in {line.figure.key for line in counted().lines}


def _sources() -> dict:
    return {source_of(line.figure.key).key: source_of(line.figure.key) for line in counted().lines}


def test_who_sees_one_desk_gets_that_desk(case, clock, as_user, supervisor, point, other_point):
    case(service_point=other_point)
    page = as_user(supervisor).get(reverse("complaints:figures"), {"scope": "house"})
    assert page.context["summary"].asked.point == point
    assert page.context["summary"].line("cases").now.hits == 0
    assert not page.context["scopes"]


@pytest.mark.parametrize("text", ["2026-13", "x", "2027-01"])
def test_no_period_and_one_that_has_not_begun_are_not_there(case, clock, as_user, manager, text):
    assert as_user(manager).get(reverse("complaints:figures"), {"period": text}).status_code == 404


def test_a_reply_and_a_final_answer_by_the_services_are_counted(handling, clerk):
    reply_first(handling, "今天给您方案", by=clerk)
    assert (numbers("answered"), numbers("solved")) == ((1, 1, 0), (0, 0, 1))
    give_final_answer(offer_solution(handling, "按规定不能退", by=clerk), "维持原答复", by=clerk)
    assert (numbers("solved"), numbers("handled")) == ((0, 1, 0), (1, 1, 0))
