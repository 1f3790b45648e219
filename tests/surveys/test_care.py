"""A low answer of a visitor who may be called: told at once, waits, goes on as a grievance or not at all."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse

from complaints.models import Grievance
from servicedesk import referrals
from servicedesk.errors import ReasonNeeded
from servicedesk.models import Message
from servicedesk.referrals import GRIEVANCE, Taker, add_taker, note_passed_on, takers_for, told_of
from servicedesk.services.preferences import choose
from servicedesk.services.today import waiting
from surveys.choices import Care, Channel
from surveys.errors.sheets import NotWaiting
from surveys.models import SurveySheet
from surveys.services.care import drop_care
from surveys.services.sheets import void_sheet
from tests.access.walk import forms_of
from tests.safety.typing import filled
from tests.surveys.conftest import PHONE, angry, facts


@pytest.fixture
def taker(monkeypatch) -> Taker:
    """A register that takes grievances: here the enquiries' own form stands for it."""
    monkeypatch.setattr(referrals, "_takers", [])
    return add_taker(Taker(topic=GRIEVANCE, label="转抱怨登记", icon="chat-left-text", right="dutylog.add_enquiry",
                           page="dutylog:enquiry_create"))


def asked(user, sheet) -> SimpleNamespace:
    return SimpleNamespace(user=user, GET={"told": f"surveysheet-{sheet.pk}"})


@pytest.mark.parametrize(("told", "care"), [
    (angry(channel=Channel.QR), Care.WAITING),
    (facts(Channel.QR, low=1, comment="厕所没纸"), Care.NONE),
    (facts(Channel.QR, low=3, phone=PHONE, may_call=True), Care.NONE),
    (facts(Channel.QR, overall=2, phone=PHONE, may_call=True), Care.WAITING),
    (facts(Channel.QR, low=0, phone=PHONE, may_call=True), Care.NONE),
])
def test_a_low_score_with_a_phone_waits_and_nothing_else_does(told, care, scan):
    assert scan(told).care == care


def test_what_is_low_is_the_managers_choice(scan, manager):
    choose("surveys.low_score", 3, manager)
    assert scan(facts(Channel.QR, low=3, phone=PHONE, may_call=True)).care == Care.WAITING


def test_supervisors_of_the_desk_are_told_at_once_without_a_number(scan, supervisor, make_person, other_point):
    elsewhere = make_person("1302", "徐岩", "督导", at=other_point)
    sheet = scan(angry(channel=Channel.QR))
    told = Message.objects.get()
    assert (told.person, told.record) == (supervisor, sheet)
    assert PHONE not in told.sentence
    assert elsewhere != told.person


def test_it_waits_on_the_start_page_until_it_is_settled(scan, supervisor, clerk):
    sheet = scan(angry(channel=Channel.QR))
    said = [line.sentence for line in waiting(supervisor) if "低分" in line.sentence]
    assert said == ["1 份问卷有低分,游客愿意接受回访,请转抱怨"]
    assert not [line for line in waiting(clerk) if "低分" in line.sentence]
    drop_care(sheet, by=supervisor, reason="已当面道歉")
    assert not Message.objects.unread().exists()
    assert not [line for line in waiting(supervisor) if "低分" in line.sentence]


def test_one_click_opens_the_form_of_the_register_that_takes_it(as_user, scan, supervisor, taker):
    sheet = scan(angry(channel=Channel.QR))
    html = as_user(supervisor).get(sheet.page).content.decode()
    assert f"{reverse('dutylog:enquiry_create')}?told=surveysheet-{sheet.pk}" in html


def test_while_no_register_takes_it_the_page_says_what_to_do(as_user, scan, supervisor, monkeypatch):
    monkeypatch.setattr(referrals, "_takers", [])
    html = as_user(supervisor).get(scan(angry(channel=Channel.QR)).page).content.decode()
    assert "请联系游客并登记抱怨" in html


def test_the_form_begins_with_what_the_visitor_said(scan, supervisor, clerk, outsider):
    sheet = scan(angry(channel=Channel.QR))
    told = told_of(asked(supervisor, sheet))
    assert (told.number, told.received_at, told.zone, told.phone) == (
        sheet.number, sheet.answered_at, sheet.zone, PHONE)
    assert told.words == "问卷低分:卫生间差;厕所没纸"
    assert [told_of(asked(person, sheet)) for person in (clerk, outsider)] == [None, None]


@pytest.mark.parametrize("text", ["", "surveysheet-", "surveysheet-x", "other-1", "surveysheet-" + "9" * 30])
def test_an_address_that_names_nothing_brings_nothing(text, supervisor, db):
    assert told_of(SimpleNamespace(user=supervisor, GET={"told": text})) is None


def test_what_became_of_it_is_written_once(scan, supervisor, batch):
    sheet = scan(angry(channel=Channel.QR))
    note_passed_on(asked(supervisor, sheet), batch, by=supervisor)
    sheet.refresh_from_db()
    assert (sheet.care, sheet.passed_number) == (Care.PASSED_ON, batch.number)
    note_passed_on(asked(supervisor, sheet), batch, by=supervisor)  # the address brings nothing any more
    assert SurveySheet.objects.get(pk=sheet.pk).history.count() == 2
    with pytest.raises(NotWaiting):
        drop_care(sheet, by=supervisor, reason="晚了")


def test_what_was_let_go_may_still_go_on(scan, supervisor, batch):
    sheet = scan(angry(channel=Channel.QR))
    with pytest.raises(ReasonNeeded):
        drop_care(sheet, by=supervisor, reason="")
    drop_care(sheet, by=supervisor, reason="游客不想再谈")
    note_passed_on(asked(supervisor, sheet), batch, by=supervisor)
    sheet.refresh_from_db()
    assert sheet.care == Care.PASSED_ON


def test_a_void_sheet_waits_no_more(scan, supervisor, manager):
    sheet = scan(angry(channel=Channel.QR))
    void_sheet(sheet, by=manager, reason="试填")
    assert told_of(asked(supervisor, sheet)) is None
    assert not SurveySheet.objects.waiting().exists()
    with pytest.raises(NotWaiting), transaction.atomic():
        drop_care(sheet, by=supervisor, reason="晚了")


def test_ones_own_low_answer_is_passed_on_by_somebody_else(enter, supervisor, manager, version):
    sheet = enter(angry(), by=supervisor)
    assert told_of(asked(supervisor, sheet)) is None
    assert told_of(asked(manager, sheet)) is not None
    assert not takers_for("nothing", manager)


def test_a_low_answer_becomes_a_grievance_with_what_was_said(as_user, scan, supervisor):
    sheet = scan(angry(channel=Channel.QR))
    client, url = as_user(supervisor), f"{reverse('complaints:grievance_create')}?told=surveysheet-{sheet.pk}"
    assert url in client.get(sheet.page).content.decode()
    form = next(f for f in forms_of(client.get(url).content.decode()) if "words" in f.names())
    answer = client.post(url, filled(form, {"soothing": "已致歉"}))
    grievance, sheet = Grievance.objects.get(), SurveySheet.objects.get()
    assert answer.status_code == 302
    assert (grievance.words, grievance.phone) == ("问卷低分:卫生间差;厕所没纸", PHONE)
    assert (sheet.care, sheet.passed_number) == (Care.PASSED_ON, grievance.number)
    client.post(url, filled(form, {"soothing": "已致歉"}))
    assert Grievance.objects.count() == 1
