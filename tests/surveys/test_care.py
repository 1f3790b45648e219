"""A low answer: with a phone a draft grievance by itself, any other by one press; taken up, or not with a reason."""

import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from complaints.choices import GrievanceState
from complaints.models import Grievance
from complaints.services.grievances import GrievanceFacts, accept_draft, void_grievance
from dutylog import intakes
from servicedesk.errors import ReasonNeeded
from servicedesk.models import Message
from servicedesk.services.preferences import choose
from servicedesk.services.today import waiting
from surveys.choices import Care, Channel
from surveys.errors.sheets import NobodyTakes, NotLow, NotWaiting
from surveys.models import SurveySheet
from surveys.services.care import drop_care, pass_on
from surveys.services.sheets import take_answer, void_sheet
from tests.surveys.conftest import PHONE, angry, facts


@pytest.fixture
def nobody_takes(monkeypatch) -> None:
    """A house without the register of grievances."""
    monkeypatch.setattr(intakes, "_intakes", {})


def silent(**more):
    """A low answer without a phone."""
    return facts(Channel.QR, low=1, comment="厕所没纸", **more)


def sentences(user) -> list[str]:
    return [line.sentence for line in waiting(user) if "低分" in line.sentence]


@pytest.mark.parametrize(("told", "care"), [
    (angry(channel=Channel.QR), Care.PASSED_ON),
    (silent(), Care.NONE),
    (facts(Channel.QR, low=3, phone=PHONE, may_call=True), Care.NONE),
    (facts(Channel.QR, overall=2, phone=PHONE, may_call=True), Care.PASSED_ON),
    (facts(Channel.QR, low=0, phone=PHONE, may_call=True), Care.NONE),
])
def test_a_low_score_with_a_phone_is_a_draft_by_itself_and_nothing_else_is(told, care, scan):
    assert scan(told).care == care
    assert Grievance.objects.count() == (care == Care.PASSED_ON)


def test_what_is_low_is_the_managers_choice(scan, manager):
    choose("surveys.low_score", 3, manager)
    assert scan(facts(Channel.QR, low=3, phone=PHONE, may_call=True)).care == Care.PASSED_ON


def test_the_draft_says_what_the_visitor_said_and_where_it_comes_from(scan, zone):
    sheet = scan(angry(channel=Channel.QR))
    draft = Grievance.objects.get()
    assert (draft.state, draft.words, draft.phone, draft.zone, draft.received_at) == (
        GrievanceState.DRAFT, "问卷低分:卫生间差;厕所没纸", PHONE, zone, sheet.answered_at,
    )
    assert (draft.source, draft.source_text, draft.created_by) == (sheet, f"满意度问卷 {sheet.number}", None)
    assert sheet.passed_number == draft.number


def test_a_call_and_a_paper_that_staff_enter_make_it_too(enter):
    enter(angry())
    enter(angry(channel=Channel.PHONE))
    assert Grievance.objects.count() == 2


def test_the_same_answer_sent_twice_is_one_draft(code, version):
    key = uuid.uuid4()
    for _ in range(2):
        take_answer(angry(channel=Channel.QR), code=code, key=key)
    assert (SurveySheet.objects.count(), Grievance.objects.count()) == (1, 1)


