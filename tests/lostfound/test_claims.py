"""Opening a claim, the blind check, and its end without the thing."""


import pytest
from django.db import IntegrityError, transaction

from lostfound.choices import ClaimState, ItemState, Verdict
from lostfound.errors import claims as refusals
from lostfound.errors.items import ItemOnHold
from lostfound.models import Claim
from lostfound.services.claim_documents import (
    record_document,
)
from lostfound.services.claim_statements import (
    add_statement,
    counted,
    judge_statement,
    look_at_marks,
    may_see_marks,
    open_for_view,
)
from lostfound.services.claims import approve_claim, open_claim, reject_claim, withdraw_claim
from servicedesk.errors import ReasonNeeded
from servicedesk.models import Disclosure
from servicedesk.services.preferences import choose


def test_a_claim_takes_the_items_number_and_the_item_goes_to_claiming(item, facts, clerk):
    claim = open_claim(item, facts(), by=clerk)
    assert (claim.number, claim.state, claim.item_state_before) == (
        f"{item.number}-R1", ClaimState.OPENED, ItemState.IN_CUSTODY,
    )
    assert item.state == ItemState.CLAIMING
    assert claim.history.get().history_user == clerk


def test_a_thing_at_finance_is_still_claimable(make_item, facts, clerk):
    item = make_item(state=ItemState.FINANCE)
    assert open_claim(item, facts(), by=clerk).item_state_before == ItemState.FINANCE


@pytest.mark.parametrize("state", ["field_held", "returned", "police", "disposed", "void"])
def test_an_item_in_another_state_cannot_be_claimed(make_item, facts, clerk, state):
    item = make_item(state=state)
    with pytest.raises(refusals.ItemNotClaimable):
        open_claim(item, facts(), by=clerk)
    assert Claim.objects.count() == 0


def test_a_forbidden_thing_is_the_polices_not_the_claimants(make_item, facts, clerk):
    with pytest.raises(refusals.ForbiddenThing):
        open_claim(make_item("违禁涉密军用物品", thing="管制刀具"), facts(), by=clerk)


def test_an_item_on_hold_cannot_be_claimed(make_item, facts, clerk):
    with pytest.raises(ItemOnHold):
        open_claim(make_item(is_on_hold=True, hold_reason="公安要求"), facts(), by=clerk)


def test_a_second_claim_of_the_same_item_is_told_who_was_faster(opened, facts, second_clerk):
    with pytest.raises(refusals.ClaimAlreadyOpen) as refused:
        open_claim(opened.item, facts(claimant_name="李四"), by=second_clerk)
    assert refused.value.sentence.startswith(f"{opened.item.number} 已由王芳受理认领({opened.number})")


def test_the_database_itself_holds_one_working_claim_per_item(opened):
    copy = Claim.objects.get(pk=opened.pk)
    copy.pk, copy.number = None, "另一号"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_a_claim_links_only_a_lost_report_whose_match_is_confirmed(matched, item, facts, clerk, make_report):
    other = make_report(owner_name="王五")
    with pytest.raises(refusals.ReportIsNotForThis):
        open_claim(item, facts(), by=clerk, report=other)
    assert open_claim(item, facts(), by=clerk, report=matched.report).report == matched.report


@pytest.mark.parametrize("missing", [{"claimant_name": " "}, {"phone": ""}])
def test_a_claim_needs_a_name_and_a_phone(item, facts, clerk, missing):
    with pytest.raises(refusals.ClaimantNeeded):
        open_claim(item, facts(**missing), by=clerk)
    item.refresh_from_db()
    assert item.state == ItemState.IN_CUSTODY


def test_nothing_opens_before_enough_is_said(opened, clerk):
    add_statement(opened, "黑色", by=clerk)
    with pytest.raises(refusals.TooFewStatements) as refused:
        open_for_view(opened, by=clerk)
    assert "至少 2 项特征,现在只有 1 项" in refused.value.sentence
    add_statement(opened, "伞柄有字", by=clerk)
    open_for_view(opened, by=clerk)
    assert opened.state == ClaimState.VERIFYING
    assert opened.opened_for_view_at is not None


def test_how_much_must_be_said_is_a_setting(opened, clerk, manager):
    choose("lostfound.statements", 1, by=manager)
    add_statement(opened, "黑色", by=clerk)
    assert open_for_view(opened, by=clerk).opened_for_view_at is not None


