"""Two claimants of one thing: both are kept, nothing leaves, the supervisor decides."""

import pytest

from lostfound.choices import ClaimState, ItemState
from lostfound.errors import claims as refusals
from lostfound.errors.items import ItemOnHold
from lostfound.models import FoundItem
from lostfound.services.claim_documents import record_document
from lostfound.services.claim_statements import add_statement
from lostfound.services.claims import open_claim, reject_claim, withdraw_claim
from lostfound.services.competing import decide_between, decide_for_none, escalate, open_competing_claim
from lostfound.services.release import HandOver, release_found_item
from servicedesk.errors import ReasonNeeded


@pytest.fixture
def rival(opened, item, facts, second_clerk):
    """A second claim beside `opened`."""
    second = open_competing_claim(item, facts(claimant_name="李四", phone="13700002222"), by=second_clerk)
    opened.refresh_from_db()
    return second


def test_a_second_claimant_stops_the_item_and_calls_the_supervisor(opened, rival, item):
    assert (opened.state, rival.state, rival.number) == (
        ClaimState.ESCALATED, ClaimState.ESCALATED, f"{item.number}-R2",
    )
    assert (item.is_on_hold, item.hold_reason) == (True, f"认领争议:{opened.number} 与 {rival.number}")
    assert rival.item_state_before == ItemState.IN_CUSTODY


def test_an_approved_claim_loses_its_approval_when_a_rival_comes(opened, item, facts, to_approved, clerk):
    to_approved(opened)
    open_competing_claim(item, facts(claimant_name="李四"), by=clerk)
    opened.refresh_from_db()
    assert (opened.state, opened.approved_by) == (ClaimState.ESCALATED, None)
    with pytest.raises(refusals.NotApprovedYet):
        release_found_item(opened, HandOver(pieces=1), by=clerk)


def test_there_is_nobody_to_compete_with_on_a_free_item(item, facts, clerk):
    with pytest.raises(refusals.NobodyToCompeteWith):
        open_competing_claim(item, facts(), by=clerk)


def test_a_police_hold_takes_no_rival(opened, item, facts, clerk):
    FoundItem.objects.filter(pk=item.pk).update(is_on_hold=True, hold_reason="公安要求")
    with pytest.raises(ItemOnHold):
        open_competing_claim(item, facts(), by=clerk)


def test_both_may_still_say_and_show_while_they_wait(opened, rival, proof, card, clerk):
    add_statement(rival, "有伞套", by=clerk)
    record_document(rival, proof(owner=card(name="李四")), by=clerk)
    assert (rival.state, rival.document_name) == (ClaimState.ESCALATED, "李四")


def test_a_third_claimant_is_kept_too(opened, rival, item, facts, clerk):
    assert open_competing_claim(item, facts(claimant_name="王五"), by=clerk).number == f"{item.number}-R3"


def test_the_supervisor_decides_for_one_and_the_other_gets_the_reason(opened, rival, item, supervisor, clerk):
    decide_between(rival, by=supervisor, reason="李四说得出伞柄刻字")
    opened.refresh_from_db()
    item.refresh_from_db()
    assert (rival.state, opened.state, opened.reject_reason) == (
        ClaimState.VERIFYING, ClaimState.REJECTED, "李四说得出伞柄刻字",
    )
    assert (item.state, item.is_on_hold) == (ItemState.CLAIMING, False)


def test_a_decision_does_not_stand_for_equal_names(opened, rival, proof, card, supervisor, clerk):
    record_document(rival, proof(owner=card(name="李思")), by=clerk)
    decide_between(rival, by=supervisor, reason="说得准")
    assert rival.state == ClaimState.BLOCKED


def test_the_winner_goes_on_to_release(opened, rival, proof, card, supervisor, clerk, to_approved):
    decide_between(rival, by=supervisor, reason="说得准")
    to_approved(rival, proof(owner=card(name="李四")))
    assert release_found_item(rival, HandOver(pieces=1), by=clerk).state == ClaimState.HANDED_OVER


def test_the_supervisor_may_decide_for_nobody(opened, rival, item, supervisor):
    decide_for_none(item, by=supervisor, reason="都说不清")
    item.refresh_from_db()
    assert {c.state for c in item.claims.all()} == {ClaimState.REJECTED}
    assert (item.state, item.is_on_hold) == (ItemState.IN_CUSTODY, False)


def test_only_the_supervisor_decides_and_only_with_a_reason(opened, rival, item, clerk, supervisor):
    for act in (
        lambda: decide_between(opened, by=clerk, reason="看着像"), lambda: decide_for_none(item, by=clerk, reason="x"),
        lambda: reject_claim(opened, by=clerk, reason="看着不像"),
    ):
        with pytest.raises(refusals.DecisionIsTheSupervisors):
            act()
    with pytest.raises(ReasonNeeded):
        decide_between(opened, by=supervisor, reason=" ")


def test_a_claim_that_is_not_disputed_is_not_decided(opened, item, supervisor):
    with pytest.raises(refusals.NotInDispute):
        decide_between(opened, by=supervisor, reason="说得准")
    with pytest.raises(refusals.NotInDispute):
        decide_for_none(item, by=supervisor, reason="说不准")


def test_one_who_gives_up_leaves_the_other_to_the_supervisor(opened, rival, item, clerk, supervisor):
    withdraw_claim(rival, by=clerk, reason="认错了")
    item.refresh_from_db()
    opened.refresh_from_db()
    assert (opened.state, item.is_on_hold, item.state) == (ClaimState.ESCALATED, True, ItemState.CLAIMING)
    decide_between(opened, by=supervisor, reason="对方撤回")
    assert opened.state == ClaimState.VERIFYING


def test_the_desk_may_call_the_supervisor_for_one_claim(opened, item, clerk, supervisor):
    with pytest.raises(ReasonNeeded):
        escalate(opened, by=clerk, reason="")
    escalate(opened, by=clerk, reason="公安来电询问")
    item.refresh_from_db()
    assert (opened.state, item.is_on_hold) == (ClaimState.ESCALATED, True)
    reject_claim(opened, by=supervisor, reason="移交公安")
    item.refresh_from_db()
    assert (item.state, item.is_on_hold) == (ItemState.IN_CUSTODY, False)


def test_a_police_hold_outlives_the_dispute(opened, rival, item, supervisor):
    FoundItem.objects.filter(pk=item.pk).update(hold_reason="公安要求")
    decide_between(opened, by=supervisor, reason="说得准")
    item.refresh_from_db()
    assert (item.is_on_hold, item.hold_reason) == (True, "公安要求")


def test_a_fresh_claim_cannot_slip_past_the_dispute(opened, rival, item, facts, clerk):
    with pytest.raises(refusals.ClaimAlreadyOpen):
        open_claim(item, facts(claimant_name="王五"), by=clerk)
