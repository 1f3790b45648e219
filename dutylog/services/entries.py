"""Lines of the running log: by hand, and by the registers in the transaction of their own record."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from dutylog.choices import EntryCategory
from dutylog.errors.entries import (
    HappensInFuture,
    LineOfRegister,
    LineSealed,
    LineStruck,
    NotYourLine,
    OnlyNoticesStand,
    StandsNoDay,
    TextNeeded,
    TextTooLong,
    WindowOver,
)
from dutylog.models import DutyDay, LogEntry, Shift
from dutylog.services.days import duty_day, duty_day_at
from dutylog.services.locks import hold_open, refuse_locked
from servicedesk.errors import ReasonNeeded
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend

MOST_CHARACTERS = 4000
# Days ahead that a line may have to go until it finds a sheet that is not closed.
MOST_AHEAD = 31
# A notice that stands longer than this is written anew.
MOST_STANDING = 92


@dataclass(frozen=True, kw_only=True)
class EntryFacts:
    """A line as the clerk typed it."""

    happened_at: dt.datetime
    category: str
    text: str
    zone: Any = None
    place_detail: str = ""
    handling: str = ""
    result: str = ""
    stands_until: dt.date | None = None


def record_in_log(
    record: models.Model, category: str, text: str, *, by, happened_at: dt.datetime | None = None,
    handling: str = "", result: str = "",
) -> LogEntry:
    """Write what a register did as a line of the day, with the record's number.

    Call it in the transaction that saves the record, once per event; `record` has a `number` and a
    `service_point`. `text` never holds a visitor's name, phone or document number. A moment that lies in a
    locked day is written on today's sheet as 补录.
    """
    now = timezone.now()
    happened = happened_at or now
    day, shift = _open_sheet(happened, record.service_point, by=by)
    entry = LogEntry(
        day=day, shift=shift, happened_at=happened, entered_at=now, category=category, text=text,
        is_late_entry=_is_late(happened, now, shift, day), zone=getattr(record, "zone", None), handling=handling,
        result=result[:200], record=record, record_number=record.number, created_by=by,
    )
    entry._history_user = by
    entry.save()
    return entry


def _open_sheet(happened: dt.datetime, point, *, by) -> tuple[DutyDay, Shift | None]:
    """The sheet a moment belongs to; when it is closed the present one, or the first after it still open."""
    day, shift = duty_day_at(happened, point, by=by)
    if hold_open(day):
        return day, shift
    day, shift = duty_day_at(timezone.now(), point, by=by)
    for _ in range(MOST_AHEAD):
        if hold_open(day):
            return day, shift
        day, shift = duty_day(day.on + dt.timedelta(days=1), point, by=by), None
    return day, shift


def _is_late(happened: dt.datetime, now: dt.datetime, shift: Shift | None, day: DutyDay) -> bool:
    """补录: written long after it happened (in whole minutes), or on a later day's sheet than its own."""
    allowed = dt.timedelta(minutes=preferences.value("dutylog.late_entry_minutes"))
    if now.replace(second=0, microsecond=0) - happened > allowed:
        return True
    return shift is None and day.on > timezone.localdate(happened)


@transaction.atomic
def write_entry(facts: EntryFacts, *, by, point) -> LogEntry:
    """Write a line by hand, on the sheet and shift it happened in, once.

    Raises:
        TextNeeded, TextTooLong, HappensInFuture: a slip of the hand.
    """
    _check(facts)
    now = timezone.now()
    day, shift = _open_sheet(facts.happened_at, point, by=by)
    entry = LogEntry(
        day=day, shift=shift, entered_at=now, is_late_entry=_is_late(facts.happened_at, now, shift, day),
        created_by=by, **_columns(facts),
    )
    entry._history_user = by
    entry.save()
    index_record(entry)
    return entry


def _columns(facts: EntryFacts) -> dict[str, Any]:
    return {
        "happened_at": facts.happened_at, "category": facts.category, "text": facts.text.strip(),
        "zone": facts.zone, "place_detail": facts.place_detail.strip(), "handling": facts.handling.strip(),
        "result": facts.result.strip(), "stands_until": facts.stands_until,
    }


