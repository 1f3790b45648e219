"""`MonthGap`: what an app finds missing in a month before it is archived. Declared in `<app>/monthgaps.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from servicedesk.periods import Period
from servicedesk.services.asking import gathered

Lists = Mapping[str, list[Any]]


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: a Chinese sentence, and where it is mended."""

    sentence: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class MonthGap:
    """A kind of gap. `questions(month)` names the lists it looks through: those of all kinds come by one query.
    `gaps(month, lists)` says what is missing in them.
    """

    key: str
    label: str
    questions: Callable[[Period], dict[str, QuerySet]]
    gaps: Callable[[Period, Lists], Sequence[Gap]]


@dataclass(frozen=True)
class FoundGaps:
    """A kind of gap and what is missing of it now."""

    key: str
    label: str
    gaps: Sequence[Gap]


_declared: dict[str, MonthGap] = {}


def add_month_gap(gap: MonthGap) -> MonthGap:
    """Make a kind of gap known to the month archive. Called at start-up."""
    _declared[gap.key] = gap
    return gap


def month_gaps() -> list[MonthGap]:
    return list(_declared.values())


def gaps_of(month: Period) -> list[FoundGaps]:
    """Every kind of gap with what is missing in a month, all lists by one query."""
    asked = {
        f"{gap.key}.{name}": rows for gap in month_gaps() for name, rows in gap.questions(month).items()
    }
    lists = gathered(asked)
    return [FoundGaps(gap.key, gap.label, gap.gaps(month, _own(gap, lists))) for gap in month_gaps()]


def _own(gap: MonthGap, lists: Lists) -> dict[str, list[Any]]:
    start = f"{gap.key}."
    return {name.removeprefix(start): rows for name, rows in lists.items() if name.startswith(start)}
