"""来访 and 转告: somebody comes to see a colleague, or leaves word for one who is away."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ledgers.choices import EntryState, FieldType, Service
from ledgers.errors.entries import NoNumberHere, NotYourMessage, StaffNeeded
from ledgers.models import LedgerEntry, LedgerKind
from ledgers.services.entries import EntryFacts, end, write_entry
from servicedesk.errors import NotPossibleNow
from servicedesk.services.disclosing import disclose
from servicedesk.services.inbox import settle, tell
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend, move


@transaction.atomic
def receive_visitor(kind: LedgerKind, facts: EntryFacts, *, by: Any, point: Any) -> LedgerEntry:
    """来访: the colleague finds it in their inbox at once. Raises StaffNeeded, and what `write_entry` raises."""
    if facts.told_person is None:
        raise StaffNeeded(what="被访人", field="told_person")
    entry = write_entry(kind, facts, by=by, point=point, told_person=facts.told_person)
    tell_host(entry, by=by)
    return entry


@transaction.atomic
def tell_host(entry: LedgerEntry, *, by: Any) -> LedgerEntry:
    """Tell the colleague (again) that somebody waits; the first time stands in the ledger."""
    if entry.state != EntryState.ARRIVED:
        raise NotPossibleNow(number=entry.number, state=entry.get_state_display(), wanted="告知")
    assert entry.told_person is not None
    tell(
        [entry.told_person], f"有来访在{entry.service_point}等您,登记 {entry.number}",
        url=reverse("ledgers:entry_own", args=[entry.pk]), about=entry,
    )
    if entry.told_at is None:
        amend(entry, by=by, reason="告知被访人", told_at=timezone.now())
    return entry


@transaction.atomic
def begin_visit(entry: LedgerEntry, *, by: Any) -> LedgerEntry:
    """已接待: the colleague has met the visitor. Raises NotPossibleNow, SomeoneWasFaster."""
    move(entry, EntryState.RECEIVED, by=by, received_at=timezone.now())
    index_record(entry)
    return entry


@transaction.atomic
def end_visit(entry: LedgerEntry, *, by: Any, result: str = "") -> LedgerEntry:
    """离开. Raises NotPossibleNow, SomeoneWasFaster."""
    end(entry, EntryState.LEFT, by=by, result=result.strip()[:300])
    return entry


@transaction.atomic
def leave_message(kind: LedgerKind, facts: EntryFacts, *, by: Any, point: Any) -> LedgerEntry:
    """转告: it lies in the colleague's inbox and on their start page until they say that they know.

    Raises:
        StaffNeeded: for nobody.
        What `write_entry` raises.
    """
    if facts.told_person is None:
        raise StaffNeeded(what="转告给谁", field="told_person")
    entry = write_entry(
        kind, facts, by=by, point=point, told_person=facts.told_person, told_at=timezone.now(),
    )
    tell(
        [facts.told_person], f"{by.name} 为您记了一条转告 {entry.number},请打开看",
        url=reverse("ledgers:entry_own", args=[entry.pk]), about=entry,
    )
    return entry


@transaction.atomic
def acknowledge_message(entry: LedgerEntry, *, by: Any) -> LedgerEntry:
    """知悉, once, by whom it is for.

    Raises:
        NotYourMessage: it is for somebody else.
        NotPossibleNow, SomeoneWasFaster: they said so before.
    """
    if entry.told_person is None or entry.told_person.pk != by.pk:
        raise NotYourMessage(number=entry.number, name=entry.told_person.name if entry.told_person else "别人")
    end(entry, EntryState.KNOWN, by=by)
    settle(by, entry)
    return entry


@transaction.atomic
def open_number(entry: LedgerEntry, *, by: Any) -> dict[str, str]:
    """看电话: whoever a message is for calls back; that they opened the number is written down.

    A visitor who waits at the desk is met, not called: of a visit nothing is opened here.

    Raises:
        NoNumberHere: it is no message of theirs.
    """
    if entry.service != Service.MESSAGE or entry.told_person_id != by.pk:
        raise NoNumberHere(number=entry.number)
    fields = [field for field in entry.kind_version.columns if field.type == FieldType.PHONE]
    numbers = {field.label: entry.numbers[field.key] for field in fields if entry.numbers.get(field.key)}
    for label in numbers:
        disclose(entry, label, by, "转告给本人,回电", right=None)
    return numbers
