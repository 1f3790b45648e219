"""An entry is written, completed, ended, voided: what all ledgers do alike."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from dutylog.choices import EntryCategory
from dutylog.services.entries import record_in_log
from dutylog.services.registerlines import strike_lines_about
from ledgers.choices import FIRST_STATE, LOG_CATEGORY, WITH_DUE, EntryState, MoveReason, Service
from ledgers.errors.entries import DueBeforeStart, EntryEnded, EntryInFuture, KindClosed, ResultNeeded
from ledgers.models import LedgerEntry, LedgerKind, LedgerVersion, StockThing
from ledgers.services.stock import put_back
from ledgers.services.values import check_values, value_columns
from servicedesk.errors import ReasonNeeded
from servicedesk.models import User
from servicedesk.services.inbox import settle_all
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

TOLERANCE = dt.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class EntryFacts:
    """What was typed: the fields of the ledger by their keys, and what its way of working asks besides."""

    happened_at: dt.datetime
    values: Mapping[str, Any] = field(default_factory=dict)
    thing: StockThing | None = None
    quantity: int = 1
    due_at: dt.datetime | None = None
    deposit: Decimal | None = None
    held_document: str = ""
    told_person: User | None = None


def check_facts(kind: LedgerKind, version: LedgerVersion, facts: EntryFacts) -> None:
    """Refuse what is missing or cannot be."""
    check_values(version, facts.values)
    if facts.happened_at > timezone.now() + TOLERANCE:
        raise EntryInFuture(at=f"{timezone.localtime(facts.happened_at):%m-%d %H:%M}", field="happened_at")
    if kind.service in WITH_DUE and facts.due_at and facts.due_at < facts.happened_at:
        raise DueBeforeStart(field="due_at")


def write_entry(kind: LedgerKind, facts: EntryFacts, *, by: Any, point: Any, **more: Any) -> LedgerEntry:
    """Save an entry with its number, its line of the day where the ledger has one, and its search words.

    Runs in the caller's transaction, after whatever it takes from the stock.

    Raises:
        KindClosed: the ledger is not in use.
        FieldNeeded, NotAChoice, EntryInFuture, DueBeforeStart: a slip of the hand.
    """
    version = kind.current
    if not kind.is_active or version is None:
        raise KindClosed(name=kind.name)
    check_facts(kind, version, facts)
    entry = LedgerEntry(
        number=take_serial(kind.prefix, point), service_point=point, created_at=timezone.now(), created_by=by,
        kind=kind, kind_version=version, state=FIRST_STATE[Service(kind.service)], happened_at=facts.happened_at,
        due_at=facts.due_at if kind.service in WITH_DUE else None, **value_columns(version, facts.values), **more,
    )
    entry._history_user = by
    entry.save()
    if kind.is_logged:
        note_in_log(entry, line_of(entry), by=by)
    index_record(entry)
    return entry


def line_of(entry: LedgerEntry) -> str:
    """Its line of the day; no visitor stands in it."""
    kind, values = entry.kind, entry.values
    more = values.get("category", "") if kind.service == Service.BROADCAST else entry.amount
    return f"{kind.name}" + (f":{more}" if more else "")


def note_in_log(entry: LedgerEntry, text: str, *, by: Any, happened_at: dt.datetime | None = None) -> None:
    # An entry of a ledger that is counted without lines must not be counted by one as well.
    category = LOG_CATEGORY.get(entry.service, EntryCategory.OTHER) if entry.kind.is_logged else EntryCategory.OTHER
    record_in_log(entry, category, text, by=by, happened_at=happened_at or entry.happened_at)


@transaction.atomic
def file_entry(kind: LedgerKind, facts: EntryFacts, *, by: Any, point: Any) -> LedgerEntry:
    """An entry of a ledger without any stock, person or slip. Raises what `write_entry` raises."""
    return write_entry(kind, facts, by=by, point=point)


@transaction.atomic
def edit_entry(entry: LedgerEntry, facts: EntryFacts, *, by: Any, version: int | None = None) -> LedgerEntry:
    """Complete or put right what was typed, in the form that it was typed in; the thing and how many stay.

    Raises:
        EntryEnded, EditedMeanwhile: too late.
        The slips of `write_entry`.
    """
    if not entry.is_open and entry.state not in (EntryState.FILED, EntryState.ISSUED):
        raise EntryEnded(number=entry.number, state=entry.get_state_display())
    check_facts(entry.kind, entry.kind_version, facts)
    due: dict[str, Any] = {"due_at": facts.due_at} if entry.kind.service in WITH_DUE else {}
    amend(
        entry, by=by, version=version, happened_at=facts.happened_at, **due,
        **value_columns(entry.kind_version, facts.values),
    )
    index_record(entry)
    return entry


def end(entry: LedgerEntry, to: str, *, by: Any, **changes: Any) -> None:
    """Bring an entry to its end, in the caller's transaction; what anybody was told of it asks for nothing more."""
    move(entry, to, by=by, ended_at=timezone.now(), ended_by=by, **changes)
    settle_all(entry)
    index_record(entry)


@transaction.atomic
def finish_entry(entry: LedgerEntry, result: str, *, by: Any) -> LedgerEntry:
    """办结 of a ledger that asks for it. Raises ResultNeeded, NotPossibleNow, SomeoneWasFaster."""
    if not result.strip():
        raise ResultNeeded(what="办理结果", field="result")
    end(entry, EntryState.DONE, by=by, result=result.strip()[:300])
    return entry


@transaction.atomic
def void_entry(entry: LedgerEntry, reason: str, *, by: Any) -> LedgerEntry:
    """作废: it keeps its number and counts no more; what it took from the stock is there again.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it has ended.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    is_given = entry.state == EntryState.ISSUED
    move(entry, EntryState.VOID, by=by, reason=reason.strip()[:100], void_reason=reason.strip()[:200])
    if entry.thing is not None:
        put_back(entry, MoveReason.VOID, by=by, owned=(entry.quantity or 0) if is_given else 0)
    strike_lines_about(entry, f"登记作废:{reason.strip()}", by=by)
    settle_all(entry)
    index_record(entry)
    return entry
