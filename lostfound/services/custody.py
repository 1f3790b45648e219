"""Who answers for a thing: each change of hands or place is a row that stays."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from lostfound.choices import MoveKind
from lostfound.errors.items import ItemOnHold
from lostfound.models import CustodyMove, FoundItem
from servicedesk.services.transitions import amend

EXITS = (MoveKind.RELEASE, MoveKind.POLICE, MoveKind.FINANCE, MoveKind.DISPOSE)
KEEP = "lostfound.keep_founditem"


def refuse_on_hold(item: FoundItem) -> None:
    """Lock the row and let nothing out that is on hold.

    The row is asked, not the object in memory: a hold set a moment ago counts.

    Raises:
        ItemOnHold: dispute or police request.
    """
    row = FoundItem.objects.select_for_update().filter(pk=item.pk).values("is_on_hold", "hold_reason").get()
    if row["is_on_hold"]:
        raise ItemOnHold(number=item.number, reason=row["hold_reason"])


@transaction.atomic
def move_item(
    item: FoundItem, *, kind: str, by, to_person=None, to_text: str = "", from_person=None, from_text: str = "",
    place=None, reason: str = "", at: dt.datetime | None = None, given_at=None, given_means: str = "",
    taken_at=None, taken_means: str = "", corrects: CustodyMove | None = None,
) -> CustodyMove:
    """Write a move and bring the item's holder and place after it.

    Without `from_person` and `from_text` the present holder gives. `to_person` becomes the holder; an
    outsider is named in `to_text` and then nobody of the house holds the thing. An exit empties the
    place; another move without `place` leaves it. Times default to now.

    Raises:
        ItemOnHold: an exit of a thing on hold.
    """
    if kind in EXITS:
        refuse_on_hold(item)
    giver = from_person if from_person or from_text else item.holder
    written = CustodyMove.objects.create(
        item=item, kind=kind, at=at or timezone.now(), from_person=giver, from_text=from_text[:100],
        to_person=to_person, to_text=to_text[:100], place=place, reason=reason[:200], given_at=given_at,
        given_means=given_means, taken_at=taken_at, taken_means=taken_means, corrects=corrects, by=by,
    )
    changes = {name: value for name, value in _after_move(item, written).items() if getattr(item, name) != value}
    if changes:
        amend(item, by=by, reason=reason[:100], **changes)
    return written


def _after_move(item: FoundItem, written: CustodyMove) -> dict:
    if written.kind in EXITS:
        return {"holder": written.to_person, "storage": None}
    changes = {"holder": written.to_person, "storage": written.place or item.storage}
    if item.is_valuable and written.to_person_id != item.holder_id:
        changes["custodian_took_at"] = custodian_time(written.to_person, written.taken_at)
    return changes


def custodian_time(person, taken_at: dt.datetime | None) -> dt.datetime | None:
    """When a custodian acknowledged; None while nobody with that right has."""
    return taken_at if person is not None and person.has_perm(KEEP) else None
