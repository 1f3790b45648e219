"""统计分析: every figure of a day, week, month or year, beside the time before and the same of last year."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet

from servicedesk.figures import (
    Asked,
    CaseFigure,
    CaseSource,
    Cut,
    Figure,
    FigureGroup,
    Reading,
    figures,
    readings_of,
    source_of,
    sources,
)
from servicedesk.periods import Period, Span

# Which figures are shown in parts too, and which ways of parting.
PARTED = {
    "returned": ("intake", "value", "category", "zone"), "losses_found": ("category",),
    "cases": ("category", "zone", "department"),
}
FIRST_TREND = "finds"
PERIODS = 12


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure, or a part of one, at its times."""

    now: Reading
    before: Reading | None = None
    year_before: Reading | None = None

    @property
    def figure(self) -> Figure:
        return self.now.figure

    @property
    def change(self) -> str:
        return self.now.against(self.before)

    @property
    def year_change(self) -> str:
        return self.now.against(self.year_before)


@dataclass(frozen=True, kw_only=True)
class Parting:
    """A figure parted one way, the greatest part first."""

    figure: Figure
    cut: Cut
    lines: list[Line]

    @property
    def is_rate(self) -> bool:
        return bool(self.figure.scale)


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A figure over the last periods, the oldest first."""

    figure: Figure
    points: list[tuple[Period, Reading]]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A part of the board: lines of figures, and those that are parted."""

    group: FigureGroup
    lines: list[Line]
    partings: list[Parting] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """All that the page and the workbook show."""

    asked: Asked
    groups: list[Group]
    trend: Trend

    @property
    def has_year(self) -> bool:
        """The year before a year is the time before it."""
        return self.asked.period.span != Span.YEAR

    def line(self, key: str) -> Line:
        return next(line for group in self.groups for line in group.lines if line.figure.key == key)


def statistics_of(asked: Asked, trend: str = "") -> Statistics:
    """The whole by one query, the trend by another."""
    earlier = replace(asked, period=asked.period.before)
    year_before = replace(asked, period=asked.period.year_before)
    cuts, cuts_before = _cuttings(asked), _cuttings(earlier)
    now, before, of_year = readings_of(
        asked, earlier, year_before, of=sources(), besides=[each.rows for each in (*cuts, *cuts_before)]
    )
    lines = [
        Line(now=now[figure.key], before=before.get(figure.key), year_before=of_year.get(figure.key))
        for figure in figures() if figure.key in now
    ]
    partings = [_parting(each, old) for each, old in zip(cuts, cuts_before, strict=True)]
    return Statistics(asked=asked, groups=_groups(lines, partings), trend=trend_of(asked, trend))


def _groups(lines: Sequence[Line], partings: Sequence[Parting]) -> list[Group]:
    found = [
        Group(group=group, lines=[each for each in lines if each.figure.group == group],
              partings=[each for each in partings if each.figure.group == group and each.lines])
        for group in FigureGroup
    ]
    return [each for each in found if each.lines]


@dataclass(frozen=True, kw_only=True)
class Cutting:
    """A figure asked for in parts."""

    source: CaseSource
    figure: CaseFigure
    cut: Cut
    asked: Asked
    rows: QuerySet

    def readings(self) -> dict[str, Reading]:
        return self.source.parts(self.figure, self.cut, self.asked, list(self.rows))


def _cuttings(asked: Asked) -> list[Cutting]:
    found = []
    for key, names in PARTED.items():
        source = source_of(key)
        if isinstance(source, CaseSource):
            figure = next(each for each in source.figures if each.key == key)
            found += [
                Cutting(source=source, figure=figure, cut=cut, asked=asked, rows=source.parted(figure, cut, asked))
                for cut in source.cuts if cut.key in names
            ]
    return found


def _parting(now: Cutting, before: Cutting) -> Parting:
    readings, old = now.readings(), before.readings()
    lines = [Line(now=each, before=old.get(key) or _none_of(each)) for key, each in readings.items()]
    lines.sort(key=lambda line: (-(line.now.base or 0), line.now.name))
    return Parting(figure=now.figure, cut=now.cut, lines=lines)


def _none_of(reading: Reading) -> Reading:
    """What a part was at a time that had none of it."""
    return replace(reading, hits=0, base=0, urls={})


def trend_of(asked: Asked, key: str = "") -> Trend:
    """The last periods of one figure."""
    source = source_of(key) or source_of(FIRST_TREND)
    assert source is not None
    figure = next((each for each in source.figures if each.key == key), source.figures[0])
    times = [replace(asked, period=period) for period in asked.period.back(PERIODS)]
    readings = readings_of(*times, of=[source])
    return Trend(figure=figure, points=[
        (time.period, found.get(figure.key) or Reading(figure=figure, hits=None))
        for time, found in zip(times, readings, strict=True)
    ])
