"""核定 and 更正: the figures of a time that is over are kept as they are, and counted anew only with a reason."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from complaints.errors.figures import (
    ApprovedAlready,
    FiguresMoved,
    NotApprovedYet,
    NothingToCorrect,
    PeriodNotOver,
)
from complaints.figures.cases import COMPLAINT_SOURCE, CUTS
from complaints.models import FigureApproval, FigureCorrection, FrozenFigure
from complaints.models.figures import period_columns, seal_of
from complaints.services.actions import needed, said
from complaints.services.summaries import cut_readings, cuttings, frozen_rows, in_force, is_same, place
from dutylog.services.enquiries import refuse_numbers
from servicedesk.behind import add_finder
from servicedesk.figures import (
    MOST_DIGITS,
    SUMMARY,
    Asked,
    CaseSource,
    Part,
    Reading,
    case_sources,
    readings_of,
    source_of,
    sources,
)
from servicedesk.models import ServicePoint
from servicedesk.periods import Period
from servicedesk.services.asking import gather

# Of more rows the numbers alone are kept.
MOST_KEYS = 1000
Keys = dict[tuple[str, str, str], list[int]]
BOTH: tuple[Part, ...] = ("hits", "base")
COLUMNS = {"hits": "hit_keys", "base": "base_keys"}


@transaction.atomic
def approve_period(period: Period, *, by: Any, seen: str | None = None, note: str = "") -> FigureApproval:
    """核定, of the house and of each desk: numbers, meaning and rows are kept.

    `seen` is the mark of what the person looked at (`mark_of`); without it, at None, nothing is compared.

    Raises:
        PeriodNotOver: it still runs.
        ApprovedAlready: another was faster.
        FiguresMoved: the figures are others than the person saw.
        NumberInText: a phone stands in the note.
    """
    refuse_numbers(note, "note")
    now = timezone.now()
    if not period.is_over(now):
        raise PeriodNotOver(period=period.label)
    approval = _first_approval(period, by=by, note=note.strip()[:200])
    for point in places():
        asked = Asked(period=period, now=now, point=point)
        readings = counted(asked)
        if point is None and seen not in (None, mark_of(readings)):
            raise FiguresMoved
        _freeze(approval, asked, readings)
    return approval


def _first_approval(period: Period, *, by: Any, note: str) -> FigureApproval:
    """Of two people who approve at once, one wins."""
    try:
        with transaction.atomic():
            return FigureApproval.objects.create(**period_columns(period), at=timezone.now(), by=by, note=note)
    except IntegrityError:
        first = FigureApproval.objects.select_related("by").get(**period_columns(period))
        raise ApprovedAlready(period=period.label, who=first.by.name, at=said(first.at)) from None


@transaction.atomic
def correct_period(period: Period, reason: str, *, by: Any) -> FigureCorrection:
    """更正: what would be another number today is written anew; the old row stays.

    Raises:
        TextNeeded, NumberInText: no reason.
        NotApprovedYet: there is nothing to correct yet.
        NothingToCorrect: every number is the same, or another corrected it meanwhile.
    """
    reason = needed(reason, "为什么更正", "reason")
    approval = FigureApproval.objects.select_for_update().filter(**period_columns(period)).first()
    if approval is None:
        raise NotApprovedYet(period=period.label)
    now = timezone.now()
    correction = FigureCorrection.objects.create(approval=approval, at=now, by=by, reason=reason[:200])
    written = 0
    for point in places():
        asked = Asked(period=period, now=now, point=point)
        written += _freeze(approval, asked, _changed(asked), correction)
    if not written:
        raise NothingToCorrect(period=period.label)
    return correction


def _changed(asked: Asked) -> list[Reading]:
    """What differs from the number in force, or has none."""
    forced, found = in_force(frozen_rows([asked.period], asked.point)), []
    for reading in counted(asked, forced.values()):
        row = forced.get(place(asked.period, reading))
        if row is None or row.means_version != reading.figure.version or not is_same(row, reading):
            found.append(reading)
    return found


def places() -> list[ServicePoint | None]:
    """The house, then each desk."""
    return [None, *ServicePoint.objects.filter(is_active=True)]


def counted(asked: Asked, known: Iterable[FrozenFigure] = ()) -> list[Reading]:
    """Every figure and every part of the cases as of now; a part that is `known` and has no case any more is 0."""
    parted = cuttings(asked)
    (now,) = readings_of(asked, of=sources(SUMMARY), besides=[rows for _, rows in parted])
    cuts = cut_readings(asked, parted)
    gone = [
        Reading(figure=now[row.key].figure, hits=0, base=0, cut=row.cut, label=row.label)
        for row in known if row.cut and row.cut not in cuts
    ]
    return [*now.values(), *cuts.values(), *gone]


def mark_of(readings: Iterable[Reading]) -> str:
    """Changes with every number: by it an approval knows whether it is of what was seen."""
    lines = [f"{reading.figure.key}|{reading.cut}|{reading.numbers}" for reading in readings]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _freeze(
    approval: FigureApproval, asked: Asked, readings: list[Reading], correction: FigureCorrection | None = None
) -> int:
    """Write the rows; how many."""
    keys = keys_of(asked) if readings else {}
    rows = [_row(approval, asked, reading, keys, correction) for reading in readings]
    return len(FrozenFigure.objects.bulk_create(rows))


def _row(
    approval: FigureApproval, asked: Asked, reading: Reading, keys: Keys, correction: FigureCorrection | None
) -> FrozenFigure:
    figure = reading.figure
    hit_keys, base_keys = (keys.get((figure.key, reading.cut, part)) for part in ("hits", "base"))
    return FrozenFigure(
        approval=approval, correction=correction, service_point=asked.point, key=figure.key, cut=reading.cut,
        label=reading.name, means=figure.means, means_version=figure.version, hits=reading.hits, base=reading.base,
        waiting=reading.waiting, note=reading.note[:300], hit_keys=hit_keys, base_keys=base_keys,
        digest=seal_of(
            figure.key, reading.cut, figure.version, reading.hits, reading.base, hit_keys, base_keys
        ),
    )


def keys_of(asked: Asked) -> Keys:
    """The keys of the rows behind each number, where they are not too many."""
    plan = [
        ((figure.key, "", part), source.cases(figure, part, asked).order_by("pk").values_list("pk")[: MOST_KEYS + 1])
        for source in case_sources(SUMMARY) for figure in source.figures
        for part in (BOTH if figure.scale else BOTH[:1])
    ]
    parted = _cut_columns(asked)
    gather(*(rows for _, rows in plan), parted)
    found = {name: [key for (key,) in rows] for name, rows in plan if len(rows) <= MOST_KEYS}
    return found | _cut_keys(list(parted))


def _cut_columns(asked: Asked) -> QuerySet:
    columns = [column for cut in CUTS for column in cut.columns]
    return COMPLAINT_SOURCE.rows(asked).order_by("pk").values_list("pk", *dict.fromkeys(columns))[: MOST_KEYS + 1]


def _cut_keys(rows: list[tuple]) -> Keys:
    found: Keys = {}
    if len(rows) > MOST_KEYS:
        return found
    names = list(dict.fromkeys(column for cut in CUTS for column in cut.columns))
    for key, *values in rows:
        by_name = dict(zip(names, values, strict=True))
        for cut in CUTS:
            text = cut.text([by_name[column] for column in cut.columns])
            found.setdefault(("cases", text, "hits"), []).append(key)
    return found


def find_kept(model: Any, parts: list[str]) -> tuple[Any, str] | None:
    """The rows behind an approved number, as an address names them: `kept.hits.12`."""
    if len(parts) != 2 or parts[0] not in COLUMNS or not parts[1].isdecimal() or len(parts[1]) > MOST_DIGITS:
        return None
    row = FrozenFigure.objects.select_related("approval", "service_point").filter(pk=int(parts[1])).first()
    keys = getattr(row, COLUMNS[parts[0]]) if row else None
    source = source_of(row.key) if row else None
    if row is None or keys is None or not isinstance(source, CaseSource) or model not in (None, source.model):
        return None
    where = row.service_point.name if row.service_point else "全部服务点"
    return keys, f"投诉汇总表(已核定):{row.label} {row.approval.period.label} {where}"


add_finder("kept", find_kept)
