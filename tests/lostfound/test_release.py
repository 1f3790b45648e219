"""The thing leaves once, before the right eyes, with the exact words signed."""

import datetime as dt

import pytest

from lostfound.choices import (
    ClaimPath,
    ClaimState,
    Condition,
    ItemState,
    MatchState,
    ReportState,
)
from lostfound.errors import claims as refusals
from lostfound.errors.items import ItemOnHold
from lostfound.models import Claim, FoundItem, Match
from lostfound.services.claims import open_claim
from lostfound.services.release import HandOver, release_found_item, signed_text
from servicedesk.models import Signature


def test_a_release_ends_claim_and_item_and_leaves_custody_and_signatures(opened, item, to_approved, clerk, strokes):
    to_approved(opened)
    hand_over = HandOver(pieces=1, means="screen", image=strokes, message="谢谢")
    release_found_item(opened, hand_over, by=clerk)
    item.refresh_from_db()
    assert (opened.state, opened.handed_over_by, item.state) == (ClaimState.HANDED_OVER, clerk, ItemState.RETURNED)
    assert (item.holder, item.storage, item.end_note) == (None, None, f"认领 {opened.number}")
    last = item.moves.last()
    assert (last.kind, last.giver, last.taker) == ("release", "王芳", f"认领人({opened.number})")
    signed = Signature.objects.of(opened)
    assert [(s.role, s.signer_name, s.means) for s in signed] == [
        ("认领人", "杨明静", "screen"), ("发还经办", "王芳", "account"),
    ]
    assert signed[0].text == signed_text(opened)
    assert signed[0].text.startswith(f"{opened.number} 黑色 雨伞 1件。以上物品属本人所有")
    assert signed[0].image != ""


def test_nothing_leaves_before_approval(opened, clerk):
    with pytest.raises(refusals.NotApprovedYet):
        release_found_item(opened, HandOver(pieces=1), by=clerk)


def test_a_hold_after_approval_stops_the_release(opened, item, to_approved, clerk):
    to_approved(opened)
    FoundItem.objects.filter(pk=item.pk).update(is_on_hold=True, hold_reason="公安要求")
    with pytest.raises(ItemOnHold):
        release_found_item(opened, HandOver(pieces=1), by=clerk)


def test_a_name_that_stops_agreeing_after_approval_stops_the_release(opened, item, to_approved, clerk):
    to_approved(opened)
    FoundItem.objects.filter(pk=item.pk).update(name_on_item="杨民敬")
    with pytest.raises(refusals.NamesDiffer):
        release_found_item(opened, HandOver(pieces=1), by=clerk)


@pytest.mark.parametrize(("more", "refusal"), [
    ({"pieces": 0}, refusals.PiecesNeeded), ({"pieces": 10**9}, refusals.PiecesNeeded),
    ({"condition": Condition.DIFFERENT}, refusals.DifferenceNeeded), ({"means": "screen"}, refusals.SignatureNeeded),
])
def test_the_counter_owes_pieces_condition_and_a_signature(opened, to_approved, clerk, more, refusal):
    to_approved(opened)
    with pytest.raises(refusal):
        release_found_item(opened, HandOver(**{"pieces": 1, **more}), by=clerk)
    opened.refresh_from_db()
    assert (opened.state, Signature.objects.count()) == (ClaimState.APPROVED, 0)


def test_a_valuable_leaves_before_two_and_after_a_new_count(valuable, facts, to_approved, clerk, second_clerk):
    claim = to_approved(open_claim(valuable, facts(), by=clerk))
    with pytest.raises(refusals.SecondPersonNeeded):
        release_found_item(claim, HandOver(pieces=1, is_counted_again=True), by=clerk)
    with pytest.raises(refusals.SecondPersonIsTheSame):
        release_found_item(claim, HandOver(pieces=1, is_counted_again=True, second_person=clerk), by=clerk)
    with pytest.raises(refusals.NotCountedAgain):
        release_found_item(claim, HandOver(pieces=1, second_person=second_clerk), by=clerk)
    release_found_item(claim, HandOver(pieces=1, second_person=second_clerk, is_counted_again=True), by=clerk)
    assert (claim.second_person, claim.is_counted_again) == (second_clerk, True)
    assert [s.signer_name for s in Signature.objects.of(claim)] == ["杨明静", "王芳", "李娜"]


