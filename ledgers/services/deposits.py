"""寄存: a bag is taken in with a slip of two parts, and given back once."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from ledgers.choices import EntryState, Proof, Service
from ledgers.errors.entries import NoWitness, ResultNeeded, SlipUnknown
from ledgers.models import LedgerEntry, LedgerKind
from ledgers.services.entries import EntryFacts, end, note_in_log, write_entry
from servicedesk.errors import ReasonNeeded, SamePerson


@transaction.atomic
def take_bag(kind: LedgerKind, facts: EntryFacts, *, by: Any, point: Any) -> LedgerEntry:
    """Take a bag in. Raises what `write_entry` raises: without the declaration nothing is taken."""
    return write_entry(kind, facts, by=by, point=point)


def bag_of_slip(typed: str, user: Any) -> LedgerEntry:
    """The deposit whose slip was scanned or typed; of today's own desk the running number is enough.

    Raises:
        SlipUnknown: there is none that the person may see.
    """
    text = typed.strip().upper()
    rows = LedgerEntry.objects.visible_to(user).of_service(Service.DEPOSIT)
    found = rows.filter(number=text).first()
    if found is None and text.isdecimal() and len(text) <= 6:
        kept = rows.filter(state=EntryState.KEPT, number__endswith=f"-{int(text):03d}")
        found = kept.order_by("-happened_at", "-pk").first()
    if found is None:
        raise SlipUnknown(number=typed.strip()[:40], field="number")
    return found


@transaction.atomic
def give_bag(
    entry: LedgerEntry, *, by: Any, proof: str = Proof.SLIP, result: str = "", witness: Any = None
) -> LedgerEntry:
    """取走, once: by the slip; where it is lost by a document that two people looked at.

    `witness` has confirmed with their own password before this is called.

    Raises:
        ResultNeeded: which document was looked at is not said.
        NoWitness, SamePerson: nobody else looked.
        NotPossibleNow, SomeoneWasFaster: the bag is gone; a slip opens it once.
    """
    if proof == Proof.DOCUMENT:
        if not result.strip():
            raise ResultNeeded(what="核对了什么证件、姓名是否相符", field="result")
        if witness is None:
            raise NoWitness(field="witness_no")
        if witness == by:
            raise SamePerson(name=witness.name, field="witness_no")
    end(
        entry, EntryState.PICKED, by=by, proof=proof, result=result.strip()[:300],
        witness=witness if proof == Proof.DOCUMENT else None,
    )
    if proof == Proof.DOCUMENT:
        note_in_log(entry, "寄存单遗失,凭证件由两人核对后取走", by=by, happened_at=timezone.now())
    return entry


@transaction.atomic
def hand_over_bag(entry: LedgerEntry, reason: str, *, by: Any) -> LedgerEntry:
    """转拾物: nobody fetched it; from now on the finds keep it. `reason` names their number.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it was fetched.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    end(entry, EntryState.HANDED, by=by, result=reason.strip()[:300])
    note_in_log(entry, "寄存物品无人领取,转拾物登记", by=by, happened_at=timezone.now())
    return entry
