"""Who answers for a thing: each change of hands or place is a row that stays."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from lostfound.choices import AT_DESK_STATES, MoveKind, OfferState
from lostfound.errors.custody import (
    AlreadyThere,
    NotInHands,
    NotItsMove,
    NotTheHolder,
    NotTheTaker,
    OfferWaiting,
    TakerIsHolder,
)
from lostfound.errors.items import ItemOnHold, StorageElsewhere
from lostfound.models import CustodyMove, CustodyOffer, FoundItem
from lostfound.services.storage import refuse_unfit_place
from servicedesk.choices import SignatureMeans
from servicedesk.errors import ReasonNeeded
from servicedesk.services.transitions import amend, move

EXITS = (MoveKind.RELEASE, MoveKind.POLICE, MoveKind.FINANCE, MoveKind.DISPOSE)
KEEP = "lostfound.keep_founditem"
ACT_FOR_HOLDER = "lostfound.hold_founditem"


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
    place; another move without `place` leaves it. `at` defaults to now. Offers that wait are withdrawn
    when the thing goes to somebody else.

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
    _follow(item, written, by, reason)
    return written


def _follow(item: FoundItem, written: CustodyMove, by, reason: str) -> None:
    after = _after_move(item, written)
    changes = {name: value for name, value in after.items() if getattr(item, name) != value}
    if "holder" in changes:
        withdraw_offers(item)
    if changes:
        amend(item, by=by, reason=reason[:100] or str(written.get_kind_display()), **changes)


def _after_move(item: FoundItem, written: CustodyMove) -> dict:
    if written.kind in EXITS:
        return {"holder": written.to_person, "storage": None}
    changes: dict = {"holder": written.to_person, "storage": written.place or item.storage}
    if item.is_valuable and written.to_person != item.holder:
        changes["custodian_took_at"] = custodian_time(written.to_person, written.taken_at)
    return changes


def custodian_time(person, taken_at: dt.datetime | None) -> dt.datetime | None:
    """When a custodian acknowledged; None while nobody with that right has."""
    return taken_at if person is not None and person.has_perm(KEEP) else None


def withdraw_offers(item: FoundItem) -> None:
    """Take back what waits for an answer: the thing has gone another way."""
    CustodyOffer.objects.filter(item=item, state=OfferState.WAITING).update(
        state=OfferState.WITHDRAWN, answered_at=timezone.now()
    )


def waiting_offer(item: FoundItem) -> CustodyOffer | None:
    """The offer of this item that waits for an answer."""
    rows = CustodyOffer.objects.filter(item=item, state=OfferState.WAITING)
    return rows.select_related("from_person", "to_person", "place").first()


@transaction.atomic
def offer_custody(item: FoundItem, to_person, *, by, place=None, reason: str = "") -> CustodyOffer:
    """Hand a thing to a colleague, who answers in their own account.

    Only the holder gives; a supervisor may act for one who is away, with a reason.

    Raises:
        NotInHands, NotTheHolder, TakerIsHolder, OfferWaiting, StorageElsewhere, ReasonNeeded.
    """
    refuse_offer(item, to_person, by=by, place=place, reason=reason)
    return CustodyOffer.objects.create(
        item=item, from_person=item.holder, to_person=to_person, place=place, reason=reason[:200], at=timezone.now()
    )


def refuse_offer(item: FoundItem, to_person, *, by, place, reason: str) -> None:
    """The guards of an offer, under a lock of the item's row."""
    FoundItem.objects.select_for_update().get(pk=item.pk)
    item.refresh_from_db()
    refuse_unless_at_desk(item)
    if item.holder != by and not by.has_perm(ACT_FOR_HOLDER):
        raise NotTheHolder(number=item.number, who=item.holder.name if item.holder else "无人")
    if item.holder != by and not reason.strip():
        raise ReasonNeeded("您不是保管人,代为交出请写明原因。", field="reason")
    if item.holder == to_person:
        raise TakerIsHolder(number=item.number, who=to_person.name, field="to_person")
    waiting = waiting_offer(item)
    if waiting is not None:
        raise OfferWaiting(number=item.number, who=waiting.to_person.name)
    refuse_foreign_place(item, place)


def refuse_unless_at_desk(item: FoundItem) -> None:
    """Custody changes only while the desk has the thing."""
    if item.state not in AT_DESK_STATES:
        raise NotInHands(number=item.number, state=item.get_state_display())


def refuse_foreign_place(item: FoundItem, place) -> None:
    """A place belongs to the item's own service point, and is of the kind that its category needs."""
    if place is not None and place.service_point_id != item.service_point_id:
        raise StorageElsewhere(place=str(place), point=str(item.service_point), field="place")
    refuse_unfit_place(item.category, place, field="place")


