"""How many are there: each change is one guarded statement, so two desks never share the last one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ledgers.choices import MoveReason
from ledgers.errors.stock import (
    AssetUnknown,
    NotInStock,
    NotThisDesk,
    QuantityNeeded,
    SameCount,
    StockTooLarge,
    ThingNeeded,
    ThingThere,
)
from ledgers.models import LedgerEntry, LedgerKind, StockMove, StockThing
from servicedesk.errors import ReasonNeeded
from servicedesk.models import SearchEntry
from servicedesk.services.transitions import amend, note_history

MOST = 100_000
# The book of assets, as the search names it.
ASSETS = "asset"


@dataclass(frozen=True, kw_only=True)
class ThingFacts:
    """A thing as the manager types it."""

    name: str
    unit: str = "个"
    low_at: int = 0
    deposit: Decimal | None = None
    asset_number: str = ""
    is_active: bool = True


def check_thing(thing: StockThing | None, quantity: int, kind: LedgerKind, point: Any) -> StockThing:
    """The thing asked for. Raises ThingNeeded, QuantityNeeded, NotThisDesk."""
    if thing is None:
        raise ThingNeeded(field="thing")
    if thing.service_point_id != point.pk or thing.kind_id != kind.pk or not thing.is_active:
        raise NotThisDesk(name=thing.name, field="thing")
    if quantity is None or quantity < 1:
        raise QuantityNeeded(field="quantity")
    return thing


def take(thing: StockThing, quantity: int, *, owned: int = 0) -> None:
    """Take some away, if they are there, in the caller's transaction; the row is held until it ends.

    Raises:
        NotInStock: fewer are there.
    """
    rows = StockThing.objects.filter(pk=thing.pk, available__gte=quantity, is_active=True).update(
        available=F("available") - quantity, total=F("total") - owned,
    )
    thing.refresh_from_db()
    if not rows:
        raise NotInStock(
            name=thing.name, available=thing.available, quantity=quantity, unit=thing.unit, field="quantity"
        )


def note_move(thing: StockThing, change: int, reason: str, *, by: Any, entry: LedgerEntry | None = None,
              note: str = "") -> StockMove:
    """Write a change down, with how many are there now."""
    return StockMove.objects.create(
        thing=thing, entry=entry, reason=reason, change=change, left=thing.available, note=note.strip()[:200],
        at=timezone.now(), by=by,
    )


def put_back(entry: LedgerEntry, reason: str, *, by: Any, owned: int = 0, note: str = "") -> None:
    """What an entry took is there again, in the caller's transaction."""
    assert entry.thing is not None
    assert entry.quantity is not None
    thing, quantity = entry.thing, entry.quantity
    StockThing.objects.filter(pk=thing.pk).update(available=F("available") + quantity, total=F("total") + owned)
    thing.refresh_from_db()
    note_move(thing, quantity, reason, by=by, entry=entry, note=note)


def write_off(entry: LedgerEntry, *, by: Any, note: str) -> None:
    """What was lent comes back no more: the desk owns fewer."""
    assert entry.thing is not None
    assert entry.quantity is not None
    thing = entry.thing
    StockThing.objects.filter(pk=thing.pk).update(total=F("total") - entry.quantity)
    thing.refresh_from_db()
    note_move(thing, 0, MoveReason.LOST, by=by, entry=entry, note=note)


@transaction.atomic
def add_thing(kind: LedgerKind, facts: ThingFacts, *, by: Any, point: Any, quantity: int = 0) -> StockThing:
    """A new thing of a desk, with how many there are. Raises ThingThere, StockTooLarge, AssetUnknown."""
    _check_size(quantity)
    _check_asset(facts.asset_number, point)
    thing = StockThing(service_point=point, kind=kind, total=quantity, available=quantity, **vars(facts))
    thing._history_user = by
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:
        raise ThingThere(name=facts.name, field="name") from None
    if quantity:
        note_move(thing, quantity, MoveReason.IN, by=by, note="首次入库")
    return thing


@transaction.atomic
def edit_thing(thing: StockThing, facts: ThingFacts, *, by: Any, version: int | None = None) -> StockThing:
    """Rename it, change its limits, stop using it. Raises ThingThere, AssetUnknown, EditedMeanwhile."""
    if facts.asset_number != thing.asset_number:
        _check_asset(facts.asset_number, thing.service_point)
    try:
        with transaction.atomic():
            amend(thing, by=by, version=version, **vars(facts))
    except IntegrityError:
        raise ThingThere(name=facts.name, field="name") from None
    return thing


@transaction.atomic
def bring_in(thing: StockThing, quantity: int, *, by: Any, note: str = "") -> StockThing:
    """入库. Raises QuantityNeeded, StockTooLarge."""
    if quantity < 1:
        raise QuantityNeeded(field="quantity")
    _check_size(quantity)
    StockThing.objects.filter(pk=thing.pk).update(available=F("available") + quantity, total=F("total") + quantity)
    thing.refresh_from_db()
    _check_size(thing.total)
    note_move(thing, quantity, MoveReason.IN, by=by, note=note)
    return thing


@transaction.atomic
def take_out(thing: StockThing, quantity: int, reason: str, *, by: Any) -> StockThing:
    """出库: broken, worn, given elsewhere. Raises QuantityNeeded, ReasonNeeded, NotInStock."""
    if quantity < 1:
        raise QuantityNeeded(field="quantity")
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    take(thing, quantity, owned=quantity)
    note_move(thing, -quantity, MoveReason.OUT, by=by, note=reason)
    return thing


@transaction.atomic
def correct_count(thing: StockThing, counted: int, reason: str, *, by: Any) -> StockThing:
    """盘点更正: what is really here takes the place of what the book says, with the reason.

    Raises:
        ReasonNeeded: no reason.
        SameCount: the book is right.
        StockTooLarge: no desk has so many.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    _check_size(counted)
    held = StockThing.objects.select_for_update().get(pk=thing.pk)
    change = counted - held.available
    if not change:
        raise SameCount(field="counted")
    StockThing.objects.filter(pk=thing.pk).update(available=counted, total=F("total") + change)
    thing.refresh_from_db()
    note_move(thing, change, MoveReason.COUNT, by=by, note=reason)
    note_history(thing, by, f"盘点更正 {change:+d}:{reason.strip()}"[:100])
    return thing


def _check_asset(number: str, point: Any) -> None:
    if number and not SearchEntry.objects.filter(register=ASSETS, number=number, service_point=point).exists():
        raise AssetUnknown(number=number, field="asset_number")


def _check_size(quantity: int) -> None:
    if not 0 <= quantity <= MOST:
        raise StockTooLarge(limit=MOST, field="quantity")


