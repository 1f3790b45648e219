"""From a reported number to its rows: what the address of a list names (`?figure=now.finds.hits.2026-11.0`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from servicedesk.figures import PART_WORDS, Asked, CaseFigure, CaseSource, Part, case_sources
from servicedesk.models import ServicePoint
from servicedesk.periods import Span, read_period
from servicedesk.services import kept


@dataclass(frozen=True)
class Behind:
    """What an address names: a figure, which of its numbers, of which time and desk."""

    source: CaseSource
    figure: CaseFigure
    part: Part
    asked: Asked
    cut: str

    @property
    def rows(self) -> QuerySet:
        return self.source.cases(self.figure, self.part, self.asked, self.cut).order_by().values("pk")

    @property
    def words(self) -> str:
        where = self.asked.point.name if self.asked.point else "全部服务点"
        what = f"({PART_WORDS[self.part]})" if self.figure.scale else ""
        return f"{self.figure.group.sheet}:{self.figure.label}{what} {self.asked.period.label} {where}"


Finder = Callable[[type[models.Model], list[str]], tuple[Any, str] | None]
_finders: dict[str, Finder] = {}


def add_finder(kind: str, finder: Finder) -> None:
    """Let another kind of address be understood: `finder(model, parts)` gives the keys and what is said of them."""
    _finders[kind] = finder


def _found(model: type[models.Model] | None, text: str) -> tuple[Any, str] | None:
    kind, *parts = text.split(".", 5)
    finder = _finders.get(kind)
    return finder(model, parts) if finder else None  # type: ignore[arg-type]


def rows_behind(model: type[models.Model], text: str) -> Any:
    """The keys that an address names, or None where it names none of this table."""
    found = _found(model, text)
    return found[0] if found else None


def words_of(text: str) -> str:
    """What is said above a list that shows the rows behind a number."""
    found = _found(None, text)
    return found[1] if found else ""


def _find_now(model: type[models.Model] | None, parts: list[str]) -> tuple[Any, str] | None:
    behind = _behind(parts)
    if behind is None or model not in (None, behind.source.model):
        return None
    return behind.rows, behind.words


def _behind(parts: list[str]) -> Behind | None:
    if len(parts) < 4 or parts[1] not in PART_WORDS:
        return None
    key, part, period, place, *cut = parts
    named = [(source, figure) for source in case_sources() for figure in source.figures if figure.key == key]
    read = read_period(period, Span)
    point = _point(place)
    if not named or read is None or (place != "0" and point is None):
        return None
    asked = Asked(period=read, now=timezone.now(), point=point)
    return Behind(*named[0], part, asked, ".".join(cut))  # type: ignore[arg-type]


def _point(place: str) -> ServicePoint | None:
    return next((each for each in kept.rows_of(ServicePoint.objects.all()) if str(each.pk) == place), None)


add_finder("now", _find_now)
