"""赠品发放: what is in stock is given away, to each person no more than the limit."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from ledgers.choices import EntryState, MoveReason
from ledgers.errors.entries import OverLimit, PhoneNeeded
from ledgers.models import LedgerEntry, LedgerKind, StockThing
from ledgers.models.entries import numbers_in
from ledgers.services.entries import EntryFacts, write_entry
from ledgers.services.stock import check_thing, note_move, take
from ledgers.services.values import value_columns
from servicedesk.sealing import digest
from servicedesk.services import preferences


@transaction.atomic
def issue_gift(kind: LedgerKind, facts: EntryFacts, *, by: Any, point: Any) -> LedgerEntry:
    """Give something away.

    Raises:
        ThingNeeded, QuantityNeeded, NotThisDesk, PhoneNeeded: a slip of the hand.
        NotInStock: fewer are there; the stock never falls below zero, whoever gives at once.
        OverLimit: this person has had theirs today.
        What `write_entry` raises.
    """
    thing = check_thing(facts.thing, facts.quantity, kind, point)
    # Taken first: the row of the thing is held, so the count below is exact for two desks as well.
    take(thing, facts.quantity, owned=facts.quantity)
    _check_limit(kind, thing, facts)
    entry = write_entry(kind, facts, by=by, point=point, thing=thing, quantity=facts.quantity)
    note_move(thing, -facts.quantity, MoveReason.ISSUE, by=by, entry=entry)
    return entry


def _check_limit(kind: LedgerKind, thing: StockThing, facts: EntryFacts) -> None:
    limit = preferences.value("ledgers.gift_limit")
    if not limit or kind.current is None:
        return
    numbers = list(numbers_in(value_columns(kind.current, facts.values)["sealed"]).values())
    person = digest(numbers[0]) if numbers else ""
    if not person:
        phone = next((field.key for field in kind.current.columns if field.is_sealed), "phone")
        raise PhoneNeeded(field=f"v_{phone}")
    taken = taken_today(thing, person, facts.happened_at)
    if taken + facts.quantity > limit:
        raise OverLimit(taken=taken, unit=thing.unit, name=thing.name, limit=limit, field="quantity")


def taken_today(thing: StockThing, person: str, moment: dt.datetime) -> int:
    """How many of a thing a person got on the day of a moment."""
    midnight = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = LedgerEntry.objects.filter(
        person_digest=person, thing=thing, happened_at__gte=midnight, happened_at__lt=midnight + dt.timedelta(days=1)
    ).exclude(state=EntryState.VOID)
    return rows.aggregate(Sum("quantity"))["quantity__sum"] or 0
