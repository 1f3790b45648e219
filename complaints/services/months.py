"""A calendar month in the desk's time."""

import datetime as dt

from django.utils import timezone


def next_month(month: dt.date) -> dt.date:
    """The first day of the month after that of a day."""
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def month_bounds(month: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of a month and that of the next."""
    first, last = (dt.datetime.combine(day.replace(day=1), dt.time()) for day in (month, next_month(month)))
    return timezone.make_aware(first), timezone.make_aware(last)
