"""The thing leaves with its owner: once, whoever presses, with the exact words that were signed."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from lostfound.choices import (
    ClaimPath,
    ClaimState,
    Condition,
    ItemState,
    MoveKind,
)
from lostfound.errors.claims import (
    AlreadyReleased,
    DifferenceNeeded,
    FinanceSlipNeeded,
    NotApprovedYet,
    NotCountedAgain,
    PiecesNeeded,
    SecondPersonIsTheSame,
    SecondPersonNeeded,
    SignatureNeeded,
)
from lostfound.models import Claim
from lostfound.services.claim_rows import hold_rows
from lostfound.services.claims import require_proven
from lostfound.services.custody import move_item
from lostfound.services.loglines import log_release
from lostfound.services.matching import close_matches
from lostfound.services.reports import mark_found
from servicedesk.choices import SignatureMeans
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.signing import sign
from servicedesk.services.transitions import move

CLAIMANT, CLERK, SECOND = "认领人", "发还经办", "复核"
MOST_PIECES = 100_000


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """What happens at the counter in the last step.

    `means` is screen (with `image`, the pad's data URL) or paper. `second_person` has confirmed with their
    own password. `finance_slip` is the number of the release slip for a thing that lies at finance.
    """

    pieces: int
    condition: str = Condition.GOOD
    difference: str = ""
    means: str = SignatureMeans.PAPER
    image: str = ""
    second_person: Any = None
    is_counted_again: bool = False
    finance_slip: str = ""
    message: str = ""


@transaction.atomic
def release_found_item(claim: Claim, hand_over: HandOver, *, by) -> Claim:
    """Hand the thing over: claim and item end, custody, signatures and the lost report follow.

    However many desks press at the same moment, one succeeds; the row locks make the others wait, and they
    are told who was faster. The linked lost report becomes 已找回, other suggestions about either go stale.

    Raises:
        AlreadyReleased: another desk handed it over.
        NotApprovedYet, ItemOnHold, NamesDiffer and the refusals of the path
        PiecesNeeded, DifferenceNeeded, FinanceSlipNeeded
        SecondPersonNeeded, SecondPersonIsTheSame, NotCountedAgain: a valuable
        SignatureNeeded, BadSignature
    """
    hold_rows(claim)
    _require_approved(claim)
    require_proven(claim)
    _require_counter(claim, hand_over, by)
    now = timezone.now()
    move(
        claim, ClaimState.HANDED_OVER, by=by, handed_over_at=now, handed_over_by=by, ended_at=now,
        pieces=hand_over.pieces, condition=hand_over.condition, difference=hand_over.difference.strip()[:200],
        is_counted_again=hand_over.is_counted_again, message=hand_over.message.strip()[:1000],
        **({"second_person": hand_over.second_person} if hand_over.second_person else {}),
    )
    _sign_all(claim, hand_over, by=by, at=now)
    _let_go(claim, hand_over, by=by, at=now)
    settle_report(claim, by=by)
    index_record(claim)
    log_release(claim, by=by)
    return claim


def _require_approved(claim: Claim) -> None:
    """The thing is still here, and this very claim is the approved one."""
    if claim.item.state == ItemState.RETURNED:
        done = Claim.objects.filter(item=claim.item, state=ClaimState.HANDED_OVER).select_related(
            "handed_over_by"
        ).first()
        raise AlreadyReleased(
            number=claim.item.number, who=done.handed_over_by.name if done else "现场",
            at=f"{timezone.localtime(claim.item.ended_at):%m月%d日 %H:%M}" if claim.item.ended_at else "刚才",
            claim=done.number if done else "现场发还",
        )
    if claim.state != ClaimState.APPROVED:
        raise NotApprovedYet(number=claim.number)


def _require_counter(claim: Claim, hand_over: HandOver, by) -> None:
    """What the counter owes: pieces, condition, slip, and for a valuable a second person and a new count."""
    if not 1 <= hand_over.pieces <= MOST_PIECES:
        raise PiecesNeeded(field="pieces")
    if hand_over.condition == Condition.DIFFERENT and not hand_over.difference.strip():
        raise DifferenceNeeded(field="difference")
    if claim.item_state_before == ItemState.FINANCE and not hand_over.finance_slip.strip():
        raise FinanceSlipNeeded(number=claim.item.number, field="finance_slip")
    if hand_over.second_person == by:
        raise SecondPersonIsTheSame(field="second_person")
    if claim.item.is_valuable:
        if hand_over.second_person is None:
            raise SecondPersonNeeded(field="second_person")
        if not hand_over.is_counted_again:
            raise NotCountedAgain(field="is_counted_again")
    if hand_over.means == SignatureMeans.SCREEN and not hand_over.image:
        raise SignatureNeeded(field="signature")


def signer_of(claim: Claim) -> str:
    """Who signs at the counter: the owner, the delegate or the guardian."""
    path = ClaimPath(claim.path)
    if path == ClaimPath.DELEGATE:
        return claim.delegate_name
    return claim.guardian_name if path == ClaimPath.MINOR else claim.claimant_name


def signed_text(claim: Claim) -> str:
    """The exact words above the signature, as the pad shows them before anything else is filled in."""
    return f"{claim.number} {claim.item.described}。{preferences.value('lostfound.claim_statement')}"


def _sign_all(claim: Claim, hand_over: HandOver, *, by, at) -> None:
    text = signed_text(claim)
    sign(claim, CLAIMANT, text, by=by, signer_name=signer_of(claim), means=hand_over.means, image=hand_over.image,
         at=at)
    sign(claim, CLERK, text, by=by, signer_name=by.name, signer=by, means=SignatureMeans.ACCOUNT, at=at)
    if hand_over.second_person:
        second = hand_over.second_person
        sign(claim, SECOND, text, by=by, signer_name=second.name, signer=second, means=SignatureMeans.ACCOUNT, at=at)


def _let_go(claim: Claim, hand_over: HandOver, *, by, at) -> None:
    """Custody ends with the claim's number, not with a name: the chain is never erased, a visitor's name is."""
    item = claim.item
    slip = hand_over.finance_slip.strip()
    move_item(
        item, kind=MoveKind.RELEASE, by=by, from_text="财务部" if slip else "", to_text=f"认领人({claim.number})",
        reason=f"财务放行单 {slip}" if slip else f"认领 {claim.number}", at=at, given_at=at,
        given_means=SignatureMeans.ACCOUNT, taken_at=at, taken_means=hand_over.means,
    )
    move(item, ItemState.RETURNED, by=by, reason=f"认领 {claim.number}", ended_at=at, end_note=f"认领 {claim.number}")
    index_record(item)


def settle_report(claim: Claim, *, by) -> None:
    """The linked lost report is found; every other match of the item has nothing left to suggest."""
    item, report = claim.item, claim.report
    if report is None:
        close_matches(item.matches.all(), reason=f"已由 {claim.number} 认领", by=by)
        return
    claim.report = mark_found(report, item, fetched_by=signer_of(claim), by=by)
    index_record(claim.report)
