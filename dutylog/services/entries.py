"""Lines of the running log: by hand, and by the registers in the transaction of their own record."""

import datetime as dt

from django.db import models
from django.utils import timezone

from dutylog.models import LogEntry
from dutylog.services.days import duty_day_at


def record_in_log(
    record: models.Model, category: str, text: str, *, by, happened_at: dt.datetime | None = None,
    handling: str = "", result: str = "",
) -> LogEntry:
    """Write what a register did as a line of the day, with the record's number.

    Call it in the transaction that saves the record, once per event; `record` has a `number` and a
    `service_point`. A moment that lies in a locked day is written on today's sheet as 补录.
    """
    now = timezone.now()
    happened = happened_at or now
    day, shift = duty_day_at(happened, record.service_point, by=by)
    if day.is_locked:
        day, shift = duty_day_at(now, record.service_point, by=by)
    entry = LogEntry(
        day=day, shift=shift, happened_at=happened, entered_at=now, category=category, text=text,
        handling=handling, result=result[:200], record=record, record_number=record.number, created_by=by,
    )
    entry._history_user = by
    entry.save()
    return entry
