"""The desk's own calendar, put right by the manager when the official notice comes."""

import datetime as dt

from django.db import IntegrityError, transaction

from dutylog.errors.days import CalendarDayThere
from dutylog.models import CalendarDay


@transaction.atomic
def save_calendar_day(row: CalendarDay | None, *, date: dt.date, mark: str, name: str, by) -> CalendarDay:
    """Add a day or change one. Sheets that were made already keep the kind they bear.

    Raises:
        CalendarDayThere: the date has a row.
    """
    kept = row or CalendarDay()
    kept.date, kept.mark, kept.name = date, mark, name.strip()
    kept._history_user = by
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise CalendarDayThere(date=f"{date:%Y-%m-%d}", field="date") from None
    return kept


@transaction.atomic
def remove_calendar_day(row: CalendarDay, *, by) -> None:
    """Take a day out: it is again what its weekday says. Its history stays."""
    row._history_user = by
    row.delete()
