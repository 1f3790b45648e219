"""What apps tell the start page: alarms, numbers, starts. Each app adds its sources at start-up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from servicedesk.services.asking import MOST_COUNTED, Tally, counts, tallies

# As many as stand in one row of the start page; the keys of all others work too.
MOST_STARTS = 4


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
class Alarm:
    """Rows that may wait for a person. The start page counts all alarms by one query.

    `line(tally)` says it, and is asked only when there are rows; `oldest` is the column whose least
    value the tally holds (empty for none).
    """

    rows: QuerySet
    line: Callable[[Tally], Waiting]
    oldest: str = "created_at"


@dataclass(frozen=True, kw_only=True)
class Number:
    """One of today's numbers, clicking through to its rows: a `value`, or `rows` to be counted with the others."""

    label: str
    url: str
    value: Any = None
    rows: QuerySet | None = None


@dataclass(frozen=True, kw_only=True)
class Start:
    """A thing that a clerk starts, with its key; the first four stand on the start page."""

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
    waiting: list[Callable[[Any], Sequence[Waiting | Alarm]]] = field(default_factory=list)
    numbers: list[Callable[[Any], list[Number]]] = field(default_factory=list)
    starts: list[Callable[[Any], list[Start]]] = field(default_factory=list)


sources = Sources()


def waiting(user) -> list[Waiting]:
    """All alarms for the person, the gravest and oldest first."""
    found = [each for source in sources.waiting for each in source(user)]
    alarms = [each for each in found if isinstance(each, Alarm)]
    tallied = zip(alarms, tallies([(alarm.rows, alarm.oldest) for alarm in alarms]), strict=True)
    lines = [each for each in found if isinstance(each, Waiting)]
    lines += [alarm.line(tally) for alarm, tally in tallied if tally.count]
    return sorted(lines, key=lambda line: (line.tone != "cinnabar", -line.weight))


def numbers(user) -> list[Number]:
    found = [number for source in sources.numbers for number in source(user)][:6]
    lists = [number.rows for number in found if number.rows is not None]
    counted = iter(counts(lists))
    return [
        number if number.rows is None else replace(number, value=capped(next(counted)), rows=None) for number in found
    ]


def capped(count: int) -> str:
    """`128`, or `1000+`: no page counts a whole table."""
    return f"{MOST_COUNTED}+" if count >= MOST_COUNTED else str(count)


def starts(user) -> list[Start]:
    """All that the person may start, the most usual first."""
    found = [start for source in sources.starts for start in source(user)]
    return sorted((s for s in found if user.has_perm(s.permission)), key=lambda start: start.order)


def duty(user, point) -> DutyMark | None:
    """The day and shift of a desk, as the app that keeps the days says it."""
    return sources.duty(user, point) if sources.duty and point is not None else None
