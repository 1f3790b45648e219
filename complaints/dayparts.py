"""Parts of the day in which a callback is tried, as the setting words them: `上午 08:00-12:00` a line."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

_LINE = re.compile(r"^(?P<name>\S{1,6})\s+(?P<begin>\d{1,2}:\d{2})\s*[-–—至到~]\s*(?P<end>\d{1,2}:\d{2})$")


@dataclass(frozen=True)
class DayPart:
    """From its first minute to just before its last."""

    name: str
    begins: dt.time
    ends: dt.time


def read_part(line: str) -> DayPart | None:
    """The part that a line means; None when it is not understood."""
    found = _LINE.match(unicodedata.normalize("NFKC", line).strip())
    if found is None:
        return None
    try:
        begins, ends = (dt.time.fromisoformat(found[part].zfill(5)) for part in ("begin", "end"))
    except ValueError:
        return None
    return DayPart(found["name"], begins, ends) if begins < ends else None


def is_part_list(lines: Iterable[str]) -> bool:
    """Whether every line is understood, none has another's name or time, and there are two at least."""
    parts = [read_part(line) for line in lines]
    known = sorted((part for part in parts if part), key=lambda part: part.begins)
    apart = all(one.ends <= other.begins for one, other in zip(known, known[1:], strict=False))
    return len(known) == len(parts) >= 2 and apart and len({part.name for part in known}) == len(known)


def part_of(moment: dt.datetime, parts: Iterable[DayPart]) -> str:
    """The name of the part in which a moment lies, in the desk's time; empty outside all of them."""
    clock = timezone.localtime(moment).time()
    return next((part.name for part in parts if part.begins <= clock < part.ends), "")
