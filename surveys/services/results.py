"""Figures of the survey: each item's scores, averages, 满意率, NPS, 样本率, by place and over time. No single sheet."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from servicedesk.services import kept
from surveys.choices import DETRACTORS, PLEASED, PROMOTERS, SCORED, Channel, Score, SheetState
from surveys.models import SurveyAnswer, SurveyItem

# Of fewer sheets, when one's own are among them, even a figure would tell a single score.
FEWEST = 5
MOST_DAYS = 31
OVERALL_POINTS, ITEM_POINTS = 20, 80
NOTHING = "—"


@dataclass
class Tallied:
    """How often each score was given."""

    label: str
    order: int | None = None
    counts: Counter = field(default_factory=Counter)

    @property
    def n(self) -> int:
        """Answers that judge; 不清楚 does not."""
        return sum(self.counts[score] for score in SCORED)

    @property
    def unknown(self) -> int:
        return self.counts[Score.UNKNOWN]

    @property
    def mean(self) -> float | None:
        return sum(score * self.counts[score] for score in SCORED) / self.n if self.n else None

    @property
    def pleased(self) -> float | None:
        """满意率: 很满意 and 满意, of those that judge, in percent."""
        return 100 * sum(self.counts[score] for score in PLEASED) / self.n if self.n else None

    @property
    def bars(self) -> list[dict[str, Any]]:
        """Where each score's part of the bar stands, of 100."""
        found, at = [], 0.0
        for score in SCORED if self.n else ():
            width = 100 * self.counts[score] / self.n
            found.append({"score": score.value, "x": f"{at:.2f}", "width": f"{width:.2f}", "label": score.label,
                          "count": self.counts[score]})
            at += width
        return found

    def scores(self) -> list[int]:
        """Counts from 5 down to 1."""
        return [self.counts[score] for score in SCORED]


@dataclass
class Results:
    """Everything that the page, the workbook and the summary sheet show of one choice of sheets."""

    items: list[Tallied]
    overall: Tallied
    nps: Counter
    states: Counter
    channels: Counter
    handed_out: int
    returned: int
    is_closed: bool = False
    places: list[Tallied] = field(default_factory=list)
    days: list[Tallied] = field(default_factory=list)

    @property
    def valid(self) -> int:
        return self.states[SheetState.VALID]

    @property
    def collected(self) -> int:
        """回收: all but the void ones."""
        return self.valid + self.states[SheetState.INVALID]

    @property
    def net_promoters(self) -> float | None:
        """NPS: the share of 9 and 10 less that of 0 to 6, in points."""
        asked = sum(self.nps.values())
        ahead = sum(self.nps[n] for n in PROMOTERS) - sum(self.nps[n] for n in DETRACTORS)
        return 100 * ahead / asked if asked else None

    @property
    def return_rate(self) -> float | None:
        """回收率 of the numbered paper sheets that went out, in percent."""
        return 100 * self.returned / self.handed_out if self.handed_out else None

    @property
    def valid_rate(self) -> float | None:
        return 100 * self.valid / self.collected if self.collected else None

    @property
    def points(self) -> float | None:
        """Of 100, as the grading of scenic areas counts: 20 for the whole, 80 for the items alike.

        An item that nobody judged takes the mean of the others.
        """
        means = [item.mean for item in self.items if item.mean is not None]
        if not means or self.overall.mean is None:
            return None
        return OVERALL_POINTS * self.overall.mean / 5 + ITEM_POINTS * sum(means) / len(means) / 5

    def by_channel(self) -> list[tuple[str, int]]:
        return [(channel.label, self.channels[channel.value]) for channel in Channel]


def results_of(rows: QuerySet, batches: QuerySet, *, viewer: Any = None) -> Results:
    """Count sheets (without annotations, void ones among them) and the batches of the same period and place.

    `viewer`: whose own sheets must not be told by a figure of few; None for a sheet of the whole month.
    """
    found = _sheets(rows, viewer)
    back = Count("sheets", filter=~Q(sheets__state=SheetState.VOID))
    for count, returned in batches.order_by().annotate(back=back).values_list("count", "back"):
        found.handed_out += count
        found.returned += returned
    if not found.is_closed:
        found.items = _items(rows)
    return found