@transaction.atomic
def accept_custody(
    offer: CustodyOffer, *, by, taker=None, place=None, means: str = SignatureMeans.ACCOUNT
) -> CustodyMove:
    """Take what was offered: the move is written with both acknowledgements.

    `taker` is who confirmed with their own password on `by`'s screen; in one's own account it is `by`.

    Raises:
        NotTheTaker: it was offered to somebody else.
        NotPossibleNow, SomeoneWasFaster: answered or withdrawn already.
        NotInHands: the thing left the desk.
    """
    taker = taker or by
    item = FoundItem.objects.select_for_update().get(pk=offer.item_id)
    if offer.to_person != taker:
        raise NotTheTaker(number=item.number, who=offer.to_person.name)
    refuse_unless_at_desk(item)
    refuse_foreign_place(item, place)
    move(offer, OfferState.ACCEPTED, by=by, answered_at=timezone.now())
    written = move_item(
        item, kind=MoveKind.HAND_OVER, by=by, from_person=offer.from_person, to_person=taker,
        place=place or offer.place, reason=offer.reason, given_at=offer.at, given_means=SignatureMeans.ACCOUNT,
        taken_at=timezone.now(), taken_means=means,
    )
    offer.item = item
    return written


@transaction.atomic
def refuse_custody(offer: CustodyOffer, *, by, reason: str) -> CustodyOffer:
    """Do not take what was offered, and say why.

    Raises:
        NotTheTaker, ReasonNeeded, NotPossibleNow, SomeoneWasFaster.
    """
    if offer.to_person != by:
        raise NotTheTaker(number=offer.item.number, who=offer.to_person.name)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(offer, OfferState.REFUSED, by=by, answered_at=timezone.now(), answer_reason=reason.strip()[:200])
    return offer


@transaction.atomic
def withdraw_custody(offer: CustodyOffer, *, by) -> CustodyOffer:
    """Take an offer back before it is answered.

    Raises:
        NotTheHolder, NotPossibleNow, SomeoneWasFaster.
    """
    if offer.from_person != by and not by.has_perm(ACT_FOR_HOLDER):
        raise NotTheHolder(number=offer.item.number, who=offer.from_person.name)
    move(offer, OfferState.WITHDRAWN, by=by, answered_at=timezone.now())
    return offer


@transaction.atomic
def hand_over_at_once(
    item: FoundItem, to_person, *, by, place=None, reason: str = "", means: str = SignatureMeans.ACCOUNT
) -> CustodyMove:
    """Offer and acceptance on one screen: `to_person` has confirmed with their own password or on paper."""
    offer = offer_custody(item, to_person, by=by, place=place, reason=reason)
    written = accept_custody(offer, by=by, taker=to_person, means=means)
    item.refresh_from_db()
    return written


@transaction.atomic
def store_item(item: FoundItem, place, *, by, reason: str = "") -> CustodyMove:
    """移位: put a thing elsewhere; who answers for it stays.

    Raises:
        NotInHands, AlreadyThere, StorageElsewhere.
    """
    refuse_unless_at_desk(item)
    refuse_foreign_place(item, place)
    if item.storage_id == place.pk:
        raise AlreadyThere(number=item.number, place=str(place), field="place")
    now = timezone.now()
    return move_item(
        item, kind=MoveKind.STORE, by=by, to_person=item.holder, place=place, reason=reason, given_at=now,
        given_means=SignatureMeans.ACCOUNT, taken_at=now, taken_means=SignatureMeans.ACCOUNT,
    )


@transaction.atomic
def correct_move(item: FoundItem, wrong: CustodyMove, *, by, reason: str, to_person=None, place=None) -> CustodyMove:
    """更正: a further row beside a wrong one. The item follows when the wrong one was its last.

    Raises:
        NotItsMove, ReasonNeeded, NotInHands, StorageElsewhere.
    """
    if wrong.item_id != item.pk:
        raise NotItsMove(number=item.number)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    refuse_unless_at_desk(item)
    refuse_foreign_place(item, place)
    is_last = not CustodyMove.objects.filter(item=item, pk__gt=wrong.pk).exists()
    written = CustodyMove.objects.create(
        item=item, kind=MoveKind.CORRECTION, at=timezone.now(), from_person=wrong.from_person,
        from_text=wrong.from_text, to_person=to_person or wrong.to_person, to_text=wrong.to_text,
        place=place or wrong.place, reason=reason.strip()[:200], corrects=wrong, by=by,
    )
    if is_last:
        _follow(item, written, by, reason)
    return written
