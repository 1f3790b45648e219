"""广播: a text waits, is read out some times, and ends with what came of it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from ledgers.choices import EntryState
from ledgers.errors.entries import EntryInFuture, ReadTooEarly, ResultNeeded
from ledgers.models import LedgerEntry, Reading
from ledgers.services.entries import TOLERANCE, end
from servicedesk.errors import NotPossibleNow
from servicedesk.services.transitions import move, state_label


@transaction.atomic
def read_out(entry: LedgerEntry, *, by: Any, at: dt.datetime | None = None, note: str = "") -> Reading:
    """播报一遍: a row with its time and reader.

    Raises:
        EntryInFuture, ReadTooEarly: a slip of the hand.
        NotPossibleNow, SomeoneWasFaster: it is over.
    """
    at = at or timezone.now()
    if at > timezone.now() + TOLERANCE:
        raise EntryInFuture(at=f"{timezone.localtime(at):%m-%d %H:%M}", field="at")
    if at < entry.happened_at.replace(second=0, microsecond=0):
        raise ReadTooEarly(field="at")
    if entry.state != EntryState.READ:
        if entry.state != EntryState.WAITING:
            raise NotPossibleNow(
                number=entry.number, state=entry.get_state_display(), wanted=state_label(entry, EntryState.READ)
            )
        move(entry, EntryState.READ, by=by)
    return Reading.objects.create(entry=entry, at=at, by=by, note=note.strip()[:60])


@transaction.atomic
def end_broadcast(entry: LedgerEntry, result: str, *, by: Any) -> LedgerEntry:
    """播报完毕 and what came of it. Raises ResultNeeded, NotPossibleNow, SomeoneWasFaster."""
    if not result.strip():
        raise ResultNeeded(what="结果,如 已找到、未找到、播完", field="result")
    end(entry, EntryState.ENDED, by=by, result=result.strip()[:300])
    return entry
