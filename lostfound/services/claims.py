"""A claim from opening to approval, or to its end without the thing.

The document is read in `claim_documents`, what the claimant says is kept and judged in
`claim_statements`, two claimants are settled in `competing`, the thing leaves in `release`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from lostfound.choices import (
    OPEN_CLAIM_STATES,
    ClaimPath,
    ClaimState,
    ItemState,
    MatchState,
    VerifyMeans,
)
from lostfound.errors.claims import (
    ClaimAlreadyOpen,
    ClaimantNeeded,
    ConfirmedReportFirst,
    DecisionIsTheSupervisors,
    DocumentNotYet,
    ForbiddenThing,
    ItemNotClaimable,
    OriginNeeded,
    ReportIsNotForThis,
)
from lostfound.models import Claim, FoundItem, LostReport, Match
from lostfound.services.claim_documents import require_names, require_path
from lostfound.services.claim_rows import hold_rows, other_open_claims, require_state
from lostfound.services.claim_statements import require_enough_agree
from lostfound.services.custody import refuse_on_hold
from lostfound.services.loglines import log_refusal
from servicedesk.errors import ReasonNeeded
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend, move

DISPUTE = "认领争议"


@dataclass(frozen=True, kw_only=True)
class ClaimFacts:
    """Who says a thing is theirs and what they tell before any document is asked for.

    `claimant_name` is the owner's name, also when a delegate or a guardian stands at the desk.
    """

    claimant_name: str
    phone: str
    path: str = ClaimPath.OWNER
    sex: str = ""
    origin: str = ""
    lost_from: dt.datetime | None = None
    lost_to: dt.datetime | None = None
    lost_place: str = ""


@transaction.atomic
def open_claim(item: FoundItem, facts: ClaimFacts, *, by, report: LostReport | None = None) -> Claim:
    """Begin a claim on an item at the desk or at finance; the item goes to 认领核验中.

    The number is the item's with the order of the claim (`…-R1`). One working claim per item, held by
    the database. `report` is a lost report whose match with the item is confirmed.

    Raises:
        ItemOnHold, ItemNotClaimable, ForbiddenThing, ClaimAlreadyOpen, ReportIsNotForThis, ClaimantNeeded
        ConfirmedReportFirst: a match is confirmed, and the claim leaves its report out.
    """
    row = FoundItem.objects.select_for_update().get(pk=item.pk)
    _refuse_second(row)
    refuse_on_hold(row)
    if row.state not in (ItemState.IN_CUSTODY, ItemState.FINANCE):
        raise ItemNotClaimable(number=row.number, state=row.get_state_display())
    if row.category.is_forbidden:
        raise ForbiddenThing(number=row.number, category=row.category.name)
    _require_confirmed_report(row, report)
    claim = new_claim(row, facts, by=by, report=report, before=row.state)
    move(row, ItemState.CLAIMING, by=by, reason=f"认领 {claim.number}")
    item.refresh_from_db()
    index_record(row)
    return claim


def _require_confirmed_report(item: FoundItem, report: LostReport | None) -> None:
    """The owner of a confirmed lost report is one of the names that must agree: it cannot be left out."""
    confirmed = confirmed_report(item)
    if report is None and confirmed is not None:
        raise ConfirmedReportFirst(number=item.number, report=confirmed.number, field="report")


def confirmed_report(item: FoundItem) -> LostReport | None:
    """The lost report that is confirmed to be about this item, if there is one."""
    match = Match.objects.filter(item=item, state=MatchState.CONFIRMED).select_related("report").first()
    return match.report if match else None


def _refuse_second(item: FoundItem) -> None:
    first = Claim.objects.filter(item=item).open().select_related("created_by").first()
    if first is not None:
        raise ClaimAlreadyOpen(number=item.number, who=first.created_by.name, claim=first.number)


def new_claim(
    item: FoundItem, facts: ClaimFacts, *, by, report: LostReport | None, before: str,
    state: str = ClaimState.OPENED,
) -> Claim:
    """Write the row of a claim; the item is locked by the caller.

    Raises:
        ClaimantNeeded, ReportIsNotForThis
    """
    if not (facts.claimant_name.strip() and facts.phone.strip()):
        raise ClaimantNeeded
    require_match(item, report)
    order = Claim.objects.filter(item=item).count() + 1
    claim = Claim(
        number=f"{item.number}-R{order}", service_point=item.service_point, created_at=timezone.now(),
        created_by=by, item=item, report=report, state=state, item_state_before=before,
        **vars(facts) | {"claimant_name": facts.claimant_name.strip(), "phone": facts.phone.strip()},
    )
    claim._history_user = by
    claim.save()
    index_record(claim)
    return claim


def require_match(item: FoundItem, report: LostReport | None) -> None:
    """Refuse a lost report that nobody confirmed to be about this item."""
    if report is None:
        return
    if not Match.objects.filter(item=item, report=report, state=MatchState.CONFIRMED).exists():
        raise ReportIsNotForThis(report=report.number, number=item.number)


@transaction.atomic
def approve_claim(claim: Claim, *, by, means: tuple[str, ...] = ()) -> Claim:
    """Find that the thing is the claimant's: document, names and enough statements agree.

    Everything is judged anew from what is stored; no earlier green light counts. `means` are the
    values of `VerifyMeans` that convinced the desk.

    Raises:
        ClaimEnded, ClaimIsBlocked, ClaimIsEscalated, NotPossibleNow: not in 核验中.
        ItemOnHold; DocumentNotYet and the refusals of the path; NamesDiffer; OriginNeeded;
        NotOpenedYet, StatementsUnjudged, TooFewAgree: the blind check.
    """
    hold_rows(claim)
    require_state(claim, ClaimState.VERIFYING, wanted=ClaimState.APPROVED)
    require_proven(claim)
    require_enough_agree(claim)
    move(
        claim, ClaimState.APPROVED, by=by, approved_at=timezone.now(), approved_by=by,
        verified_by_means=[m for m in VerifyMeans.values if m in means],
    )
    return claim


def require_proven(claim: Claim) -> None:
    """What must still be true at approval and at release: no hold, the path's papers, equal names."""
    refuse_on_hold(claim.item)
    if claim.path != ClaimPath.OWN_ID and not (claim.document_kind or claim.guardian_document_kind):
        raise DocumentNotYet
    require_path(claim, on=timezone.localdate())
    require_names(claim)
    if claim.item.is_valuable and not claim.origin.strip():
        raise OriginNeeded(field="origin")


