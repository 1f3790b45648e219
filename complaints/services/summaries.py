"""投诉汇总: the figures of a week or a month beside those of the one before, as counted now and as approved."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from complaints.choices import Severity
from complaints.figures.cases import CASES, COMPLAINT_SOURCE, CUTS
from complaints.models import Complaint, FigureApproval, FigureCorrection, FrozenFigure
from complaints.models.figures import period_columns
from servicedesk.figures import (
    NOTHING,
    SUMMARY,
    Asked,
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
from servicedesk.periods import Period

MOST_MAJOR = 50
Cutting = tuple[Cut, QuerySet]


@dataclass(kw_only=True)
class Line:
    """A figure, or a part of one: what it is counted to be now, what it was approved as, what it was before."""

    now: Reading
    frozen: FrozenFigure | None = None
    before: Reading | None = None
    net: "Line | None" = None
    parts: list["Line"] = field(default_factory=list)

    @property
    def figure(self) -> Figure:
        return self.now.figure

    @property
    def shown(self) -> Reading:
        """What was approved, else what is counted."""
        return as_reading(self.frozen, self.now) if self.frozen else self.now

    @property
    def means(self) -> str:
        """The meaning that the shown number had."""
        return self.frozen.means if self.frozen and self.frozen.means else self.figure.means

    @property
    def is_redefined(self) -> bool:
        return bool(self.frozen and self.frozen.means_version != self.figure.version)

    @property
    def is_changed(self) -> bool:
        """Whether it would be another number today; of another meaning it is not compared."""
        return bool(self.frozen and not self.is_redefined and not is_same(self.frozen, self.now))

    @property
    def change(self) -> str:
        """`+3`, `-2.5 点` against the time before; empty where one of them is not known."""
        return self.shown.against(self.before)


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """A figure that was corrected: from what, to what, why."""

    label: str
    old: str
    new: str
    correction: FigureCorrection


@dataclass(kw_only=True)
class Summary:
    """Everything that page, workbook and paper show of one time and desk."""

    asked: Asked
    approval: FigureApproval | None
    lines: list[Line]
    cuts: list[tuple[Cut, list[Line]]]
    majors: list[Complaint]
    corrected: list[Corrected]

    @property
    def corrections(self) -> list[tuple[FigureCorrection, list[Corrected]]]:
        """What was corrected, under its reason."""
        found: dict[FigureCorrection, list[Corrected]] = {}
        for each in self.corrected:
            found.setdefault(each.correction, []).append(each)
        return list(found.items())

    @property
    def period(self) -> Period:
        return self.asked.period

    @property
    def is_over(self) -> bool:
        return self.period.is_over(self.asked.now)

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The lines under their headings; what stands beside another is in the line of that one."""
        own = [line for line in self.lines if not line.figure.beside]
        found = [(group.label, [line for line in own if line.figure.group == group]) for group in FigureGroup]
        return [(label, lines) for label, lines in found if lines]

    @property
    def readings(self) -> list[Reading]:
        """All that is counted now."""
        return [line.now for line in (*self.lines, *(each for _, lines in self.cuts for each in every(lines)))]

    @property
    def changed(self) -> list[Line]:
        """What is approved and would be another number today."""
        parts = [line for _, lines in self.cuts for line in every(lines)]
        return [line for line in (*self.lines, *parts) if line.is_changed]

    @property
    def waiting(self) -> int:
        """How many cases are not judged yet: approved now, they will ask for a correction."""
        return max((line.now.waiting for line in self.lines), default=0)

    def line(self, key: str) -> Line:
        return next(line for line in self.lines if line.figure.key == key)


def every(lines: Iterable[Line]) -> list[Line]:
    """Lines and their parts."""
    return [each for line in lines for each in (line, *line.parts)]


def is_same(frozen: FrozenFigure, now: Reading) -> bool:
    return (frozen.number, frozen.base) == now.numbers


def as_reading(frozen: FrozenFigure, now: Reading) -> Reading:
    """An approved number; it leads to the rows that were behind it."""
    source = source_of(frozen.key)
    urls = now.urls if is_same(frozen, now) else {}
    urls = {part: url for part, url in urls.items() if part != "waiting"}
    if isinstance(source, CaseSource):
        kept = {"hits": frozen.hit_keys, "base": frozen.base_keys}
        urls |= {
            part: f"{source.list_url}?figure=kept.{part}.{frozen.pk}" for part, keys in kept.items() if keys is not None
        }
    return replace(
        now, hits=frozen.number, base=frozen.base, waiting=frozen.waiting, note=frozen.note, urls=urls,
        label=frozen.label,
    )


def frozen_rows(periods: Iterable[Period], point: Any) -> QuerySet[FrozenFigure]:
    """What was approved for some times at a desk, the oldest first."""
    return FrozenFigure.objects.filter(approval__in=approvals_of(periods).values("pk"), service_point=point).order_by(
        "pk"
    ).select_related("approval", "correction", "correction__by")


def approvals_of(periods: Iterable[Period]) -> QuerySet[FigureApproval]:
    chosen = Q(pk__in=[])
    for period in periods:
        chosen |= Q(**period_columns(period))
    return FigureApproval.objects.filter(chosen).order_by("pk")


def in_force(rows: Iterable[FrozenFigure]) -> dict[tuple[Period, str, str], FrozenFigure]:
    """The last of each."""
    return {(row.approval.period, row.key, row.cut): row for row in rows}


