"""What apps tell the start page: alarms, numbers, starts. Each app adds its sources at start-up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# As many as stand in one row.
MOST_STARTS = 5


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that waits for the person: a sentence and a button."""

    sentence: str
    url: str
    button: str
    age: str = ""
    tone: str = "ochre"
    weight: int = 0


@dataclass(frozen=True, kw_only=True)
class Number:
    """One of today's numbers, clicking through to its rows."""

    label: str
    value: Any
    url: str


@dataclass(frozen=True, kw_only=True)
class Start:
    """One of the four things a clerk starts most, with its key."""

    label: str
    key: str
    icon: str
    url: str
    permission: str
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class DutyMark:
    """What the top bar says of the desk's day: its date, the shift on duty, and where its sheet is."""

    on: Any
    shift: str = ""
    url: str = ""


@dataclass(kw_only=True)
class Sources:
    duty: Callable[[Any, Any], DutyMark | None] | None = None
    waiting: list[Callable[[Any], list[Waiting]]] = field(default_factory=list)
    numbers: list[Callable[[Any], list[Number]]] = field(default_factory=list)
    starts: list[Callable[[Any], list[Start]]] = field(default_factory=list)


sources = Sources()


def waiting(user) -> list[Waiting]:
    """All alarms for the person, the gravest and oldest first."""
    lines = [line for source in sources.waiting for line in source(user)]
    return sorted(lines, key=lambda line: (line.tone != "cinnabar", -line.weight))


def numbers(user) -> list[Number]:
    return [number for source in sources.numbers for number in source(user)][:6]


def starts(user) -> list[Start]:
    found = [start for source in sources.starts for start in source(user)]
    return sorted((s for s in found if user.has_perm(s.permission)), key=lambda start: start.order)[:MOST_STARTS]


def duty(user, point) -> DutyMark | None:
    """The day and shift of a desk, as the app that keeps the days says it."""
    return sources.duty(user, point) if sources.duty and point is not None else None
