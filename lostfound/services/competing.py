"""Two who say a thing is theirs: both claims are kept, the item stands still, the supervisor decides."""

from django.db import transaction
from django.utils import timezone

from lostfound.choices import WORKING_CLAIM_STATES, ClaimState, ItemState
from lostfound.errors.claims import DecisionIsTheSupervisors, NobodyToCompeteWith, NotInDispute
from lostfound.errors.items import ItemOnHold
from lostfound.models import Claim, FoundItem, LostReport
from lostfound.services.claim_documents import check_names
from lostfound.services.claim_paths import is_document_read
from lostfound.services.claim_rows import hold_rows, require_state
from lostfound.services.claims import DISPUTE, ClaimFacts, end_claim, lift_dispute, new_claim
from servicedesk.errors import ReasonNeeded
from servicedesk.services.transitions import amend, move


@transaction.atomic
def open_competing_claim(item: FoundItem, facts: ClaimFacts, *, by, report: LostReport | None = None) -> Claim:
    """A second claimant while a claim is open: both wait for the supervisor and the item is on hold.

    Raises:
        NobodyToCompeteWith: no claim is open.
        ItemOnHold: held for another cause than a dispute.
        ClaimantNeeded, ReportIsNotForThis
    """
    row = FoundItem.objects.select_for_update().get(pk=item.pk)
    first = Claim.objects.filter(item=row).open().order_by("pk").first()
    if first is None or row.state != ItemState.CLAIMING:
        raise NobodyToCompeteWith(number=row.number)
    if row.is_on_hold and not row.hold_reason.startswith(DISPUTE):
        raise ItemOnHold(number=row.number, reason=row.hold_reason)
    for claim in Claim.objects.select_for_update().filter(item=row, state__in=WORKING_CLAIM_STATES):
        claim.item = row
        move(claim, ClaimState.ESCALATED, by=by, reason="另有人认领", **_unapproved())
    second = new_claim(row, facts, by=by, report=report, before=first.item_state_before, state=ClaimState.ESCALATED)
    _hold(row, by=by, reason=f"{DISPUTE}:{first.number} 与 {second.number}")
    item.refresh_from_db()
    return second


@transaction.atomic
def escalate(claim: Claim, *, by, reason: str) -> Claim:
    """Hand one claim to the supervisor (the police ask, a doubt the desk cannot settle); the item is on hold.

    Raises:
        ReasonNeeded, ClaimEnded, ClaimIsEscalated
    """
    hold_rows(claim)
    require_state(claim, *WORKING_CLAIM_STATES)
    if not reason.strip():
        raise ReasonNeeded("请写明为什么要请督导裁定。")
    move(claim, ClaimState.ESCALATED, by=by, reason=reason.strip()[:200], **_unapproved())
    _hold(claim.item, by=by, reason=f"{DISPUTE}:{reason.strip()}"[:200])
    return claim


def _unapproved() -> dict:
    return {"approved_at": None, "approved_by": None, "verified_by_means": []}


def _hold(item: FoundItem, *, by, reason: str) -> None:
    if not item.is_on_hold:
        amend(item, by=by, reason=reason, is_on_hold=True, hold_reason=reason[:200], held_at=timezone.now(),
              held_by=by)


@transaction.atomic
def decide_between(winner: Claim, *, by, reason: str) -> Claim:
    """The supervisor decides for one claim: it goes on at 核验中, the others end with the reason.

    The decision does not stand for a document: names and statements are still checked before release.

    Raises:
        DecisionIsTheSupervisors, ReasonNeeded, NotInDispute
    """
    _require_decider(by, reason)
    hold_rows(winner)
    if winner.state != ClaimState.ESCALATED:
        raise NotInDispute(number=winner.number)
    for other in Claim.objects.select_for_update().filter(item=winner.item, state=ClaimState.ESCALATED):
        if other.pk != winner.pk:
            other.item = winner.item
            end_claim(other, by=by, reason=reason)
    if winner.item.hold_reason.startswith(DISPUTE):
        lift_dispute(winner.item, by=by, reason=f"裁定 {winner.number}")
    move(winner, ClaimState.VERIFYING, by=by, reason=reason.strip()[:200], blocked_reason="")
    if is_document_read(winner):
        check_names(winner, by=by)
    return winner


@transaction.atomic
def decide_for_none(item: FoundItem, *, by, reason: str) -> list[Claim]:
    """The supervisor finds that nobody proved it: all disputed claims end and the item goes back.

    Raises:
        DecisionIsTheSupervisors, ReasonNeeded, NotInDispute
    """
    _require_decider(by, reason)
    row = FoundItem.objects.select_for_update().get(pk=item.pk)
    claims = list(Claim.objects.select_for_update().filter(item=row, state=ClaimState.ESCALATED))
    if not claims:
        raise NotInDispute(number=row.number)
    for claim in claims:
        claim.item = row
        end_claim(claim, by=by, reason=reason)
    return claims


def _require_decider(by, reason: str) -> None:
    if not by.has_perm("lostfound.decide_claim"):
        raise DecisionIsTheSupervisors
    if not reason.strip():
        raise ReasonNeeded("请写明裁定理由,理由会印在给对方的告知单上。")
