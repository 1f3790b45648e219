"""Sheets typed by staff, who may read what stands on them, and what never changes."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from servicedesk.errors import NotPossibleNow, ReasonNeeded
from surveys.choices import Care, Channel, SheetState
from surveys.errors.sheets import (
    ConsentWithoutPhone,
    NotAScore,
    NotHandedOut,
    NothingAnswered,
    OnlyPaperHasSerial,
    OtherVersion,
    OverallNeeded,
    PhoneWithoutConsent,
    SheetEntered,
)
from surveys.errors.versions import BadCount
from surveys.models import SurveyAnswer, SurveySheet
from surveys.services.batches import BatchFacts, hand_out
from surveys.services.sheets import enter_sheet, void_sheet
from surveys.services.versions import ItemFacts, VersionFacts, add_version
from tests.surveys.conftest import PHONE, angry, facts


def test_a_pile_takes_numbers_that_follow_each_other(batch, enter, clerk, point, zone):
    assert [number.rpartition("-")[2] for number in batch.numbers] == ["001", "002", "003"]
    assert enter(facts(Channel.PHONE)).number.endswith("-004")
    again = hand_out(BatchFacts(count=2, handed_out_by=clerk, zone=zone), by=clerk, point=point)
    assert again.numbers[0].endswith("-005")


@pytest.mark.parametrize("count", [0, 201])
def test_a_pile_of_none_or_too_many_is_refused(count, clerk, point):
    with pytest.raises(BadCount):
        hand_out(BatchFacts(count=count, handed_out_by=clerk), by=clerk, point=point)


@pytest.mark.parametrize("typed", ["{whole}", "2", "002", "{bare}", " wj-{day}-2 "])
def test_a_sheet_is_known_by_its_number_or_its_last_digits(typed, batch, enter):
    whole = batch.numbers[1]
    said = typed.format(whole=whole, bare=whole.replace("-", ""), day=whole.split("-")[1])
    sheet = enter(facts(serial=said))
    assert (sheet.number, sheet.batch, sheet.zone, sheet.handed_out_by) == (
        whole, batch, batch.zone, batch.handed_out_by)


def test_the_same_number_typed_twice_is_refused(batch, enter, second_clerk):
    enter(facts(serial="1"))
    with pytest.raises(SheetEntered, match="已经录入过"):
        enter(facts(serial=batch.numbers[0]), by=second_clerk)
    assert SurveySheet.objects.count() == 1


@pytest.mark.parametrize("serial", ["4", "WJ-20200101-001", "WJB-{day}-001", "SW-{day}-001", "甲"])
def test_a_number_that_never_went_out_is_refused(serial, batch, enter):
    with pytest.raises(NotHandedOut):
        enter(facts(serial=serial.format(day=f"{batch.on:%Y%m%d}")))


def test_a_sheet_without_a_number_takes_the_next_one(batch, enter):
    assert enter(facts()).number.endswith("-004")


@pytest.mark.parametrize(("told", "refusal"), [
    ({"overall": None}, OverallNeeded),
    ({"overall": None, "scores": {}, "is_valid": False}, NothingAnswered),
    ({"scores": {1: 6}}, NotAScore),
    ({"phone": PHONE}, PhoneWithoutConsent),
    ({"may_call": True}, ConsentWithoutPhone),
    ({"channel": Channel.PHONE, "serial": "1"}, OnlyPaperHasSerial),
])
def test_slips_are_refused(told, refusal, batch, enter):
    with pytest.raises(refusal):
        enter(facts(**told))
    assert not SurveySheet.objects.exists()


def test_an_invalid_sheet_is_kept_and_needs_no_care(enter):
    sheet = enter(angry(is_valid=False))
    assert (sheet.state, sheet.care) == (SheetState.INVALID, Care.NONE)


def test_a_sheet_of_an_older_wording_is_typed_from_its_pile(batch, enter, version, manager, clerk, point):
    add_version(VersionFacts(title="新", title_en="New", greeting="好", greeting_en="Hi",
                             items=[ItemFacts(text="缆车", text_en="Cable car")]), by=manager)
    with pytest.raises(OtherVersion, match="第 1 版"):
        enter(facts(serial="1", scores={17: 4}))
    old = facts(serial="1")
    assert enter_sheet(old, by=clerk, point=point, version=version).answers.count() == 16


def test_an_answer_is_never_changed_nor_deleted(scan):
    answer = scan().answers.first()
    for act in (lambda: SurveyAnswer.objects.filter(pk=answer.pk).update(score=5), answer.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_there_is_no_page_to_edit_a_sheet(as_user, manager, scan):
    assert as_user(manager).get(f"{scan().page}edit/").status_code == 404


def test_a_manager_makes_a_sheet_void_with_a_reason(scan, manager):
    sheet = scan()
    with pytest.raises(ReasonNeeded):
        void_sheet(sheet, by=manager, reason=" ")
    void_sheet(sheet, by=manager, reason="试填")
    assert (sheet.state, sheet.void_reason) == (SheetState.VOID, "试填")
    with pytest.raises(NotPossibleNow):
        void_sheet(sheet, by=manager, reason="再来")


def shows(client, sheet) -> bool:
    """Whether the page tells the score of the twelfth item, and the comment."""
    html = client.get(sheet.page).content.decode()
    assert ("厕所没纸" in html) == ("卫生间" in html)
    return "卫生间" in html


@pytest.mark.one_database
def test_scores_are_shown_to_who_leads_and_never_of_ones_own(as_user, enter, clerk, supervisor, manager):
    sheet = enter(angry(), by=supervisor)
    assert [shows(as_user(person), sheet) for person in (manager, supervisor, clerk)] == [True, False, False]


@pytest.mark.one_database
def test_a_list_tells_no_score_of_ones_own_and_does_not_find_it_by_one(as_user, batch, enter, manager, supervisor):
    enter(angry(serial="1"), by=supervisor)
    url = reverse("surveys:surveysheet_list")
    for person, expected in ((manager, True), (supervisor, False)):
        client = as_user(person)
        assert bool(re.search(r">\s*满意\s*<", client.get(url).content.decode())) == expected
        assert (batch.numbers[0] in client.get(f"{url}?found=low").content.decode()) == expected
    assert as_user(supervisor).get(f"{reverse('paper_pdf', args=['3.11'])}?id={SurveySheet.objects.get().pk}"
                                   ).status_code == 404


@pytest.mark.one_database
def test_a_phone_stands_masked_and_is_opened_with_a_reason(as_user, scan, manager):
    sheet, client = scan(angry(channel=Channel.QR)), as_user(manager)
    page = client.get(sheet.page).content.decode()
    assert ("138****1234" in page, PHONE in page) == (True, False)
    opened = client.post(reverse("surveys:surveysheet_reveal", args=[sheet.pk]), {"reason": "回电"})
    assert PHONE in opened.content.decode()
    assert PHONE not in client.get(sheet.page).content.decode()


@pytest.mark.one_database
def test_a_sheet_is_typed_on_the_screen_and_the_next_one_follows(as_user, batch, clerk):
    url = reverse("surveys:surveysheet_create", query={"version": "1"})
    told = {f"item_{line}": "4" for line in range(1, 17)} | {
        "channel": "paper", "serial": "2", "overall": "5", "nps": "10", "after": "next"}
    answer = as_user(clerk).post(url, {**told, "item_5": ""})
    assert (answer.status_code, answer.url) == (302, url)
    sheet = SurveySheet.objects.get(number=batch.numbers[1])
    assert (sheet.answers.count(), sheet.nps) == (15, 10)
    assert as_user(clerk).post(url, {**told, "serial": "1", "item_5": "7"}).status_code == 422