def cuttings(asked: Asked) -> list[Cutting]:
    """The parts of the cases, each way of parting by a question of its own."""
    rows = COMPLAINT_SOURCE.rows(asked).order_by()
    return [
        (cut, rows.values_list(*cut.columns).annotate(
            cases=Count("pk"), causes=Count("incident", distinct=True), alone=Count("pk", filter=Q(incident=None)),
        ))
        for cut in CUTS
    ]


def cut_readings(asked: Asked, found: Iterable[Cutting]) -> dict[str, Reading]:
    """Each part of the cases by its `cut`; `hits` are 件, `base` 起."""
    readings = {}
    for cut, rows in found:
        for *values, cases, causes, alone in rows:
            text = cut.text(values)
            readings[text] = Reading(
                figure=CASES, hits=cases, base=causes + alone, cut=text, label=cut.name(tuple(values))[:80],
                urls={"hits": COMPLAINT_SOURCE.url(CASES, "hits", asked, text)}, right=COMPLAINT_SOURCE.right,
            )
    return readings


def summary_of(asked: Asked) -> Summary:
    """The whole, by one query."""
    earlier = replace(asked, period=asked.period.before)
    periods = (asked.period, earlier.period)
    frozen, approvals = frozen_rows(periods, asked.point), approvals_of(periods).select_related("by")
    majors = COMPLAINT_SOURCE.rows(asked).filter(severity=Severity.MAJOR).select_related("zone")
    majors = majors.order_by("received_at", "pk")[:MOST_MAJOR]
    parted, parted_before = cuttings(asked), cuttings(earlier)
    now, before = readings_of(
        asked, earlier, of=sources(SUMMARY),
        besides=[frozen, approvals, majors, *(rows for _, rows in parted + parted_before)],
    )
    rows, forced = list(frozen), in_force(frozen)
    now |= cut_readings(asked, parted)
    before |= cut_readings(earlier, parted_before)
    lines = _lines(asked.period, now, before, forced)
    return Summary(
        asked=asked, approval=next((each for each in approvals if each.period == asked.period), None),
        lines=_with_net([lines[figure.key] for figure in figures(SUMMARY) if figure.key in lines]), cuts=_cuts(lines),
        majors=list(majors), corrected=corrections_in([row for row in rows if row.approval.period == asked.period]),
    )


def _lines(
    period: Period, now: dict[str, Reading], before: dict[str, Reading], forced: dict[tuple, FrozenFigure]
) -> dict[str, Line]:
    """Every figure and part, by its key; one that was approved and is counted no more stays, with nothing behind it."""
    gone = {
        cut: Reading(figure=CASES, hits=0, base=0, cut=cut, label=row.label, right=COMPLAINT_SOURCE.right)
        for (when, _, cut), row in forced.items() if when == period and cut and cut not in now
    }
    return {
        key: Line(now=reading, frozen=forced.get(place(period, reading)),
                  before=_before(before.get(key) or _none_of(reading), forced, period.before))
        for key, reading in (now | gone).items()
    }


def place(period: Period, reading: Reading) -> tuple[Period, str, str]:
    """Where the approved row of a reading stands in `in_force`."""
    return period, reading.figure.key, reading.cut


def _none_of(reading: Reading) -> Reading | None:
    """A part that had no case is 0; a figure that was not known is not."""
    return replace(reading, hits=0, base=0, urls={}) if reading.cut else None


def _before(reading: Reading | None, forced: dict[tuple, FrozenFigure], period: Period) -> Reading | None:
    row = forced.get(place(period, reading)) if reading else None
    return as_reading(row, reading) if row and reading else reading


def _with_net(lines: list[Line]) -> list[Line]:
    for line in lines:
        line.net = next((each for each in lines if each.figure.beside == line.figure.key), None)
    return lines


def _cuts(lines: dict[str, Line]) -> list[tuple[Cut, list[Line]]]:
    """The parts, the greatest first; 细类 below its 类别."""
    found = {cut.key: [] for cut in CUTS}
    for line in lines.values():
        if line.now.cut:
            found[line.now.cut.partition("=")[0]].append(line)
    for each in found.values():
        each.sort(key=lambda line: (-(line.shown.hits or 0), line.shown.name))
    for line in found["category"]:
        head = f"subcategory={line.now.cut.partition('=')[2]}|"
        line.parts = [each for each in found["subcategory"] if each.now.cut.startswith(head)]
    return [(cut, found[cut.key]) for cut in CUTS if cut.key != "subcategory"]


def corrections_in(rows: Iterable[FrozenFigure]) -> list[Corrected]:
    """What was corrected among the rows of one time and desk, in their order."""
    last: dict[tuple[str, str], FrozenFigure] = {}
    found = []
    for row in rows:
        old = last.get((row.key, row.cut))
        if row.correction is not None:
            before = said(old) if old else NOTHING
            found.append(Corrected(label=row.label, old=before, new=said(row), correction=row.correction))
        last[row.key, row.cut] = row
    return found


def said(row: FrozenFigure) -> str:
    """`87.5%(7/8)`, `12`: as the figure writes it."""
    source = source_of(row.key)
    figure = next((each for each in source.figures if each.key == row.key), None) if source else None
    if figure is None:
        return f"{row.number}/{row.base}" if row.base is not None else f"{row.number}"
    reading = Reading(figure=figure, hits=row.number, base=row.base)
    return f"{reading.text}({row.number}/{row.base})" if figure.scale and reading.value is not None else reading.text
