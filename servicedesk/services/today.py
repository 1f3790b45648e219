"""What apps tell the start page: alarms, numbers, starts. Each app adds its sources at start-up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from servicedesk.services.asking import MOST_COUNTED, Tally, gather, tallies

# As many as stand in one row of the start page; the keys of all others work too.
MOST_STARTS = 4
MOST_NUMBERS = 6


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
class Named:
    """Rows that are said one by one. The start page asks for all of them by one query.

    `say(rows, …)` gets one list per queryset and makes `Waiting` lines and `Number`s of them.
    """

    lists: Sequence[QuerySet]
    say: Callable[..., Sequence[Any]]


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


Said = Waiting | Alarm | Named | Number


@dataclass(kw_only=True)
class Sources:
    duty: Callable[[Any, Any], DutyMark | None] | None = None
    waiting: list[Callable[[Any], Sequence[Said]]] = field(default_factory=list)
    numbers: list[Callable[[Any], Sequence[Said]]] = field(default_factory=list)
    starts: list[Callable[[Any], list[Start]]] = field(default_factory=list)


sources = Sources()


def board(user) -> tuple[list[Waiting], list[Number]]:
    """All alarms for the person, the gravest and oldest first, and today's numbers."""
    return answered([each for source in (*sources.numbers, *sources.waiting) for each in source(user)])


def answered(said: Sequence[Said]) -> tuple[list[Waiting], list[Number]]:
    """The lines and numbers of what sources say: what is named comes by one query, what is counted by another."""
    found = _with_names(said)
    listed = [each for each in found if isinstance(each, Number)][:MOST_NUMBERS]
    counted = [each for each in found if isinstance(each, Alarm)]
    counted += [each for each in listed if each.rows is not None]
    asked = [(each.rows, each.oldest if isinstance(each, Alarm) else "") for each in counted]
    tallied = list(zip(counted, tallies(asked), strict=True))
    lines = [each for each in found if isinstance(each, Waiting)]
    lines += [each.line(tally) for each, tally in tallied if isinstance(each, Alarm) and tally.count]
    values = {id(each): capped(tally.count) for each, tally in tallied}
    return (
        sorted(lines, key=lambda line: (line.tone != "cinnabar", -line.weight)),
        [replace(each, value=values.get(id(each), each.value), rows=None) for each in listed],
    )


def waiting(user) -> list[Waiting]:
    return board(user)[0]


def numbers(user) -> list[Number]:
    return board(user)[1]


def _with_names(found: Sequence[Said]) -> list[Said]:
    """What is said of named rows takes the place of the question."""
    gather(*(rows for each in found if isinstance(each, Named) for rows in each.lists))
    said: list[Said] = []
    for each in found:
        said += each.say(*map(list, each.lists)) if isinstance(each, Named) else [each]
    return said


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