def _own(viewer: Any) -> Case:
    """1 on sheets that the viewer handed out or typed in."""
    own = Q(created_by=viewer) | Q(handed_out_by=viewer) if viewer else Q(pk__in=[])
    return Case(When(own, then=Value(1)), default=Value(0))


def _sheets(rows: QuerySet, viewer: Any) -> Results:
    grouped = rows.annotate(is_own=_own(viewer)).order_by().values_list(
        "overall", "nps", "state", "channel", "is_own"
    ).annotate(n=Count("pk"))
    results = Results([], Tallied("总体印象"), Counter(), Counter(), Counter(), 0, 0)
    has_own = False
    for overall, nps, state, channel, is_own, count in grouped:
        results.states[state] += count
        if state != SheetState.VALID:
            continue
        results.overall.counts[overall] += count
        results.channels[channel] += count
        has_own = has_own or bool(is_own)
        if nps is not None:
            results.nps[nps] += count
    if has_own and results.valid < FEWEST:
        return Results([], Tallied("总体印象"), Counter(), results.states, Counter(), 0, 0, is_closed=True)
    return results


def _items(rows: QuerySet) -> list[Tallied]:
    """Each item through all versions, worded as it was last asked."""
    answers = SurveyAnswer.objects.filter(sheet__in=rows.counted().order_by().values("pk"))
    counts: dict[int, Counter] = {}
    for line, score, count in answers.order_by().values_list("item__line", "score").annotate(n=Count("pk")):
        counts.setdefault(line, Counter())[score] += count
    words = kept.rows_of(SurveyItem.objects.order_by("version__number").values_list("line", "text", "order"))
    asked = {line: (text, order) for line, text, order in words}
    found = [Tallied(asked[line][0], asked[line][1], counter) for line, counter in counts.items()]
    return sorted(found, key=lambda item: (item.order or 0, item.label))


def by_place(rows: QuerySet, viewer: Any = None) -> list[Tallied]:
    """总体印象 of each place, the busiest first."""
    named = rows.counted().order_by().annotate(where=Coalesce("zone__name", "code__name"), is_own=_own(viewer))
    grouped = named.values_list("where", "is_own", "overall").annotate(n=Count("pk"))
    return sorted(_tallied((name or "未写地点", *rest) for name, *rest in grouped), key=lambda place: -place.n)


def over_time(rows: QuerySet, since: dt.date, until: dt.date, viewer: Any = None) -> list[Tallied]:
    """总体印象 by day, or by month where the period is longer than a month."""
    is_long = (until - since).days > MOST_DAYS
    unit = TruncMonth("answered_at") if is_long else TruncDate("answered_at")
    timed = rows.counted().order_by().annotate(unit=unit, is_own=_own(viewer))
    grouped = timed.values_list("unit", "is_own", "overall").annotate(n=Count("pk"))
    form = "{:%Y-%m}" if is_long else "{:%m-%d}"
    return sorted(_tallied((form.format(unit), *rest) for unit, *rest in grouped), key=lambda each: each.label)


def _tallied(rows: Iterable[tuple]) -> list[Tallied]:
    """One line per label; of few sheets, the viewer's own among them, only that they are there."""
    found: dict[str, Tallied] = {}
    own: set[str] = set()
    for label, is_own, score, count in rows:
        found.setdefault(label, Tallied(label)).counts[score] += count
        own |= {label} if is_own else set()
    return [
        Tallied(f"{label}(不足 {FEWEST} 份,含本人的,不显示)") if label in own and line.n < FEWEST else line
        for label, line in found.items()
    ]


def batches_between(rows: QuerySet, since: dt.date, until: dt.date, zone: Any = None) -> QuerySet:
    """What went out in the same period and place."""
    found = rows.filter(on__gte=since, on__lte=until)
    return found.filter(zone=zone) if zone else found


def shown(value: float | None, form: str = "{:.1f}") -> str:
    """A figure, or — where nothing was asked."""
    return NOTHING if value is None else form.format(value)
