"""The four paths of a claim: what each needs."""


import pytest

from lostfound.choices import ClaimPath, ClaimState, DocumentForm
from lostfound.errors import claims as refusals
from lostfound.papers.claim_half import document_facts
from lostfound.services.claim_documents import (
    record_document,
)
from lostfound.services.claims import open_claim
from lostfound.services.documents import Document


def test_a_delegate_brings_both_originals_a_letter_and_a_call(item, facts, delegated, clerk, to_approved):
    claim = open_claim(item, facts(path=ClaimPath.DELEGATE), by=clerk)
    assert to_approved(claim, delegated()).state == ClaimState.APPROVED


@pytest.mark.parametrize(("more", "refusal"), [
    ({"delegate_name": ""}, refusals.DelegateIncomplete), ({"delegate_phone": ""}, refusals.DelegateIncomplete),
    ({"delegate_relation": ""}, refusals.DelegateIncomplete),
    ({"has_authorisation": False}, refusals.AuthorisationMissing),
    ({"authorisation_name": " "}, refusals.AuthorisationMissing), ({"owner_called_at": None}, refusals.OwnerNotCalled),
    ({"owner_call_result": ""}, refusals.OwnerNotCalled),
])
def test_a_delegate_without_one_of_them_is_refused(opened, delegated, clerk, more, refusal):
    with pytest.raises(refusal):
        record_document(opened, delegated(**more), by=clerk)


@pytest.mark.parametrize("whose", ["owner", "delegate"])
def test_a_delegate_needs_both_documents_in_the_original(opened, delegated, card, clerk, whose):
    with pytest.raises(refusals.DocumentNotOriginal):
        record_document(opened, delegated(**{whose: card(form=DocumentForm.PICTURE)}), by=clerk)


@pytest.mark.parametrize("more", [{"delegate": "李四二"}, {"owner": "杨民敬"}])
def test_a_delegates_documents_must_name_the_same_people(opened, delegated, card, clerk, more):
    (whose, name), = more.items()
    record_document(opened, delegated(**{whose: card(name=name)}), by=clerk)
    assert opened.state == ClaimState.BLOCKED


def test_the_letter_must_name_the_owner_of_the_document(opened, delegated, clerk):
    record_document(opened, delegated(authorisation_name="杨民敬"), by=clerk)
    assert "‘杨民敬’与失主证件‘杨明静’同音不同字" in opened.blocked_reason


@pytest.fixture
def lost_card(make_item):
    return make_item("身份证护照", thing="身份证", name_on_item="杨明静", number_on_item="11010519491231002X")


@pytest.fixture
def own_card(proof):
    def make(**more):
        nothing = {"owner": Document()}
        return proof(**{
            "path": ClaimPath.OWN_ID, **nothing, "is_face_compared": True, "second_sign": "手机电子身份证",
            "dictated_number": "110105 19491231 002x", **more,
        })

    return make


def test_ones_own_card_comes_back_by_face_number_and_a_second_sign(lost_card, own_card, facts, clerk, to_approved):
    claim = open_claim(lost_card, facts(path=ClaimPath.OWN_ID), by=clerk)
    assert to_approved(claim, own_card()).is_number_dictated is True


def test_a_second_member_of_staff_stands_for_the_second_sign(lost_card, own_card, facts, clerk, second_clerk):
    claim = open_claim(lost_card, facts(path=ClaimPath.OWN_ID), by=clerk)
    record_document(claim, own_card(second_sign="", second_person=second_clerk), by=clerk)
    assert (claim.state, claim.second_person) == (ClaimState.VERIFYING, second_clerk)


@pytest.mark.parametrize(("more", "refusal"), [
    ({"is_face_compared": False}, refusals.FaceNotCompared), ({"dictated_number": ""}, refusals.NumberNotDictated),
    ({"dictated_number": "110105194912310021"}, refusals.DictatedNumberWrong),
    ({"second_sign": ""}, refusals.SecondSignNeeded),
])
def test_ones_own_card_is_kept_back_without_one_of_them(lost_card, own_card, facts, clerk, more, refusal):
    claim = open_claim(lost_card, facts(path=ClaimPath.OWN_ID), by=clerk)
    with pytest.raises(refusal):
        record_document(claim, own_card(**more), by=clerk)


def test_a_tick_does_not_stand_for_a_number_that_the_desk_knows(lost_card, own_card, facts, clerk):
    claim = open_claim(lost_card, facts(path=ClaimPath.OWN_ID), by=clerk)
    with pytest.raises(refusals.NumberNotDictated):
        record_document(claim, own_card(dictated_number="", is_number_dictated=True), by=clerk)


def test_an_umbrella_is_not_claimed_as_ones_own_document(opened, own_card, clerk):
    with pytest.raises(refusals.NotADocument):
        record_document(opened, own_card(is_number_dictated=True), by=clerk)


def test_a_document_without_a_name_on_record_cannot_be_compared(make_item, own_card, facts, clerk):
    item = make_item("身份证护照", thing="身份证")
    claim = open_claim(item, facts(path=ClaimPath.OWN_ID), by=clerk)
    with pytest.raises(refusals.NoNameOnDocument):
        record_document(claim, own_card(is_number_dictated=True), by=clerk)


@pytest.fixture
def guarded(proof, card):
    def make(**more):
        return proof(**{
            "path": ClaimPath.MINOR, "owner": Document(), "guardian_name": "杨大海",
            "guardian": card(name="杨大海"), "has_household_register": True, **more,
        })

    return make


def test_a_minor_comes_with_a_guardian_and_the_household_register(item, facts, guarded, clerk, to_approved):
    claim = open_claim(item, facts(path=ClaimPath.MINOR), by=clerk)
    assert to_approved(claim, guarded()).state == ClaimState.APPROVED


def test_a_sheet_says_why_no_document_was_shown_once_the_thing_is_given(item, facts, guarded, clerk, to_approved):
    claim = to_approved(open_claim(item, facts(path=ClaimPath.MINOR), by=clerk), guarded())
    assert document_facts(claim)["number"] == ""
    claim.state = ClaimState.HANDED_OVER
    assert document_facts(claim)["number"] == "/(凭监护人证件)"
    claim.path = ClaimPath.OWN_ID
    assert document_facts(claim)["number"] == "凭所领证件:照片已比对、号码已背出"


def test_a_guardians_statement_stands_for_the_household_register(opened, guarded, clerk):
    record_document(opened, guarded(has_household_register=False, guardian_statement="我是她的父亲"), by=clerk)
    assert opened.state == ClaimState.VERIFYING


@pytest.mark.parametrize(("more", "refusal"), [
    ({"guardian_name": ""}, refusals.GuardianIncomplete),
    ({"has_household_register": False}, refusals.GuardianshipUnproven),
])
def test_a_minor_without_one_of_them_is_refused(opened, guarded, clerk, more, refusal):
    with pytest.raises(refusal):
        record_document(opened, guarded(**more), by=clerk)


def test_a_guardian_must_be_the_one_on_the_document(opened, guarded, card, clerk):
    record_document(opened, guarded(guardian=card(name="杨大河")), by=clerk)
    assert opened.state == ClaimState.BLOCKED


def test_a_changed_path_leaves_nothing_of_the_old_one(opened, delegated, proof, clerk):
    record_document(opened, delegated(), by=clerk)
    record_document(opened, proof(), by=clerk)
    assert (opened.delegate_name, opened.delegate_document_number, opened.has_authorisation) == ("", "", False)