def test_an_empty_statement_is_refused(opened, clerk):
    with pytest.raises(refusals.StatementEmpty):
        add_statement(opened, "  ", by=clerk)


def test_who_opens_and_who_looks_later_is_logged_once_each(opened, clerk, second_clerk):
    with pytest.raises(refusals.NotOpenedYet):
        look_at_marks(opened, by=second_clerk)
    for text in ("黑色", "伞柄有字"):
        add_statement(opened, text, by=clerk)
    open_for_view(opened, by=clerk)
    open_for_view(opened, by=clerk)
    assert may_see_marks(opened, second_clerk) is False
    look_at_marks(opened, by=second_clerk)
    assert may_see_marks(opened, second_clerk) is True
    assert list(Disclosure.objects.of(opened.item).order_by("pk").values_list("user__name", "field")) == [
        ("王芳", "暗记"), ("李娜", "暗记"),
    ]


def test_what_is_said_after_the_opening_is_kept_but_does_not_count(opened, clerk):
    said = [add_statement(opened, text, by=clerk) for text in ("黑色", "伞柄有字")]
    open_for_view(opened, by=clerk)
    late = add_statement(opened, "伞柄刻着 M", by=clerk)
    assert list(counted(opened)) == said
    with pytest.raises(refusals.SaidAfterOpening):
        judge_statement(late, Verdict.AGREES, by=clerk)


def test_a_statement_is_judged_only_beside_the_open_thing(opened, clerk):
    said = add_statement(opened, "黑色", by=clerk)
    with pytest.raises(refusals.NotOpenedYet):
        judge_statement(said, Verdict.AGREES, by=clerk)


def test_approval_needs_every_statement_judged_and_enough_that_agree(opened, proof, clerk):
    said = [add_statement(opened, text, by=clerk) for text in ("黑色", "伞柄有字", "有伞套")]
    record_document(opened, proof(), by=clerk)
    with pytest.raises(refusals.NotOpenedYet):
        approve_claim(opened, by=clerk)
    open_for_view(opened, by=clerk)
    judge_statement(said[0], Verdict.AGREES, by=clerk)
    judge_statement(said[1], Verdict.DIFFERS, by=clerk)
    with pytest.raises(refusals.StatementsUnjudged):
        approve_claim(opened, by=clerk)
    judge_statement(said[2], Verdict.DIFFERS, by=clerk)
    with pytest.raises(refusals.TooFewAgree):
        approve_claim(opened, by=clerk)
    judge_statement(said[2], Verdict.AGREES, by=clerk)
    assert approve_claim(opened, by=clerk, means=("features",)).verified_by_means == ["features"]


@pytest.mark.parametrize("before", [ItemState.IN_CUSTODY, ItemState.FINANCE])
def test_a_rejected_claim_gives_the_item_back_where_it_was(make_item, facts, clerk, before):
    item = make_item(state=before)
    claim = open_claim(item, facts(), by=clerk)
    with pytest.raises(ReasonNeeded):
        reject_claim(claim, by=clerk, reason=" ")
    reject_claim(claim, by=clerk, reason="说不出特征")
    item.refresh_from_db()
    assert (claim.state, claim.reject_reason, item.state) == (ClaimState.REJECTED, "说不出特征", before)


def test_a_withdrawn_claim_ends_and_the_next_claimant_gets_the_next_number(opened, item, facts, clerk):
    withdraw_claim(opened, by=clerk, reason="不是我的")
    item.refresh_from_db()
    assert (opened.is_withdrawn, item.state) == (True, ItemState.IN_CUSTODY)
    assert open_claim(item, facts(), by=clerk).number == f"{item.number}-R2"


def test_an_ended_claim_takes_no_further_step(opened, proof, clerk):
    withdraw_claim(opened, by=clerk, reason="不是我的")
    for act in (
        lambda: add_statement(opened, "黑色", by=clerk), lambda: record_document(opened, proof(), by=clerk),
        lambda: open_for_view(opened, by=clerk), lambda: approve_claim(opened, by=clerk),
        lambda: reject_claim(opened, by=clerk, reason="再来"),
    ):
        with pytest.raises(refusals.ClaimEnded):
            act()
