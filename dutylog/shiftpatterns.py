"""The shifts of a day as the settings word them: `早班 08:00-13:00`, one a line; hours may cross midnight."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dutylog.choices import ShiftKind

_LINE = re.compile(r"^(?P<name>\S+)\s+(?P<begin>\d{1,2}:\d{2})\s*[-–—至到~]\s*(?P<end>\d{1,2}:\d{2})$")


@dataclass(frozen=True)
class Pattern:
    """A shift of every day. `ends` not after `begins` means the next morning."""

    kind: str
    begins: dt.time
    ends: dt.time

    def on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """When it begins and ends on the day it begins on."""
        last = day if self.ends > self.begins else day + dt.timedelta(days=1)
        return _moment(day, self.begins), _moment(last, self.ends)


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def read_pattern(line: str) -> Pattern | None:
    """The shift that a line means; None when it is not understood."""
    found = _LINE.match(unicodedata.normalize("NFKC", line).strip())
    kinds = {label: value for value, label in ShiftKind.choices}
    if found is None or found["name"] not in kinds:
        return None
    try:
        begins, ends = (dt.time.fromisoformat(found[part].zfill(5)) for part in ("begin", "end"))
    except ValueError:
        return None
    return None if begins == ends else Pattern(kinds[found["name"]], begins, ends)


def is_pattern_list(lines: Any) -> bool:
    """Whether every line is understood, no shift stands twice and there is at least one."""
    patterns = [read_pattern(line) for line in lines]
    kinds = [pattern.kind for pattern in patterns if pattern]
    return bool(patterns) and len(kinds) == len(patterns) and len(set(kinds)) == len(kinds)


def is_pattern_list_or_empty(lines: Any) -> bool:
    return not lines or is_pattern_list(lines)
