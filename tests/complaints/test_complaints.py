"""投诉: one save makes the case, the line of the day and the notice; what is missing or cannot be is refused."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from complaints.choices import ActionKind, ComplaintState
from complaints.errors.complaints import (
    AmountWithoutDemand,
    BackDated,
    CaseLocked,
    DeadlineBeforeStart,
    HappenedAfterTold,
    MajorNeedsReason,
    NoSignatureHere,
    NoSuchCategory,
    OutsideNumberNeeded,
    ReachableNeeded,
    ReasonNeedsMajor,
    ReceivedInFuture,
    SignedAlready,
    WordsNeeded,
)
from complaints.models import CaseAction, Complaint
from complaints.services.complaint_facts import check_facts
from complaints.services.complaints import edit_complaint, set_severity, sign_complaint
from complaints.services.endings import archive_complaint
from complaints.services.repeats import repeats_of
from dutylog.errors.enquiries import NumberInText
from dutylog.models import LogEntry, NoticeStep
from dutylog.services.chain import steps_of, steps_of_lines
from servicedesk.errors import EditedMeanwhile
from servicedesk.models import Message, Signature
from servicedesk.services.purging import purge
from servicedesk.services.search import search

PHONE = "13812341234"


def test_one_save_makes_the_case_the_line_and_the_notice_to_the_supervisor(hear, clerk, supervisor, moment):
    case = hear(demands=("道歉", "退款"), soothing="致歉,请坐")
    line = LogEntry.objects.get(record_number=case.number)
    step = NoticeStep.objects.get()
    assert case.number == "TS-20261124-001"
    assert (case.first_receiver, case.handler, case.state) == (clerk, clerk, ComplaintState.REGISTERED)
    assert (line.category, line.happened_at, line.text) == (
        "complaint", moment("10:20"), "来访投诉(服务态度):诉求 道歉、退款"
    )
    assert (step.record, step.person, step.role, step.told_at) == (case, supervisor, "supervisor", moment("10:30"))
    assert Message.objects.get(person=supervisor).is_urgent
    assert [a.kind for a in case.actions.all()] == [ActionKind.SOOTHING, ActionKind.SYSTEM]


def test_neither_the_line_nor_the_notice_names_the_visitor(hear, supervisor):
    case = hear()
    texts = [LogEntry.objects.get(record_number=case.number).text, Message.objects.get().sentence]
    assert not any(word in text for text in texts for word in ("杨明静", PHONE, "检票口没有人"))


def test_where_no_supervisor_is_there_the_next_level_is_told_and_it_is_said(hear, manager):
    case = hear()
    step = NoticeStep.objects.get()
    assert (step.person, step.role) == (manager, "manager")
    assert case.actions.get(kind="system").text == (
        f"已登记:已通知部门经理 {manager.name}(督导、部室负责人没有别人在岗,已跳过)"
    )


def test_a_day_without_anybody_on_the_chain_still_takes_the_complaint(hear):
    case = hear()
    assert not NoticeStep.objects.exists()
    assert "没有通报到人" in case.actions.get(kind="system").text


def test_a_major_one_goes_to_the_duty_manager_at_once(hear, supervisor, duty_manager):
    case = hear(severity="major", major_reasons=("人身伤害",))
    assert {s.person for s in steps_of([case])[case.pk]} == {supervisor, duty_manager}
    assert case.escalations.get().trigger == "major"


@pytest.mark.parametrize(("refusal", "more"), [
    (WordsNeeded, {"words": " "}), (ReachableNeeded, {"is_reachable": None}),
    (NoSuchCategory, {"category": "天气"}), (NoSuchCategory, {"category": "票务", "subcategory": "推诿"}),
    (NumberInText, {"words": "请打 13812341234"}), (NumberInText, {"soothing": "已记 13812341234"}),
    (ReceivedInFuture, {"received_at": dt.timedelta(minutes=2)}),
    (OutsideNumberNeeded, {"channel": "12345"}), (AmountWithoutDemand, {"demand_amount": 100}),
    (MajorNeedsReason, {"severity": "major"}), (ReasonNeedsMajor, {"major_reasons": ("群体",)}),
])
def test_a_slip_of_the_hand_is_refused(facts, clerk, moment, refusal, more):
    later = more.get("received_at")
    typed = facts(**(more | {"received_at": moment("10:30") + later} if later else more))
    with pytest.raises(refusal):
        check_facts(typed, by=clerk)


def test_what_happened_after_the_visitor_spoke_is_refused(facts, clerk, moment):
    check_facts(facts(occurred_at=moment("10:20")), by=clerk)
    with pytest.raises(HappenedAfterTold):
        check_facts(facts(occurred_at=moment("10:21")), by=clerk)


def test_only_the_supervisor_writes_down_what_is_older_than_a_day(facts, hear, clerk, supervisor, moment):
    monday = dt.date(2026, 11, 23)
    just = {"occurred_at": moment("10:00", monday), "received_at": moment("10:30", monday)}
    older = just | {"received_at": moment("10:29", monday)}
    check_facts(facts(**just), by=clerk)
    with pytest.raises(BackDated):
        check_facts(facts(**older), by=clerk)
    assert hear(by=supervisor, **older).received_at == moment("10:29", monday)


def test_a_letter_from_an_authority_has_its_working_days_or_the_deadline_it_names(hear, moment):
    named = moment("17:00", dt.date(2026, 11, 27))
    by_rule = hear(channel="12345", outside_number="HZ-1")
    by_letter = hear(channel="12345", outside_number="HZ-2", outside_due_at=named)
    assert by_rule.outside_due_at.date() == dt.date(2026, 12, 1)
    assert by_rule.outside_steps[1] == "2026-11-25 周三 第 1 个工作日"
    assert by_letter.outside_due_at == named
    assert hear().outside_due_at is None


def test_a_deadline_before_the_letter_came_is_refused(facts, clerk, moment):
    with pytest.raises(DeadlineBeforeStart):
        check_facts(facts(channel="12315", outside_number="A", outside_due_at=moment("10:00")), by=clerk)


def test_the_same_number_within_thirty_days_is_a_repeat(hear, clerk, outsider, moment, clock):
    first = hear()
    hear(phone="13900001111")
    assert list(repeats_of(PHONE, clerk)) == [first]
    assert list(repeats_of(PHONE, clerk, besides=first.pk)) == []
    assert list(repeats_of("1381234", clerk)) == []
    assert list(repeats_of(PHONE, outsider)) == []
    clock.move_to(moment("10:20", dt.date(2026, 12, 24)))
    assert list(repeats_of(PHONE, clerk)) == [first]
    clock.move_to(moment("10:21", dt.date(2026, 12, 24)))
    assert list(repeats_of(PHONE, clerk)) == []


def test_the_number_of_a_visitor_finds_the_complaint(hear, clerk):
    case = hear()
    assert [(e.number, e.title) for e in search(PHONE, clerk)] == [(case.number, "服务态度 · 观景台 · 杨**")]
    assert [e.number for e in search("ymj", clerk)] == [case.number]


def test_an_edit_reckons_the_terms_anew_from_when_the_visitor_spoke(hear, facts, clerk, moment):
    case = hear()
    edit_complaint(case, facts(received_at=moment("10:10"), origin="杭州"), by=clerk, version=case.version)
    assert case.reply_due_at == moment("10:10", dt.date(2026, 11, 25))
    assert case.history.first().history_user == clerk


def test_an_edit_of_an_older_page_is_refused(hear, facts, clerk, second_clerk):
    case = hear()
    seen = case.version
    edit_complaint(case, facts(origin="杭州"), by=second_clerk, version=seen)
    with pytest.raises(EditedMeanwhile):
        edit_complaint(case, facts(origin="上海"), by=clerk, version=seen)


def test_an_archived_case_takes_no_edit(called, facts, supervisor):
    archive_complaint(called, by=supervisor)
    with pytest.raises(CaseLocked):
        edit_complaint(called, facts(origin="杭州"), by=supervisor)


def test_becoming_major_tells_the_duty_manager_once(hear, supervisor, duty_manager):
    case = hear()
    set_severity(case, "major", ("媒体曝光",), by=supervisor)
    set_severity(case, "major", ("媒体曝光", "群体"), by=supervisor)
    assert case.escalations.count() == 1
    assert case.major_reasons == "媒体曝光、群体"
    with pytest.raises(MajorNeedsReason):
        set_severity(case, "major", (), by=supervisor)


def test_the_visitor_at_the_desk_signs_once_and_a_caller_never(hear, clerk):
    here, caller = hear(signature_means="paper"), hear(channel="call")
    assert Signature.objects.of(here).get().signer_name == "杨明静"
    with pytest.raises(SignedAlready):
        sign_complaint(here, "paper", "", by=clerk)
    with pytest.raises(NoSignatureHere):
        sign_complaint(caller, "paper", "", by=clerk)


def test_the_sheet_of_the_day_shows_who_was_told_of_the_case(hear, clerk, supervisor):
    case = hear()
    line = LogEntry.objects.select_related("day").get(record_number=case.number)
    assert [s.person for s in steps_of_lines([line])[line.pk]] == [supervisor]


def test_a_row_of_the_time_line_is_never_changed(hear):
    hear()
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseAction.objects.update(text="别的")
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseAction.objects.all().delete()


def test_an_old_case_forgets_the_visitor_and_a_running_one_does_not(called, hear, supervisor, manager, clock, moment):
    archive_complaint(called, by=supervisor)
    running = hear()
    clock.move_to(moment("10:00", dt.date(2029, 12, 1)))
    purge(by=manager, reason="到期")
    called.refresh_from_db()
    running.refresh_from_db()
    assert (called.visitor_name, called.phone, called.words) == ("(已清除)", "", "(已清除)")
    assert {a.text for a in called.actions.all()} == {"(已清除)"}
    assert (running.visitor_name, running.phone) == ("杨明静", PHONE)
    assert Complaint.objects.count() == 2