@transaction.atomic
def reject_claim(claim: Claim, *, by, reason: str) -> Claim:
    """End a claim without the thing, with a reason for the refusal note; the item goes back.

    Raises:
        ReasonNeeded, ClaimEnded; DecisionIsTheSupervisors: disputed, and `by` may not decide.
    """
    hold_rows(claim)
    if claim.state == ClaimState.ESCALATED and not by.has_perm("lostfound.decide_claim"):
        raise DecisionIsTheSupervisors
    return end_claim(claim, by=by, reason=reason)


@transaction.atomic
def withdraw_claim(claim: Claim, *, by, reason: str) -> Claim:
    """The claimant takes the claim back; the item goes where it was.

    Raises:
        ReasonNeeded, ClaimEnded
    """
    hold_rows(claim)
    return end_claim(claim, by=by, reason=reason, is_withdrawn=True)


def end_claim(claim: Claim, *, by, reason: str, **more: Any) -> Claim:
    """Close the claim and give the item back; the rows are locked by the caller."""
    require_state(claim, *OPEN_CLAIM_STATES)
    if not reason.strip():
        raise ReasonNeeded("请写明原因,原因会印在给认领人的告知单上。")
    move(
        claim, ClaimState.REJECTED, by=by, reason=reason.strip(), reject_reason=reason.strip()[:200],
        ended_at=timezone.now(), **more,
    )
    index_record(claim)
    log_refusal(claim, by=by)
    if not other_open_claims(claim).exists():
        give_back(claim, by=by)
    return claim


def give_back(claim: Claim, *, by) -> None:
    """The item returns to where it was before the claim; a hold for the dispute alone is lifted."""
    item = claim.item
    if item.is_on_hold and item.hold_reason.startswith(DISPUTE):
        lift_dispute(item, by=by, reason=f"认领 {claim.number} 已办结")
    if item.state == ItemState.CLAIMING:
        move(item, claim.item_state_before or ItemState.IN_CUSTODY, by=by, reason=f"认领 {claim.number} 未通过")
        index_record(item)


def lift_dispute(item: FoundItem, *, by, reason: str) -> None:
    """End the hold that a dispute set; a hold by the police stays."""
    amend(item, by=by, reason=reason, is_on_hold=False, hold_reason="", held_at=None, held_by=None)