def test_a_valuable_is_not_approved_without_where_the_claimant_lives(valuable, facts, to_approved, clerk):
    claim = open_claim(valuable, facts(origin=""), by=clerk)
    with pytest.raises(refusals.OriginNeeded):
        to_approved(claim)


def test_a_thing_at_finance_leaves_on_a_release_slip(make_item, facts, to_approved, clerk):
    item = make_item(state=ItemState.FINANCE)
    claim = to_approved(open_claim(item, facts(), by=clerk))
    with pytest.raises(refusals.FinanceSlipNeeded):
        release_found_item(claim, HandOver(pieces=1), by=clerk)
    release_found_item(claim, HandOver(pieces=1, finance_slip="FX-12"), by=clerk)
    assert (item.moves.last().giver, item.moves.last().reason) == ("财务部", "财务放行单 FX-12")


def test_the_delegate_signs_in_the_owners_place(item, facts, delegated, to_approved, clerk):
    claim = to_approved(open_claim(item, facts(path=ClaimPath.DELEGATE), by=clerk), delegated())
    release_found_item(claim, HandOver(pieces=1), by=clerk)
    assert Signature.objects.of(claim)[0].signer_name == "李四"


def test_the_linked_report_is_found_and_other_suggestions_go_stale(
    item, matched, facts, to_approved, clerk, make_item, make_report
):
    for_item = Match.objects.create(item=item, report=make_report(owner_name="王五"), score=50)
    for_report = Match.objects.create(item=make_item(), report=matched.report, score=50)
    elsewhere = Match.objects.create(item=make_item(), report=make_report(), score=50)
    claim = to_approved(open_claim(item, facts(), by=clerk, report=matched.report))
    release_found_item(claim, HandOver(pieces=1), by=clerk)
    matched.report.refresh_from_db()
    assert (matched.report.state, matched.report.found_item, matched.report.fetched_by) == (
        ReportState.FOUND, item, "杨明静",
    )
    states = {m.pk: m.state for m in Match.objects.all()}
    assert states == {
        matched.pk: MatchState.CONFIRMED, for_item.pk: MatchState.STALE, for_report.pk: MatchState.STALE,
        elsewhere.pk: MatchState.SUGGESTED,
    }


def test_a_second_release_is_told_who_was_faster(opened, to_approved, clerk, second_clerk):
    to_approved(opened)
    stale = Claim.objects.get(pk=opened.pk)
    release_found_item(opened, HandOver(pieces=1), by=clerk)
    with pytest.raises(refusals.AlreadyReleased) as refused:
        release_found_item(stale, HandOver(pieces=1), by=second_clerk)
    assert "已由王芳于" in refused.value.sentence
    assert Signature.objects.of(opened).count() == 2


def test_the_custody_chain_names_no_visitor(opened, to_approved, clerk, item):
    to_approved(opened)
    release_found_item(opened, HandOver(pieces=1), by=clerk)
    assert all("杨明静" not in f"{m.giver}{m.taker}{m.reason}" for m in item.moves.all())


def test_a_document_that_expires_before_the_release_stops_it(
    opened, proof, card, to_approved, clerk, now, time_machine
):
    soon = now.date() + dt.timedelta(days=1)
    to_approved(opened, proof(owner=card(expires_on=soon)))
    time_machine.move_to(now + dt.timedelta(days=3))
    with pytest.raises(refusals.DocumentExpired):
        release_found_item(opened, HandOver(pieces=1), by=clerk)
