"""What every step of a claim begins with: the rows locked, the state judged."""

from lostfound.choices import OPEN_CLAIM_STATES, ClaimState
from lostfound.errors.claims import ClaimEnded, ClaimIsBlocked, ClaimIsEscalated
from lostfound.models import Claim, FoundItem
from servicedesk.errors import NotPossibleNow
from servicedesk.services.transitions import state_label


def hold_rows(claim: Claim) -> None:
    """Lock the item, then the claim, and read both anew. Always in this order, so that no two desks block
    each other."""
    item = FoundItem.objects.select_for_update().get(pk=claim.item_id)
    Claim.objects.select_for_update().get(pk=claim.pk)
    claim.refresh_from_db()
    claim.item = item


def require_state(claim: Claim, *states: str, wanted: str = "") -> None:
    """Refuse a step that the claim's state does not allow, saying what to do instead.

    Raises:
        ClaimEnded, ClaimIsBlocked, ClaimIsEscalated, NotPossibleNow
    """
    if claim.state in states:
        return
    if claim.state not in OPEN_CLAIM_STATES:
        raise ClaimEnded(number=claim.number, state=claim.get_state_display())
    if claim.state == ClaimState.BLOCKED:
        raise ClaimIsBlocked(number=claim.number)
    if claim.state == ClaimState.ESCALATED:
        raise ClaimIsEscalated(number=claim.number)
    raise NotPossibleNow(
        number=claim.number, state=claim.get_state_display(),
        wanted=state_label(claim, wanted) if wanted else "这一步",
    )


def other_open_claims(claim: Claim):
    """Further claims of the same item that have not ended."""
    return Claim.objects.filter(item_id=claim.item_id).open().exclude(pk=claim.pk)


