"""盲核验: what nobody at the desk may see while a claimant still has to speak."""

from collections.abc import Iterable

from lostfound.choices import OPEN_CLAIM_STATES, ItemState
from lostfound.errors.items import ClosedForView
from lostfound.models import Claim, FoundItem


def is_closed_by(claims: Iterable[Claim]) -> bool:
    """As `is_closed_for_view`, of an item whose claims are in hand."""
    return any(claim.state in OPEN_CLAIM_STATES and claim.opened_for_view_at is None for claim in claims)


def is_closed_for_view(item: FoundItem) -> bool:
    """Whether an open claim waits for the claimant's own words.

    Then photos, secret marks, contents and features are hidden from everybody, the holder of the
    thing included: a glance at the screen would help the wrong claimant.
    """
    return Claim.objects.filter(item=item, state__in=OPEN_CLAIM_STATES, opened_for_view_at__isnull=True).exists()


def is_closed_on_paper(item: FoundItem) -> bool:
    """The same, asked of the database only for a thing that somebody claims: papers show many at once."""
    return item.state == ItemState.CLAIMING and is_closed_for_view(item)


def refuse_closed(item: FoundItem) -> None:
    """Raises ClosedForView while the check is blind."""
    if is_closed_for_view(item):
        raise ClosedForView(number=item.number)
