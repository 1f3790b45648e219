"""Which service writes an entry of which ledger."""

from collections.abc import Callable
from typing import Any

from ledgers.choices import Service
from ledgers.models import LedgerEntry, LedgerKind
from ledgers.services.deposits import take_bag
from ledgers.services.entries import EntryFacts, file_entry
from ledgers.services.gifts import issue_gift
from ledgers.services.loans import lend_thing
from ledgers.services.visits import leave_message, receive_visitor

WRITERS: dict[str, Callable[..., LedgerEntry]] = {
    Service.PLAIN: file_entry, Service.DUE: file_entry, Service.BROADCAST: file_entry, Service.LOAN: lend_thing,
    Service.DEPOSIT: take_bag, Service.GIFT: issue_gift, Service.VISIT: receive_visitor,
    Service.MESSAGE: leave_message,
}


def register_entry(kind: LedgerKind, facts: EntryFacts, *, by: Any, point: Any) -> LedgerEntry:
    """Write an entry as its ledger works. Raises what the service of the ledger raises."""
    return WRITERS[kind.service](kind, facts, by=by, point=point)
