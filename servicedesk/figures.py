"""`Figure`: the declaration of a number that is reported. An app declares its own in `<app>/figures/`.

A `CaseSource` counts the rows of one table by conditions: who is looked at, which of them are judged already, which
of those hold. A `ToldSource` tells what is no rate of rows (an average, visitors of the gates). Whoever draws up a
summary asks all sources by one query (`readings_of`), and each number leads to exactly its rows
(`behind.rows_behind`).
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, Q, QuerySet, Sum, Value

from servicedesk.models import ServicePoint
from servicedesk.periods import Period
from servicedesk.register import Register, register_of
from servicedesk.services.asking import gather

NOTHING = "—"
MOST_DIGITS = 18
Part = Literal["hits", "base", "waiting"]
PARTED: tuple[Part, Part] = ("hits", "base")
PART_WORDS = {"hits": "达到的", "base": "计入的", "waiting": "未到期的"}
Number = int | Decimal


# Where figures are shown: a summary that is approved has its own, the board of the managers has all.
SUMMARY, BOARD = "投诉汇总表", "统计分析"


class FigureGroup(models.TextChoices):
    """The parts of a board or summary, in their order."""

    VISITORS = "visitors", "客流"
    FINDS = "finds", "拾物与归还"
    LOSSES = "losses", "游客失物"
    CASES = "cases", "投诉"
    TERMS = "terms", "时限与办理"
    CALLBACKS = "callbacks", "回访"
    OPINION = "opinion", "三率与满意度"
    DESK = "desk", "来电咨询"
    MENDING = "mending", "整改、赔付与走访"
    ROUNDS = "rounds", "检查"

    @property
    def sheet(self) -> str:
        """The summary that its figures are approved on, or the board."""
        own = {FigureGroup.VISITORS, FigureGroup.FINDS, FigureGroup.LOSSES, FigureGroup.ROUNDS}
        return BOARD if self in own else SUMMARY


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Of which time and which desk (None: of all) a figure is asked for, and when."""

    period: Period
    now: dt.datetime
    point: ServicePoint | None = None

    @property
    def place(self) -> int:
        return self.point.pk if self.point else 0


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure: what it is called, and what it means. `version` rises when the meaning changes.

    It is `scale` × hits ÷ base; with a `scale` of 0 a number of its own. `form` writes it. A figure `beside` another
    is shown in the line of that one (net beside gross).
    """

    key: str
    label: str
    group: FigureGroup
    means: str
    scale: int = 100
    form: str = "{:.1f}%"
    unit: str = "%"
    version: int = 1
    beside: str = ""


Rule = Callable[[Asked], Q]


def everything(asked: Asked) -> Q:  # noqa: ARG001
    return Q()


@dataclass(frozen=True, kw_only=True)
class CaseFigure(Figure):
    """A figure over rows: `base` are those that it speaks of, `due` those of them that are judged (done, or past their
    moment), `hit` those of the judged that count. `total` is a column that is summed instead.
    """

    base: Rule = everything
    due: Rule = everything
    hit: Rule = everything
    total: str = ""

    def rule(self, part: Part, asked: Asked) -> Q:
        judged = self.base(asked) & self.due(asked)
        if part == "waiting":
            return self.base(asked) & _not(self.due(asked))
        return judged & self.hit(asked) if part == "hits" else judged

    def numbers(self, asked: Asked) -> dict[str, Any]:
        """What the database counts, by name."""
        hits = self.rule("hits", asked) or None
        found = {
            f"{self.key}_hits": Sum(self.total, filter=hits) if self.total else Count("pk", filter=hits),
        }
        if self.scale:
            found[f"{self.key}_base"] = Count("pk", filter=self.rule("base", asked) or None)
            found[f"{self.key}_all"] = Count("pk", filter=self.base(asked) or None)
        return found


def _not(rule: Q) -> Q:
    """What a rule leaves out; a rule that asks for nothing leaves out nothing."""
    return ~rule if rule else Q(pk__in=[])


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a figure was for a time: `hits` of `base` (None: not known), `waiting` more not judged yet, and a note on
    what is missing. `urls` lead from each number to its rows. A `cut` is a part of it, like one category.
    """

    figure: Figure
    hits: Number | None
    base: int | None = None
    waiting: int = 0
    note: str = ""
    urls: dict[str, str] = field(default_factory=dict)
    right: str = ""
    cut: str = ""
    label: str = ""

    @property
    def value(self) -> Decimal | int | None:
        """None where there is nothing to divide by: never a hundred percent of nothing."""
        if self.hits is None or (self.figure.scale and not self.base):
            return None
        return self.hits if not self.figure.scale else Decimal(self.hits) * self.figure.scale / Decimal(self.base or 1)

    def against(self, old: "Reading | None") -> str:
        """`+3`, `-2.5 点` against another time; empty where one of them is not known."""
        value, other = self.value, old.value if old else None
        if value is None or other is None:
            return ""
        more = Decimal(value) - Decimal(other)
        if abs(more) < Decimal("0.005"):
            return "持平"
        if self.figure.unit == "%":
            return f"{more:+.1f} 点"
        return f"{more:+,.2f}" if more != int(more) else f"{int(more):+,}"

    @property
    def text(self) -> str:
        value = self.value
        return NOTHING if value is None else self.figure.form.format(value)

    @property
    def name(self) -> str:
        return self.label or self.figure.label

    @property
    def share(self) -> float | None:
        """Of 100, for a bar; None where the figure is no share."""
        value = self.value
        return None if value is None or self.figure.unit != "%" else max(0.0, min(float(value), 100.0))

    @property
    def numbers(self) -> tuple[Number | None, int | None]:
        return self.hits, self.base


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A way to part the rows of a source: by columns, each value called by its `name`; `values` are all that a
    column without a key can have, where these are few.
    """

    key: str
    label: str
    columns: tuple[str, ...]
    name: Callable[[tuple], str]
    values: tuple[str, ...] = ()

    def text(self, values: Sequence[Any]) -> str:
        """`category=票务`, `subcategory=票务|退改签`, `zone=3`: the names beside a key are left out."""
        kept = [value for column, value in zip(self.columns, values, strict=True) if "__" not in column]
        return f"{self.key}={'|'.join('' if value is None else str(value) for value in kept)}"

    def rule(self, text: str) -> Q:
        if self.values and text not in self.values:
            return Q(pk__in=[])
        values = text.split("|") if len(self.columns) > 1 else [text]
        found = Q()
        for column, value in zip(self.columns, values, strict=False):
            is_key = column.endswith("_id")
            if is_key and not (value == "" or (value.isdecimal() and len(value) < MOST_DIGITS)):
                return Q(pk__in=[])
            found &= Q(**{f"{column}__isnull": True}) if is_key and not value else Q(**{column: value})
        return found


@dataclass(frozen=True, kw_only=True)
class CaseSource:
    """Figures over the rows of one table, counted by the moment (`is_by_day`: the day) in column `at`.

    `prepared` leaves out what no figure counts, and adds the columns that the rules ask for.
    """

    key: str
    model: type[models.Model]
    at: str
    figures: tuple[CaseFigure, ...]
    prepared: Callable[[QuerySet, Asked], QuerySet] = lambda rows, _: rows
    cuts: tuple[Cut, ...] = ()
    is_by_day: bool = False

    @property
    def list_url(self) -> str:
        return self._register().list_url()

    @property
    def right(self) -> str:
        """To see the rows behind a number."""
        return self._register().permission("view")

    def _register(self) -> Register:
        register = register_of(self.model)
        assert register is not None
        return register

    def url(self, figure: CaseFigure, part: Part, asked: Asked, cut: str = "") -> str:
        return f"{self.list_url}?{urlencode({'figure': reference(figure, part, asked, cut)})}"

    def rows(self, asked: Asked) -> QuerySet:
        """The rows of the time at the desk."""
        period = asked.period
        begins, ends = (period.first, period.after) if self.is_by_day else (period.begins, period.ends)
        rows = self.model._default_manager.filter(**{f"{self.at}__gte": begins, f"{self.at}__lt": ends})
        if asked.point is not None:
            rows = rows.filter(service_point=asked.point)
        return self.prepared(rows, asked)

    def questions(self, asked: Asked) -> list[QuerySet]:
        numbers: dict[str, Any] = {}
        for figure in self.figures:
            numbers |= figure.numbers(asked)
        rows = self.rows(asked).order_by().annotate(whole=Value(1))
        return [rows.values_list("whole").annotate(**numbers)]

    def read(self, asked: Asked, found: Sequence[list[tuple]]) -> list[Reading]:
        counted = iter(found[0][0][1:]) if found[0] else None
        readings = []
        for figure in self.figures:
            hits, base, rest = (_next(counted), None, 0)
            if figure.scale:
                base, rest = _next(counted), _next(counted)
            hits = Decimal(hits).quantize(Decimal("0.01")) if figure.total else hits
            readings.append(self._reading(figure, asked, hits=hits, base=base, waiting=rest - (base or 0)))
        return readings

    def _reading(self, figure: CaseFigure, asked: Asked, **numbers: Any) -> Reading:
        parts: Sequence[Part] = ("hits", "base", "waiting") if figure.scale else ("hits",)
        urls: dict[str, str] = {part: self.url(figure, part, asked) for part in parts}
        return Reading(figure=figure, urls=urls, right=self.right, **numbers)

    def parted(self, figure: CaseFigure, cut: Cut, asked: Asked) -> QuerySet:
        """The numbers of a figure for each part of the rows, as a question."""
        hits, base = (Count("pk", filter=figure.rule(part, asked) or None) for part in PARTED)
        return self.rows(asked).order_by().values_list(*cut.columns).annotate(hits=hits, base=base)

    def parts(self, figure: CaseFigure, cut: Cut, asked: Asked, found: Sequence[tuple]) -> dict[str, Reading]:
        """The readings of the parts, by what addresses call them."""
        readings = {}
        for *values, hits, base in found:
            text = cut.text(values)
            urls: dict[str, str] = {part: self.url(figure, part, asked, text) for part in PARTED}
            readings[text] = Reading(
                figure=figure, hits=hits, base=base, cut=text, label=cut.name(tuple(values)), urls=urls,
                right=self.right,
            )
        return readings

    def cases(self, figure: CaseFigure, part: Part, asked: Asked, cut: str = "") -> QuerySet:
        """The rows behind a number."""
        rows = self.rows(asked).filter(figure.rule(part, asked))
        key, _, value = cut.partition("=")
        chosen = next((each for each in self.cuts if each.key == key), None)
        return rows.filter(chosen.rule(value)) if chosen else rows.none() if cut else rows


def _next(counted: Any) -> Any:
    return (next(counted) or 0) if counted else 0


@dataclass(frozen=True, kw_only=True)
class ToldSource:
    """Figures that are told otherwise. `questions(asked)` are asked with all others; `tell(asked, *lists)` answers
    with the readings.
    """

    key: str
    figures: tuple[Figure, ...]
    questions: Callable[[Asked], list[QuerySet]]
    tell: Callable[..., list[Reading]]

    def read(self, asked: Asked, found: Sequence[list[Any]]) -> list[Reading]:
        return self.tell(asked, *found)


Source = CaseSource | ToldSource
_sources: dict[str, Source] = {}


def add_source(source: Source) -> Any:
    """Make figures known to the summary; called by an app's `figures` at start-up."""
    _sources[source.key] = source
    return source


