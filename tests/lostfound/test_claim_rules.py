"""Rules of claims that a careless or a clever desk would slip through."""

import datetime as dt

import pytest
from django.utils import timezone

from lostfound.choices import ClaimPath, MatchState
from lostfound.errors import claims as refusals
from lostfound.errors.items import ItemOnHold
from lostfound.models import Claim
from lostfound.services.claim_documents import record_document
from lostfound.services.claim_statements import add_statement, open_for_view
from lostfound.services.claims import open_claim
from lostfound.services.competing import decide_between, open_competing_claim
from lostfound.services.custody import refuse_on_hold
from lostfound.services.items import hold_item, unhold_item


@pytest.mark.parametrize("again", ["伞柄有字", " 伞柄有字 "])
def test_the_same_words_twice_are_one_statement(opened, clerk, again):
    add_statement(opened, "伞柄有字", by=clerk)
    with pytest.raises(refusals.SaidBefore, match="“伞柄有字”已经记过"):
        add_statement(opened, again, by=clerk)
    with pytest.raises(refusals.TooFewStatements):
        open_for_view(opened, by=clerk)
    add_statement(opened, "第三根伞骨弯", by=clerk)
    assert open_for_view(opened, by=clerk).opened_for_view_at is not None


def test_the_owner_cannot_have_been_called_in_the_future(item, facts, delegated, clerk, now):
    claim = open_claim(item, facts(path=ClaimPath.DELEGATE), by=clerk)
    with pytest.raises(refusals.OwnerCalledInFuture):
        record_document(claim, delegated(owner_called_at=now + dt.timedelta(hours=1)), by=clerk)
    assert record_document(claim, delegated(owner_called_at=now), by=clerk)


def test_who_types_is_no_second_member_of_staff_for_a_document(make_item, facts, proof, clerk, second_clerk):
    item = make_item("身份证护照", thing="身份证", name_on_item="杨明静")
    claim = open_claim(item, facts(path=ClaimPath.OWN_ID), by=clerk)
    seen = {"path": ClaimPath.OWN_ID, "is_face_compared": True, "is_number_dictated": True}
    with pytest.raises(refusals.SecondPersonIsTheSame):
        record_document(claim, proof(**seen, second_person=clerk), by=clerk)
    assert record_document(claim, proof(**seen, second_person=second_clerk), by=clerk)


def test_a_confirmed_report_cannot_be_left_out_of_the_claim(item, matched, facts, clerk):
    with pytest.raises(refusals.ConfirmedReportFirst, match="请关联它"):
        open_claim(item, facts(), by=clerk)
    assert Claim.objects.count() == 0
    assert open_claim(item, facts(), by=clerk, report=matched.report).report == matched.report


def test_once_the_match_was_rejected_the_claim_needs_no_report(item, matched, facts, clerk):
    type(matched).objects.filter(pk=matched.pk).update(state=MatchState.REJECTED)
    assert open_claim(item, facts(), by=clerk).report is None


def test_a_hold_by_the_police_outlives_the_dispute_it_was_added_to(item, facts, clerk, supervisor):
    first = open_claim(item, facts(), by=clerk)
    open_competing_claim(item, facts(claimant_name="李四"), by=clerk)
    item.refresh_from_db()
    hold_item(item, by=supervisor, reason="公安来函")
    first.refresh_from_db()
    decide_between(first, by=supervisor, reason="凭购买记录")
    item.refresh_from_db()
    assert item.is_on_hold is True
    with pytest.raises(ItemOnHold, match="公安来函"):
        refuse_on_hold(item)
    unhold_item(item, by=supervisor, reason="公安已查清")
    item.refresh_from_db()
    assert (item.is_on_hold, item.held_at, timezone.now() > item.created_at) == (False, None, True)