def test_answer_and_draft_are_saved_together_or_not_at_all(scan, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    intake = intakes.Intake(key="grievance", label="抱怨草稿", take=broken)
    monkeypatch.setattr(intakes, "_intakes", {"grievance": intake})
    with pytest.raises(RuntimeError), transaction.atomic():
        scan(angry(channel=Channel.QR))
    assert not SurveySheet.objects.exists()


def test_supervisors_of_the_desk_are_told_at_once_without_a_number(scan, supervisor, make_person, other_point):
    make_person("1302", "徐岩", "督导", at=other_point)
    scan(angry(channel=Channel.QR))
    told, draft = Message.objects.get(), Grievance.objects.get()
    assert (told.person, told.record) == (supervisor, draft)
    assert PHONE not in told.sentence
    assert told.url == reverse("complaints:grievance_detail", args=[draft.pk])


def test_the_draft_waits_on_the_start_page_until_it_is_taken_up(scan, supervisor, clerk, zone, cashier):
    scan(angry(channel=Channel.QR))
    draft = Grievance.objects.get()
    line = f"{draft} 待核实:问卷低分:卫生间差;厕所没纸"
    assert sentences(clerk) == sentences(supervisor) == [line]
    assert sentences(cashier) == []
    told = GrievanceFacts(received_at=draft.received_at, category="环境卫生", words=draft.words, zone=zone)
    accept_draft(draft, told, by=clerk)
    assert (draft.state, draft.created_by) == (GrievanceState.REGISTERED, clerk)
    assert sentences(clerk) == []
    assert not Message.objects.unread().exists()


def test_a_draft_that_is_not_taken_up_needs_a_reason_and_is_no_row_of_the_ledger(
    as_user, scan, supervisor, clerk
):
    scan(angry(channel=Channel.QR))
    draft = Grievance.objects.get()
    page = reverse("complaints:grievance_void", args=[draft.pk])
    assert "不采纳" in as_user(supervisor).get(page).content.decode()
    assert as_user(supervisor).post(page, {"reason": ""}).status_code == 422
    assert as_user(clerk).post(page, {"reason": "重复"}).status_code == 403
    as_user(supervisor).post(page, {"reason": "当天已在服务台登记"})
    draft.refresh_from_db()
    assert (draft.state, draft.void_reason) == (GrievanceState.VOID, "当天已在服务台登记")
    assert sentences(supervisor) == []


def test_one_press_makes_a_draft_of_a_low_answer_without_a_phone(as_user, scan, supervisor, clerk):
    sheet = scan(silent())
    url = reverse("surveys:surveysheet_pass_on", args=[sheet.pk])
    assert url in as_user(supervisor).get(sheet.page).content.decode()
    assert as_user(clerk).post(url).status_code == 403
    page = as_user(supervisor).post(url, follow=True).content.decode()
    draft = Grievance.objects.get()
    assert draft.number in page
    assert (draft.words, draft.phone) == ("问卷低分:卫生间差;厕所没纸", "")
    assert "不能再转抱怨" in as_user(supervisor).post(url, follow=True).content.decode()
    assert Grievance.objects.count() == 1


def test_what_is_not_low_offers_no_press_and_a_forged_one_is_refused(as_user, scan, supervisor):
    sheet = scan(facts(Channel.QR, low=3))
    assert reverse("surveys:surveysheet_pass_on", args=[sheet.pk]) not in as_user(supervisor).get(
        sheet.page).content.decode()
    with pytest.raises(NotLow), transaction.atomic():
        pass_on(sheet, by=supervisor)


def test_a_void_sheet_goes_on_no_more(scan, supervisor, manager):
    sheet = scan(silent())
    void_sheet(sheet, by=manager, reason="试填")
    with pytest.raises(NotWaiting), transaction.atomic():
        pass_on(sheet, by=supervisor)


def test_ones_own_low_answer_is_passed_on_by_somebody_else(as_user, enter, supervisor, manager):
    sheet = enter(facts(low=1), by=supervisor)
    url = reverse("surveys:surveysheet_pass_on", args=[sheet.pk])
    assert as_user(supervisor).post(url).status_code == 403
    as_user(manager).post(url)
    assert Grievance.objects.count() == 1


# Where no register takes grievances.

def test_while_nobody_takes_it_the_answer_waits_and_its_page_says_what_to_do(
    as_user, scan, supervisor, nobody_takes
):
    sheet = scan(angry(channel=Channel.QR))
    assert sheet.care == Care.WAITING
    assert sentences(supervisor) == ["1 份问卷有低分,游客愿意接受回访,请登记抱怨"]
    assert "请联系游客并登记抱怨" in as_user(supervisor).get(sheet.page).content.decode()
    with pytest.raises(NobodyTakes), transaction.atomic():
        pass_on(sheet, by=supervisor)


def test_what_waited_is_let_go_with_a_reason_or_still_goes_on(scan, supervisor, monkeypatch):
    known = dict(intakes._intakes)
    monkeypatch.setattr(intakes, "_intakes", {})
    sheet = scan(angry(channel=Channel.QR))
    monkeypatch.setattr(intakes, "_intakes", known)
    with pytest.raises(ReasonNeeded):
        drop_care(sheet, by=supervisor, reason="")
    drop_care(sheet, by=supervisor, reason="游客不想再谈")
    assert not Message.objects.unread().exists()
    draft = pass_on(sheet, by=supervisor)
    assert (sheet.care, sheet.passed_number) == (Care.PASSED_ON, draft.number)
    with pytest.raises(NotWaiting):
        drop_care(sheet, by=supervisor, reason="晚了")
    void_grievance(draft, "游客不想再谈", by=supervisor)
