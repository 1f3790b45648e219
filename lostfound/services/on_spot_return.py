"""现场发还: a thing goes back to its owner where it was found, before it ever reaches the desk.

The claim rules hold as at the desk: an original document, names equal to the character, the owner's own
words first. Instead of the desk, foreman, finder and a witness answer for it on the same sheet.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from lostfound.choices import ClaimPath, ClaimState, Condition, ItemState, MoveKind, Verdict, VerifyMeans
from lostfound.errors.claims import ForbiddenThing
from lostfound.errors.items import (
    DeskPresenceNeeded,
    ForemanTakesPart,
    OwnerCameTooEarly,
    OwnerOnlyOnSpot,
    SupervisorMustWitness,
    WitnessNeeded,
    WitnessTakesPart,
)
from lostfound.models import Claim, FoundItem
from lostfound.services.claim_documents import Proof, record_document, require_names
from lostfound.services.claim_statements import add_statement, judge_statement, open_for_view
from lostfound.services.claims import ClaimFacts, approve_claim, confirmed_report, new_claim
from lostfound.services.custody import move_item, refuse_on_hold
from lostfound.services.item_facts import CLOCK_TOLERANCE
from lostfound.services.loglines import log_spot_return
from lostfound.services.names import same_name
from lostfound.services.release import settle_report
from servicedesk.choices import SignatureMeans
from servicedesk.errors import NotPossibleNow
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.signing import sign
from servicedesk.services.transitions import move

# Who may stand in for the desk where valuables, documents and phones go back on the spot.
SUPERVISOR_RIGHT = "lostfound.void_founditem"


@dataclass(frozen=True, kw_only=True)
class SpotReturn:
    """The lower half of the sheet: who came, what they said, which document, in what state it went."""

    claim: ClaimFacts
    proof: Proof
    statements: Sequence[str]
    owner_came_at: dt.datetime
    desk_came_at: dt.datetime | None = None
    desk_absent_reason: str = ""
    pieces: int = 1
    condition: str = Condition.GOOD
    difference: str = ""


@transaction.atomic
def return_on_spot(item: FoundItem, facts: SpotReturn, *, by, foreman: Any, witness: Any) -> Claim:
    """Write down a return on the spot; the sheet still has to be filed at the desk that day.

    The result is a claim in 已发还 with the signatures of owner, finder, foreman and witness on paper; a lost
    report whose match with the thing is confirmed is compared too and ends as found. Nothing stays of a refused one.

    Raises:
        NotPossibleNow, ItemOnHold, ForbiddenThing; DeskPresenceNeeded, WitnessNeeded, WitnessTakesPart,
        ForemanTakesPart, SupervisorMustWitness, OwnerOnlyOnSpot, OwnerCameTooEarly; the refusals of the claim rules.
    """
    row = FoundItem.objects.select_for_update().get(pk=item.pk)
    _refuse_return(row, facts, foreman, witness)
    claim = new_claim(row, facts.claim, by=by, report=confirmed_report(row), before=row.state)
    _prove(claim, facts, by=by)
    _hand_over(claim, facts, by=by)
    people = {"领班": foreman, "见证员工": witness, "拾物员工": row.finder}
    _sign_all(claim, row, by=by, people=people, at=facts.owner_came_at)
    _let_go(row, claim, facts, by=by, foreman=foreman, witness=witness)
    settle_report(claim, by=by)
    log_spot_return(claim, by=by, at=facts.owner_came_at)
    item.refresh_from_db()
    return claim


def _refuse_return(item: FoundItem, facts: SpotReturn, foreman: Any, witness: Any) -> None:
    if item.state != ItemState.FIELD_HELD:
        raise NotPossibleNow(number=item.number, state=item.get_state_display(), wanted="现场发还")
    refuse_on_hold(item)
    if item.category.is_forbidden:
        raise ForbiddenThing(number=item.number, category=item.category.name)
    if facts.proof.path != ClaimPath.OWNER:
        raise OwnerOnlyOnSpot(field="path")
    if not item.found_at <= facts.owner_came_at <= timezone.now() + CLOCK_TOLERANCE:
        raise OwnerCameTooEarly(field="owner_came_at")
    _refuse_people(item, facts, foreman, witness)


def _refuse_people(item: FoundItem, facts: SpotReturn, foreman: Any, witness: Any) -> None:
    if facts.desk_came_at is None and not facts.desk_absent_reason.strip():
        raise DeskPresenceNeeded(field="desk_absent_reason")
    if foreman is None or witness is None:
        raise WitnessNeeded(field="witness" if witness is None else "foreman")
    claimant = facts.claim.claimant_name
    if witness in {item.finder, foreman} or same_name(witness.name, claimant):
        raise WitnessTakesPart(field="witness")
    if foreman == item.finder or same_name(foreman.name, claimant):
        raise ForemanTakesPart(field="foreman")
    needs_supervisor = item.is_valuable or item.category.is_identity or item.category.is_phone
    if needs_supervisor and not witness.has_perm(SUPERVISOR_RIGHT):
        raise SupervisorMustWitness(field="witness")


def _prove(claim: Claim, facts: SpotReturn, *, by) -> None:
    """The same doors as at the desk, one after the other."""
    for words in facts.statements:
        if words.strip():
            add_statement(claim, words, by=by)
    record_document(claim, facts.proof, by=by)
    require_names(claim)
    open_for_view(claim, by=by)
    for statement in claim.statements.all():
        judge_statement(statement, Verdict.AGREES, by=by)
    approve_claim(claim, by=by, means=(VerifyMeans.FEATURES, VerifyMeans.NAME))


def _hand_over(claim: Claim, facts: SpotReturn, *, by) -> None:
    now = timezone.now()
    move(
        claim, ClaimState.HANDED_OVER, by=by, reason="现场发还", handed_over_at=facts.owner_came_at, handed_over_by=by,
        ended_at=now, pieces=facts.pieces, condition=facts.condition, difference=facts.difference.strip()[:200],
    )
    index_record(claim)


def _sign_all(claim: Claim, item: FoundItem, *, by, people: dict[str, Any], at: dt.datetime) -> None:
    """On paper, there and then: the sheet may be typed hours later."""
    text = f"{claim.number} {item.described},现场发还。{preferences.value('lostfound.claim_statement')}"
    sign(claim, "认领人", text, by=by, signer_name=claim.claimant_name, means=SignatureMeans.PAPER, at=at)
    for role, person in people.items():
        sign(claim, role, text, by=by, signer_name=person.name, signer=person, means=SignatureMeans.PAPER, at=at)


def _let_go(item: FoundItem, claim: Claim, facts: SpotReturn, *, by, foreman, witness) -> None:
    at = facts.owner_came_at
    move_item(
        item, kind=MoveKind.RELEASE, by=by, from_person=item.finder, to_text=f"认领人({claim.number})",
        reason="现场发还", at=at, given_at=at, given_means=SignatureMeans.PAPER, taken_at=at,
        taken_means=SignatureMeans.PAPER,
    )
    move(
        item, ItemState.RETURNED, by=by, reason="现场发还", ended_at=at, end_note=f"现场发还 {claim.number}",
        owner_came_at=at, desk_came_at=facts.desk_came_at, desk_absent_reason=facts.desk_absent_reason.strip()[:100],
        foreman=foreman, witness=witness,
    )
    index_record(item)
