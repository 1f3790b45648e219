"""补记: what is added under a line, or to a day, once it is fixed."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from dutylog.errors.entries import AddendumNeedsReason, TextNeeded, TextTooLong
from dutylog.models import Addendum, DutyDay, LogEntry
from dutylog.services.entries import MOST_CHARACTERS
from dutylog.services.seals import seal_addendum
from servicedesk.services.closedmonths import note_addition


@transaction.atomic
def add_addendum(day: DutyDay, text: str, *, by, reason: str = "", entry: LogEntry | None = None) -> Addendum:
    """Write an addendum, numbered within the day; a closed day keeps its lines and takes this one.

    Raises:
        TextNeeded, TextTooLong: nothing to add, or too much.
        AddendumNeedsReason: the day is closed.
    """
    # The row lock makes two who add at once come one after the other: the numbers have no double.
    held = DutyDay.objects.select_for_update().get(pk=day.pk)
    if not text.strip():
        raise TextNeeded(field="text")
    if len(text) > MOST_CHARACTERS:
        raise TextTooLong(limit=MOST_CHARACTERS, field="text")
    if held.is_locked and not reason.strip():
        raise AddendumNeedsReason(field="reason")
    last = held.addenda.aggregate(last=Max("order"))["last"] or 0
    addendum = Addendum.objects.create(
        day=held, entry=entry, order=last + 1, text=text.strip(), reason=reason.strip()[:200], at=timezone.now(), by=by
    )
    if held.is_locked:
        seal_addendum(addendum)
        for record in filter(None, (held, entry)):
            note_addition(record, f"补记:{reason}", by=by)
    return addendum
