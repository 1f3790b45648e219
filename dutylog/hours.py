"""Intervals and times of a day as the settings word them: `08:00-12:00` a line, `10:00` or `闭园` a line."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

CLOSING = "闭园"
_INTERVAL = re.compile(r"^(?P<begin>\d{1,2}:\d{2})\s*[-–—至到~]\s*(?P<end>\d{1,2}:\d{2})$")
_CLOCK = re.compile(r"^\d{1,2}:\d{2}$")


@dataclass(frozen=True)
class Interval:
    """Open hours in minutes since midnight; an end beyond 24:00 is the next morning's."""

    begins: int
    ends: int

    def on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """When it begins and ends on the day it begins on."""
        midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
        return midnight + dt.timedelta(minutes=self.begins), midnight + dt.timedelta(minutes=self.ends)


def _minutes(text: str) -> int | None:
    hours, minutes = (int(part) for part in text.split(":"))
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= 24 * 60 else None


def read_interval(line: str) -> Interval | None:
    """The interval that a line means; None when it is not understood."""
    found = _INTERVAL.match(unicodedata.normalize("NFKC", line).strip())
    if found is None:
        return None
    begins, ends = _minutes(found["begin"]), _minutes(found["end"])
    if begins is None or ends is None or begins == ends or begins == 24 * 60:
        return None
    return Interval(begins, ends if ends > begins else ends + 24 * 60)


def read_intervals(lines: Iterable[str]) -> list[Interval]:
    """Those lines that are understood, in their order of the day."""
    found = [interval for interval in map(read_interval, lines) if interval]
    return sorted(found, key=lambda interval: interval.begins)


def is_interval_list(lines: Any) -> bool:
    """Whether every line is understood, none overlaps another, and there is at least one."""
    found = read_intervals(lines)
    apart = all(one.ends <= other.begins for one, other in zip(found, found[1:], strict=False))
    return bool(found) and len(found) == len(lines) and apart and found[-1].ends - found[0].begins <= 24 * 60


def is_interval_list_or_empty(lines: Any) -> bool:
    return not lines or is_interval_list(lines)


def read_time(line: str) -> dt.time | None:
    """`10:00` as a time; None for 闭园 and for what is no time."""
    text = unicodedata.normalize("NFKC", line).strip()
    if not _CLOCK.match(text) or (minutes := _minutes(text)) is None or minutes == 24 * 60:
        return None
    return dt.time(*divmod(minutes, 60))


def is_time_list(lines: Any) -> bool:
    """Whether every line is a time or 闭园, none stands twice, and there is at least one."""
    named = [line.strip() for line in lines]
    known = all(line == CLOSING or read_time(line) for line in named)
    return bool(named) and known and len(set(named)) == len(named)


def is_time_list_or_empty(lines: Any) -> bool:
    return not lines or is_time_list(lines)
