"""抱怨: written into the ledger, soothed on the spot, archived by the month."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import GRIEVANCE_PREFIX, Channel, GrievanceState
from complaints.errors.grievances import (
    ConfirmedAlready,
    GrievanceEnded,
    GrievanceInFuture,
    GrievanceWordsNeeded,
    SoothingNeeded,
    ToldBeforeReceived,
)
from complaints.models import Grievance
from complaints.services.actions import needed, said
from complaints.services.kinds import categories, check_category
from complaints.services.recurrences import hear_again
from dutylog.choices import EntryCategory
from dutylog.intakes import IntakeFacts
from dutylog.models import LogEntry
from dutylog.services.enquiries import refuse_numbers
from dutylog.services.entries import record_in_log
from dutylog.services.registerlines import strike_lines_about
from servicedesk.services.inbox import settle_all
from servicedesk.services.search import index_record
from servicedesk.services.sending import PERSONAL
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

TOLERANCE = dt.timedelta(minutes=1)
SHARED_TEXTS = ("words", "soothing", "place_detail")
OPEN_STATES = (GrievanceState.DRAFT, GrievanceState.REGISTERED, GrievanceState.SOOTHED)


@dataclass(frozen=True, kw_only=True)
class GrievanceFacts:
    """What a visitor grumbled about, and what was done on the spot."""

    received_at: dt.datetime
    category: str
    words: str
    zone: Any = None
    subcategory: str = ""
    place_detail: str = ""
    channel: str = Channel.VISIT
    visitor_name: str = ""
    phone: str = ""
    department: Any = None
    soothing: str = ""
    supervisor_told_at: dt.datetime | None = None
    signals: tuple[str, ...] = ()


def _columns(facts: GrievanceFacts) -> dict[str, Any]:
    found = {name: value.strip() if isinstance(value, str) else value for name, value in vars(facts).items()}
    return found | {"signals": "、".join(facts.signals)}


def check_grievance(facts: GrievanceFacts, known: tuple[str, str] = ("", "")) -> None:
    """Refuse what is missing or cannot be."""
    if not facts.words.strip():
        raise GrievanceWordsNeeded(field="words")
    check_category(facts.category, facts.subcategory, known)
    for field in SHARED_TEXTS:
        refuse_numbers(getattr(facts, field), field)
    for field in ("received_at", "supervisor_told_at"):
        moment = getattr(facts, field)
        if moment and moment > timezone.now() + TOLERANCE:
            raise GrievanceInFuture(at=said(moment), field=field)
    told = facts.supervisor_told_at
    if told and told < facts.received_at.replace(second=0, microsecond=0):
        raise ToldBeforeReceived(field="supervisor_told_at")


@transaction.atomic
def register_grievance(facts: GrievanceFacts, *, by: Any, point: Any, is_soothed: bool = False) -> Grievance:
    """Write a row of the ledger and its line of the day.

    Raises:
        GrievanceWordsNeeded, NoSuchCategory, NumberInText, GrievanceInFuture, ToldBeforeReceived: a slip of the hand.
        SoothingNeeded: it is said to be soothed, and not how.
    """
    check_grievance(facts)
    grievance = Grievance(
        number=take_serial(GRIEVANCE_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        **_columns(facts),
    )
    grievance._history_user = by
    grievance.save()
    write_line(grievance, by=by)
    if is_soothed:
        soothe_grievance(grievance, facts.soothing, by=by)
    index_record(grievance)
    hear_again(grievance, by=by)
    return grievance


def write_line(grievance: Grievance, *, by: Any, more: str = "") -> LogEntry:
    """Its line of the day; no visitor stands in it."""
    text = f"{grievance.get_channel_display()}抱怨({grievance.kind})" + (f":{more}" if more else "")
    return record_in_log(
        grievance, EntryCategory.GRIEVANCE, text, by=by, happened_at=grievance.received_at,
        handling=grievance.soothing,
    )


@transaction.atomic
def draft_grievance(facts: IntakeFacts, *, by: Any, point: Any) -> Grievance:
    """待核实: begun by another register, or by a visitor (`by` is nobody); nobody has received it yet, and it counts
    once somebody did (`accept_draft`).

    What a visitor wrote may hold numbers: they are left out, the sealed phone has its own place.
    """
    words = PERSONAL.sub("(号码略)", facts.words).strip()[:2000] or "(没有留言)"
    grievance = Grievance(
        number=take_serial(GRIEVANCE_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=None,
        state=GrievanceState.DRAFT, received_at=facts.received_at, channel=Channel.CODE, words=words,
        category=categories()[-1].name, zone=facts.zone, place_detail=facts.place_detail[:100],
        visitor_name=facts.visitor_name[:100], phone=facts.phone, source=facts.source,
        source_text=facts.source_text[:60],
    )
    grievance._history_user = by
    grievance.save()
    index_record(grievance)
    return grievance


@transaction.atomic
def accept_draft(grievance: Grievance, facts: GrievanceFacts, *, by: Any, version: int | None = None) -> Grievance:
    """核实: the draft becomes a row of the ledger with its line of the day; whoever looked at it received it.

    Raises:
        NotPossibleNow, SomeoneWasFaster, EditedMeanwhile: it is no draft any more.
        The slips of `register_grievance`.
    """
    _put(grievance, facts, by=by, version=version)
    move(grievance, GrievanceState.REGISTERED, by=by, created_by=by)
    write_line(grievance, by=by)
    settle_all(grievance)
    hear_again(grievance, by=by)
    return grievance


@transaction.atomic
def edit_grievance(grievance: Grievance, facts: GrievanceFacts, *, by: Any, version: int | None = None) -> Grievance:
    """Complete or put right what was typed.

    Raises:
        GrievanceEnded, EditedMeanwhile: too late.
        The slips of `register_grievance`.
    """
    _put(grievance, facts, by=by, version=version)
    hear_again(grievance, by=by)
    return grievance


def _put(grievance: Grievance, facts: GrievanceFacts, *, by: Any, version: int | None) -> None:
    refuse_ended(grievance)
    check_grievance(facts, (grievance.category, grievance.subcategory))
    amend(grievance, by=by, version=version, **_columns(facts))
    index_record(grievance)


def refuse_ended(grievance: Grievance) -> None:
    """Raises GrievanceEnded: it takes no more changes."""
    if grievance.state not in OPEN_STATES:
        raise GrievanceEnded(number=grievance.number, state=grievance.get_state_display())


@transaction.atomic
def soothe_grievance(grievance: Grievance, soothing: str, *, by: Any) -> Grievance:
    """当场化解: how it was soothed.

    Raises:
        SoothingNeeded, NumberInText: it does not say how.
        NotPossibleNow, SomeoneWasFaster: too late.
    """
    if not soothing.strip():
        raise SoothingNeeded(field="soothing")
    refuse_numbers(soothing, "soothing")
    move(
        grievance, GrievanceState.SOOTHED, by=by, soothing=soothing.strip()[:500], soothed_at=timezone.now()
    )
    index_record(grievance)
    return grievance


@transaction.atomic
def confirm_grievance(grievance: Grievance, *, by: Any) -> Grievance:
    """督导确认: the last cell of the ledger's row. Raises GrievanceEnded, ConfirmedAlready."""
    if grievance.state in (GrievanceState.DRAFT, GrievanceState.VOID):
        raise GrievanceEnded(number=grievance.number, state=grievance.get_state_display())
    if grievance.confirmed_by is not None:
        raise ConfirmedAlready(number=grievance.number, name=grievance.confirmed_by.name)
    amend(grievance, by=by, reason="督导确认", confirmed_by=by, confirmed_at=timezone.now())
    return grievance


@transaction.atomic
def archive_grievances(rows: Sequence[Grievance], *, by: Any) -> int:
    """归档 of those that are soothed; how many. Raises SomeoneWasFaster."""
    soothed = [row for row in rows if row.state == GrievanceState.SOOTHED]
    for row in soothed:
        move(row, GrievanceState.ARCHIVED, by=by)
    return len(soothed)


@transaction.atomic
def void_grievance(grievance: Grievance, reason: str, *, by: Any) -> Grievance:
    """作废: written by mistake, or a draft that says nothing; its line of the day is struck.

    Raises:
        TextNeeded, NumberInText: no reason.
        NotPossibleNow, SomeoneWasFaster: it has ended.
    """
    reason = needed(reason, "原因", "reason")
    move(grievance, GrievanceState.VOID, by=by, reason=reason[:100], void_reason=reason[:200])
    strike_lines_about(grievance, f"抱怨作废:{reason}", by=by)
    settle_all(grievance)
    index_record(grievance)
    return grievance