def _check(facts: EntryFacts) -> None:
    if not facts.text.strip():
        raise TextNeeded(field="text")
    if max(len(facts.text), len(facts.handling)) > MOST_CHARACTERS:
        raise TextTooLong(limit=MOST_CHARACTERS, field="text")
    if facts.happened_at > timezone.now() + dt.timedelta(minutes=1):
        raise HappensInFuture(at=f"{timezone.localtime(facts.happened_at):%m-%d %H:%M}", field="happened_at")
    if facts.stands_until is not None:
        _check_standing(facts.category, facts.stands_until, timezone.localdate(facts.happened_at))


def _check_standing(category: str, until: dt.date, on: dt.date) -> None:
    if category != EntryCategory.NOTICE:
        raise OnlyNoticesStand(field="stands_until")
    if not on < until <= on + dt.timedelta(days=MOST_STANDING):
        raise StandsNoDay(days=MOST_STANDING, field="stands_until")


def window_ends_at(entry: LogEntry) -> dt.datetime:
    """Until when its author may change a line."""
    return entry.entered_at + dt.timedelta(minutes=preferences.value("dutylog.edit_minutes"))


def may_edit(entry: LogEntry, user) -> bool:
    """Whether the person may still change the text of a line."""
    return (
        entry.created_by_id == user.pk and not entry.is_struck and not entry.is_by_register
        and not entry.day.is_locked and not entry.is_sealed and timezone.now() <= window_ends_at(entry)
    )


@transaction.atomic
def edit_entry(entry: LogEntry, facts: EntryFacts, *, by, version: int | None = None) -> LogEntry:
    """Change a line within its window; the old text stays in its history.

    Raises:
        DayLocked, LineStruck, LineOfRegister, NotYourLine, WindowOver: only an addendum is possible.
        TextNeeded, TextTooLong, HappensInFuture: a slip of the hand.
        EditedMeanwhile: somebody else changed it since `version`.
    """
    _refuse_fixed(entry)
    if entry.created_by_id != by.pk:
        raise NotYourLine(name=entry.created_by.name)
    if timezone.now() > window_ends_at(entry):
        raise WindowOver(minutes=preferences.value("dutylog.edit_minutes"))
    _check(facts)
    day, shift = _open_sheet(facts.happened_at, entry.service_point, by=by)
    late = _is_late(facts.happened_at, entry.entered_at, shift, day)
    amend(entry, by=by, version=version, day=day, shift=shift, is_late_entry=late, **_columns(facts))
    index_record(entry)
    return entry


def _refuse_fixed(entry: LogEntry) -> None:
    refuse_locked(entry.day)
    if entry.is_sealed:
        raise LineSealed(at=f"{timezone.localtime(entry.day.closed_at):%m-%d %H:%M}")
    if entry.is_struck:
        raise LineStruck(at=f"{timezone.localtime(entry.struck_at):%m-%d %H:%M}")
    if entry.is_by_register:
        raise LineOfRegister(number=entry.record_number)


def may_strike(entry: LogEntry, user) -> bool:
    """Its author within the window; afterwards, and another's line, who may strike lines."""
    if entry.is_struck or entry.is_by_register or entry.day.is_locked or entry.is_sealed:
        return False
    return may_edit(entry, user) or user.has_perm("dutylog.delete_logentry")


@transaction.atomic
def strike_entry(entry: LogEntry, reason: str, *, by) -> LogEntry:
    """划去: the line stays to be read, struck through with name, time and reason, and counts no more.

    Raises:
        DayLocked, LineStruck, LineOfRegister: too late, or not the place.
        WindowOver: its author comes after the window and may not strike otherwise.
        ReasonNeeded: no reason.
    """
    _refuse_fixed(entry)
    if not may_strike(entry, by):
        raise WindowOver(minutes=preferences.value("dutylog.edit_minutes"))
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    amend(
        entry, by=by, version=entry.version, reason=reason.strip()[:100], struck_at=timezone.now(), struck_by=by,
        struck_reason=reason.strip()[:200],
    )
    return entry
