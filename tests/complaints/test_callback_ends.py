"""无法联系, 拒访, 免访 by the supervisor's word; the second look at what was finished."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from complaints.callback_choices import CallbackState as S
from complaints.dayparts import is_part_list, part_of, read_part
from complaints.errors.callbacks import (
    AttemptStruck,
    CallbackEnded,
    CallbackStillOpen,
    CallerComplainedAbout,
    CheckedAlready,
    CheckerCalled,
    FindingNeeded,
    NobodyRefused,
    NotAnEnd,
    NotFinished,
    NothingToSign,
    SignerCalled,
    TriesNotEnough,
)
from complaints.errors.steps import TextNeeded
from complaints.models import CallbackCheck, CallbackPlan
from complaints.services.callback_checks import BLOCK, check_callback, is_drawn
from complaints.services.callback_rules import day_parts
from complaints.services.callback_strikes import strike_attempt
from complaints.services.callbacks import ask_end, send_back, sign_end
from complaints.services.complaints import accept_complaint, begin_complaint
from complaints.services.endings import archive_complaint
from complaints.services.solutions import accept_solution, offer_solution
from servicedesk.models import Message
from tests.complaints.conftest import PHONE, call


@pytest.fixture
def plan(solved) -> CallbackPlan:
    return solved.callbacks.get(source_kind="complaint")


@pytest.fixture
def tried(plan, clerk, clock, moment) -> CallbackPlan:
    """On two days, in the morning and in the evening; nobody answered."""
    call(plan, by=clerk, outcome="no_answer")
    clock.move_to(moment("19:00", dt.date(2026, 11, 25)))
    call(plan, by=clerk, outcome="off")
    return plan


def parts(*lines: str) -> list:
    return [read_part(line) for line in lines]


def told(person) -> list[str]:
    return list(Message.objects.filter(person=person, sentence__startswith="回访").values_list("sentence", flat=True))


# ---- parts of the day --------------------------------------------------------------------
@pytest.mark.parametrize(("clock_time", "part"), [
    ("07:59", ""), ("08:00", "上午"), ("11:59", "上午"), ("12:00", "下午"), ("20:59", "晚上"), ("21:00", ""),
])
def test_a_part_of_the_day_begins_with_its_first_minute(db, moment, clock_time, part):
    assert part_of(moment(clock_time), day_parts()) == part


@pytest.mark.parametrize(("lines", "is_good"), [
    (["上午 08:00-12:00", "下午 12:00-18:00"], True), (["上午 08:00-12:00"], False),
    (["上午 08:00-12:00", "下午 11:59-18:00"], False), (["上午 08:00-12:00", "上午 13:00-18:00"], False),
    (["上午 12:00-08:00", "下午 12:00-18:00"], False), (["上午", "下午 12:00-18:00"], False), ([], False),
])
def test_what_the_manager_may_set_as_parts(lines, is_good):
    assert is_part_list(lines) is is_good


# ---- 无法联系 ------------------------------------------------------------------------------
@pytest.mark.parametrize(("second", "is_enough"), [
    ((24, "19:00"), False), ((25, "09:00"), False), ((25, "21:30"), False), ((25, "13:00"), True),
])
def test_nobody_is_given_up_before_two_days_and_two_parts_of_the_day(
    plan, clerk, supervisor, clock, moment, second, is_enough
):
    call(plan, by=clerk, outcome="no_answer")
    number, time = second
    clock.move_to(moment(time, dt.date(2026, 11, number)))
    call(plan, by=clerk, outcome="empty")
    if is_enough:
        ask_end(plan, S.UNREACHABLE, "打不通", by=clerk)
        assert (plan.asked_end, plan.asked_by) == (S.UNREACHABLE, clerk)
        return
    for act in (ask_end, sign_end):
        with pytest.raises(TriesNotEnough):
            act(plan, S.UNREACHABLE, "打不通", by=supervisor)


def test_midnight_makes_two_days(plan, clerk, clock, moment, choose):
    choose("complaints.callback_parts_tried", 1)
    clock.move_to(moment("20:59"))
    call(plan, by=clerk, outcome="no_answer")
    clock.move_to(moment("23:59"))
    call(plan, by=clerk, outcome="no_answer")
    with pytest.raises(TriesNotEnough):
        ask_end(plan, S.UNREACHABLE, "打不通", by=clerk)
    clock.move_to(moment("00:01", dt.date(2026, 11, 25)))
    call(plan, by=clerk, outcome="no_answer")
    assert ask_end(plan, S.UNREACHABLE, "打不通", by=clerk).asked_end == S.UNREACHABLE


def test_a_promise_is_no_miss(plan, clerk, clock, moment):
    call(plan, by=clerk, outcome="no_answer")
    clock.move_to(moment("19:00", dt.date(2026, 11, 25)))
    call(plan, by=clerk, outcome="later", next_at=moment("20:00", dt.date(2026, 11, 25)))
    with pytest.raises(TriesNotEnough):
        ask_end(plan, S.UNREACHABLE, "打不通", by=clerk)


def test_who_cannot_be_reached_is_signed_off_and_the_case_may_be_archived(solved, tried, clerk, supervisor):
    ask_end(tried, S.UNREACHABLE, "两天都没人接", by=clerk)
    assert told(supervisor) == [f"回访 {tried.number} 申请按“无法联系”结束,请签批"]
    with pytest.raises(CallbackStillOpen):
        archive_complaint(solved, by=supervisor)
    sign_end(tried, S.UNREACHABLE, "同意", by=supervisor)
    solved.refresh_from_db()
    assert (tried.state, tried.signed_by, solved.state) == (S.UNREACHABLE, supervisor, "called")
    assert solved.actions.get(kind="callback").text == f"回访 {tried.number} 无法联系,周敏 签批:同意"
    assert solved.callbacks.open().get().source_kind == "later"
    archive_complaint(solved, by=supervisor)


# ---- 拒访, 免访 ----------------------------------------------------------------------------
def test_a_refusal_goes_to_the_supervisor_by_itself_and_spares_the_later_call(solved, plan, clerk, supervisor):
    with pytest.raises(NobodyRefused):
        sign_end(plan, S.REFUSED, "同意", by=supervisor)
    call(plan, by=clerk, outcome="refused", comment="不要再打")
    assert (plan.asked_end, plan.asked_reason) == (S.REFUSED, "不要再打")
    sign_end(plan, S.REFUSED, "尊重游客意愿", by=supervisor)
    assert (plan.state, solved.callbacks.open().exists()) == (S.REFUSED, False)


def test_an_anonymous_visitors_case_ends_too(hear, supervisor, clerk):
    told_ = hear(is_reachable=False, phone="", visitor_name="")
    case = begin_complaint(accept_complaint(told_, by=supervisor), by=supervisor)
    accept_solution(offer_solution(case, "已清理", by=clerk), "已清理", by=clerk)
    plan = case.callbacks.get()
    with pytest.raises(TextNeeded):
        sign_end(plan, S.EXCUSED, " ", by=supervisor)
    sign_end(plan, S.EXCUSED, "匿名", by=supervisor)
    case.refresh_from_db()
    assert archive_complaint(case, by=supervisor).state == "archived"


def test_only_three_ends_are_signed(plan, supervisor):
    for end in (S.PASSED, "nothing"):
        with pytest.raises(NotAnEnd):
            sign_end(plan, end, "同意", by=supervisor)


def test_who_called_does_not_sign(tried, clerk, supervisor, manager):
    call(tried, by=supervisor, outcome="busy")
    with pytest.raises(SignerCalled):
        sign_end(tried, S.UNREACHABLE, "同意", by=supervisor)
    assert sign_end(tried, S.UNREACHABLE, "同意", by=manager).state == S.UNREACHABLE


def test_whom_it_is_about_does_not_sign(hear, clerk, supervisor, manager):
    case = begin_complaint(accept_complaint(hear(respondent_person=supervisor), by=manager), by=manager)
    accept_solution(offer_solution(case, "道歉", by=clerk), "已道歉", by=clerk)
    plan = case.callbacks.get(source_kind="complaint")
    with pytest.raises(CallerComplainedAbout):
        sign_end(plan, S.EXCUSED, "不用访", by=supervisor)
    assert sign_end(plan, S.EXCUSED, "不用访", by=manager).state == S.EXCUSED


def test_a_request_that_is_not_granted_goes_back_to_who_made_it(tried, clerk, supervisor):
    with pytest.raises(NothingToSign):
        send_back(tried, "再打一次", by=supervisor)
    ask_end(tried, S.UNREACHABLE, "没人接", by=clerk)
    send_back(tried, "换个时间再打", by=supervisor)
    assert (tried.asked_end, tried.state) == ("", S.RUNNING)
    assert told(clerk) == [f"回访 {tried.number} 没有同意结束:换个时间再打,请继续回访"]


def test_a_try_that_was_typed_wrongly_is_struck_through_and_counts_no_more(tried, clerk, second_clerk):
    ask_end(tried, S.UNREACHABLE, "没人接", by=clerk)
    first, last = tried.attempts.all()
    strike_attempt(last, "按错了人", by=second_clerk)
    tried.refresh_from_db()
    assert (tried.asked_end, tried.tried_at, [each.pk for each in tried.tries]) == ("", first.at, [first.pk])
    assert tried.attempts.count() == 2
    with pytest.raises(TriesNotEnough):
        ask_end(tried, S.UNREACHABLE, "没人接", by=clerk)
    with pytest.raises(AttemptStruck):
        strike_attempt(last, "按错了人", by=clerk)


def test_a_struck_appointment_and_a_struck_refusal_are_taken_back(plan, clerk, moment):
    wrong = call(plan, by=clerk, outcome="later", next_at=moment("19:00", dt.date(2026, 11, 25)))
    strike_attempt(wrong, "约的是另一位", by=clerk)
    plan.refresh_from_db()
    assert (plan.next_at, plan.tried_at) == (None, None)
    refused = call(plan, by=clerk, outcome="refused", comment="别再打了")
    strike_attempt(refused, "说的不是这件事", by=clerk)
    plan.refresh_from_db()
    assert (plan.asked_end, plan.state) == ("", S.RUNNING)


def test_of_a_finished_callback_nothing_is_struck_and_a_strike_needs_a_reason(tried, clerk):
    with pytest.raises(TextNeeded):
        strike_attempt(tried.attempts.first(), " ", by=clerk)
    call(tried, by=clerk)
    with pytest.raises(CallbackEnded):
        strike_attempt(tried.attempts.first(), "按错了", by=clerk)
    assert len(tried.tries) == 3


def test_an_answer_after_all_takes_the_request_back(tried, clerk):
    ask_end(tried, S.UNREACHABLE, "没人接", by=clerk)
    call(tried, by=clerk)
    assert (tried.state, tried.asked_end) == (S.PASSED, "")


def test_of_two_who_sign_one_is_told(tried, clerk, supervisor, manager):
    seen = CallbackPlan.objects.get(pk=tried.pk)
    sign_end(tried, S.UNREACHABLE, "同意", by=supervisor)
    with pytest.raises(CallbackEnded):
        sign_end(seen, S.EXCUSED, "同意", by=manager)


# ---- 质检 ----------------------------------------------------------------------------------
@pytest.mark.parametrize("percent", [0, 30, 25, 100])
def test_the_share_of_the_setting_is_drawn_and_always_the_same(percent):
    first = [is_drawn(7, order, percent) for order in range(1, 10 * BLOCK + 1)]
    assert first == [is_drawn(7, order, percent) for order in range(1, 10 * BLOCK + 1)]
    assert sum(first) == percent
    if percent == 30:
        assert {sum(first[start:start + BLOCK]) for start in range(0, 10 * BLOCK, BLOCK)} == {3}
        assert first != [is_drawn(8, order, percent) for order in range(1, 10 * BLOCK + 1)]


def test_what_is_finished_gets_its_place_in_the_draw(solved, plan, clerk, choose):
    choose("complaints.callback_check_percent", 100)
    call(plan, by=clerk)
    assert (plan.finished_order, plan.is_drawn) == (1, True)
    assert list(CallbackPlan.objects.all().to_check()) == [plan]


def test_a_second_look_is_by_another_once_and_says_what_it_found(plan, clerk, supervisor, manager):
    with pytest.raises(NotFinished):
        check_callback(plan, "call", True, "", by=supervisor)
    call(plan, by=supervisor)
    with pytest.raises(CheckerCalled):
        check_callback(plan, "call", True, "", by=supervisor)
    with pytest.raises(FindingNeeded):
        check_callback(plan, "call", False, " ", by=manager)
    check_callback(plan, "recording", True, "", by=manager)
    with pytest.raises(CheckedAlready):
        check_callback(plan, "call", True, "", by=manager)
    with pytest.raises(DatabaseError), transaction.atomic():
        CallbackCheck.objects.update(is_good=False)


def test_one_that_passed_wrongly_is_called_again_before_the_archive(called, clerk, second_clerk, supervisor):
    plan = called.callbacks.get(source_kind="complaint")
    check_callback(plan, "call", False, "游客说没有解决", by=supervisor)
    again = plan.again
    assert (again.due_on, again.kind) == (dt.date(2026, 11, 26), "投诉 · 重访")
    assert told(second_clerk) == [f"回访 {plan.number} 质检不合格,已安排重访 {again.number},请看查到的问题"]
    with pytest.raises(CallbackStillOpen):
        archive_complaint(called, by=supervisor)
    call(again, by=clerk, is_solved=False, satisfaction=1, cause="promise")
    called.refresh_from_db()
    assert called.state == "failed"


def test_one_called_again_that_passes_lets_the_case_be_archived(called, clerk, supervisor):
    plan = called.callbacks.get(source_kind="complaint")
    check_callback(plan, "call", False, "没有记全", by=supervisor)
    call(plan.again, by=clerk)
    called.refresh_from_db()
    assert archive_complaint(called, by=supervisor).state == "archived"


def test_no_notice_holds_the_visitor(solved, tried, clerk, supervisor):
    ask_end(tried, S.UNREACHABLE, "没人接", by=clerk)
    send_back(tried, "再打", by=supervisor)
    call(tried, by=clerk, is_solved=False, satisfaction=1, cause="slow")
    for sentence in Message.objects.values_list("sentence", flat=True):
        assert not any(word in sentence for word in (PHONE, "1234", solved.visitor_name))
