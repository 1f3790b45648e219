"""便民借用: what is here is lent, comes back once, and what was held for it is given back."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from ledgers.choices import EntryState, MoveReason
from ledgers.errors.entries import DepositNeeded, DocumentStillHeld, MoreThanDeposit, NothingHeld, ResultNeeded
from ledgers.models import LedgerEntry, LedgerKind
from ledgers.services.entries import EntryFacts, end, note_in_log, write_entry
from ledgers.services.stock import check_thing, note_move, put_back, take, write_off
from servicedesk.errors import ReasonNeeded
from servicedesk.services import preferences


def usual_due(now: dt.datetime) -> dt.datetime:
    """When a thing lent now should be back: after the hours of the setting, and before the desk closes."""
    local = timezone.localtime(now).replace(second=0, microsecond=0)
    after = local + dt.timedelta(hours=preferences.value("ledgers.loan_hours"))
    closing = closing_of(local)
    return closing if local < closing < after else after


def closing_of(moment: dt.datetime) -> dt.datetime:
    """Until when bags and loans are fetched and brought back on the day of a moment."""
    day = timezone.localdate(moment)
    return timezone.make_aware(dt.datetime.combine(day, preferences.value("ledgers.deposit_until")))


@transaction.atomic
def lend_thing(kind: LedgerKind, facts: EntryFacts, *, by: Any, point: Any) -> LedgerEntry:
    """Lend what is here.

    Raises:
        ThingNeeded, QuantityNeeded, NotThisDesk: a slip of the hand.
        NothingHeld: the thing is lent against a deposit or a document only.
        NotInStock: it is not here; of two desks that lend the last one, one gets this.
        What `write_entry` raises.
    """
    thing = check_thing(facts.thing, facts.quantity, kind, point)
    if thing.deposit and not facts.deposit and not facts.held_document:
        raise NothingHeld(name=thing.name, deposit=f"{thing.deposit:,.0f}", field="deposit")
    take(thing, facts.quantity)
    entry = write_entry(
        kind, facts, by=by, point=point, thing=thing, quantity=facts.quantity, deposit=facts.deposit or None,
        held_document=facts.held_document,
    )
    note_move(thing, -facts.quantity, MoveReason.LEND, by=by, entry=entry)
    return entry


@transaction.atomic
def return_thing(
    entry: LedgerEntry, *, by: Any, deposit_returned: Decimal | None = None, is_document_back: bool = False,
    is_damaged: bool = False, result: str = "",
) -> LedgerEntry:
    """归还, once: the thing is here again, deposit and document are given back.

    Raises:
        DepositNeeded, MoreThanDeposit, DocumentStillHeld: what was held is not settled.
        ResultNeeded: it is damaged, or the deposit was not given back in full, and nothing says why.
        NotPossibleNow, SomeoneWasFaster: it came back before.
    """
    _check_deposit(entry, deposit_returned, result)
    if entry.held_document and not is_document_back:
        raise DocumentStillHeld(document=entry.held_document, field="is_document_back")
    if is_damaged and not result.strip():
        raise ResultNeeded(what="损坏情况", field="result")
    end(
        entry, EntryState.BACK, by=by, result=result.strip()[:300], is_damaged=is_damaged,
        deposit_returned=deposit_returned if entry.deposit else None,
    )
    put_back(entry, MoveReason.BACK, by=by, note=result if is_damaged else "")
    return entry


def _check_deposit(entry: LedgerEntry, returned: Decimal | None, result: str) -> None:
    if not entry.deposit:
        return
    if returned is None:
        raise DepositNeeded(deposit=entry.deposit, field="deposit_returned")
    if returned > entry.deposit:
        raise MoreThanDeposit(deposit=entry.deposit, field="deposit_returned")
    if returned < entry.deposit and not result.strip():
        raise ResultNeeded(what="押金没有全退的原因", field="result")


@transaction.atomic
def close_loan(entry: LedgerEntry, reason: str, *, by: Any) -> LedgerEntry:
    """未还结案: it comes back no more; the desk owns fewer, and the day's log says so.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it has ended.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    end(entry, EntryState.LOST, by=by, result=reason.strip()[:300])
    write_off(entry, by=by, note=reason)
    note_in_log(entry, f"{entry.amount}未归还,已结案", by=by, happened_at=timezone.now())
    return entry