def sources(sheet: str = BOARD) -> list[Source]:
    """Those whose figures a sheet shows: a summary its own, the board all."""
    return [each for each in _sources.values() if sheet in {BOARD, each.figures[0].group.sheet}]


def figures(sheet: str = BOARD) -> list[Figure]:
    """All that a sheet shows, by group and in the order of their declaration."""
    groups = list(FigureGroup)
    found = [figure for source in sources(sheet) for figure in source.figures]
    return sorted(found, key=lambda figure: groups.index(figure.group))


def source_of(key: str) -> Source | None:
    """Who declared the figure of a key; None for one that is declared no more."""
    return next((each for each in _sources.values() if any(f.key == key for f in each.figures)), None)


def case_sources(sheet: str = BOARD) -> list[CaseSource]:
    return [each for each in sources(sheet) if isinstance(each, CaseSource)]


def readings_of(
    asked: Asked, *others: Asked, of: Sequence[Source], besides: Sequence[QuerySet] = ()
) -> list[dict[str, Reading]]:
    """The readings of each time asked for, by key of the figure; `besides` comes along in the one query.

    The lists of `besides` are filled in place.
    """
    plan = [(each, source, source.questions(each)) for each in (asked, *others) for source in of]
    gather(*(question for _, _, questions in plan for question in questions), *besides)
    found: dict[int, dict[str, Reading]] = {}
    for each, source, questions in plan:
        read = source.read(each, [list(question) for question in questions])
        found.setdefault(id(each), {}).update({reading.figure.key: reading for reading in read})
    return [found[id(each)] for each in (asked, *others)]


def reference(figure: Figure, part: Part, asked: Asked, cut: str = "") -> str:
    """How an address names the rows behind a number: `now.reply.hits.2026-11.0`."""
    return ".".join(["now", figure.key, part, asked.period.key, str(asked.place), *([cut] if cut else [])])
