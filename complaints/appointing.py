"""A time to come as it is said on the telephone: `1430`, `明1000`, `后天15:00`, `12-03 1500`, `+60` for in an hour."""

import datetime as dt
import re
import unicodedata

from django.utils import timezone

_AHEAD = re.compile(r"^\+(\d{1,4})$")
_WORD = re.compile(r"^(?P<word>今天?|明天?|后天?)?\s*(?P<clock>\d{1,2}:?\d{2})$")
_DAY = re.compile(
    r"^(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?\s+(?P<clock>\d{1,2}:?\d{2})$"
)
_DAYS = {"今": 0, "明": 1, "后": 2}


def read_appointment(typed: str, now: dt.datetime) -> dt.datetime | None:
    """The moment that is meant; None when it is not understood. `now` is in the desk's time.

    A day without a year is the next one of that date; whether the moment is past, the caller judges.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    try:
        if ahead := _AHEAD.match(text):
            return (now + dt.timedelta(minutes=int(ahead[1]))).replace(second=0, microsecond=0)
        if word := _WORD.match(text):
            days = _DAYS[(word["word"] or "今")[0]]
            return _at(now.date() + dt.timedelta(days=days), word["clock"])
        if day := _DAY.match(text):
            return _at(_next_day(day, now.date()), day["clock"])
    except ValueError:
        return None
    return None


def _next_day(found: re.Match[str], today: dt.date) -> dt.date:
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        return dt.date(int(found["year"]), month, day)
    this = dt.date(today.year, month, day)
    return this if this >= today else dt.date(today.year + 1, month, day)


def _at(day: dt.date, clock: str) -> dt.datetime:
    digits = clock.replace(":", "").zfill(4)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(int(digits[:2]), int(digits[2:]))))
