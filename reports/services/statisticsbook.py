"""The figures as a workbook: every figure, every part, and the trend that was looked at, as real numbers."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from reports.services.statistics import Line, Statistics
from servicedesk.figures import Reading
from servicedesk.models import ExportLog
from servicedesk.periods import Period
from servicedesk.register import Column
from servicedesk.services.exports import SheetOf, workbook_of

LOG = "statistics"
Row = tuple[str, Line]


def number(reading: Reading | None) -> Decimal | None:
    """As a cell that can be reckoned with; nothing where it is not known."""
    value = reading.value if reading else None
    return None if value is None else round(Decimal(value), 2)


def base_of(reading: Reading) -> int | None:
    return reading.base if reading.figure.scale else None


LINE_COLUMNS = (
    Column(key="group", label="分组", value=lambda row: row[0], width=18),
    Column(key="label", label="指标", value=lambda row: row[1].now.name, width=24),
    Column(key="value", label="数值", kind="money", value=lambda row: number(row[1].now), width=12),
    Column(key="unit", label="单位", value=lambda row: row[1].figure.unit, width=8),
    Column(key="hits", label="分子", kind="number", value=lambda row: row[1].now.hits, width=10),
    Column(key="base", label="分母", kind="number", value=lambda row: base_of(row[1].now), width=10),
    Column(key="waiting", label="未到期", kind="number", value=lambda row: row[1].now.waiting, width=8),
    Column(key="before", label="上期", kind="money", value=lambda row: number(row[1].before), width=12),
    Column(key="year_before", label="去年同期", kind="money", value=lambda row: number(row[1].year_before), width=12),
    Column(key="note", label="说明", value=lambda row: row[1].now.note, width=30),
    Column(key="means", label="口径", value=lambda row: row[1].figure.means, width=60),
)
TREND_COLUMNS = (
    Column(key="period", label="时段", value=lambda point: point[0].label, width=28),
    Column(key="value", label="数值", kind="money", value=lambda point: number(point[1]), width=12),
    Column(key="unit", label="单位", value=lambda point: point[1].figure.unit, width=8),
    Column(key="hits", label="分子", kind="number", value=lambda point: point[1].hits, width=10),
    Column(key="base", label="分母", kind="number", value=lambda point: base_of(point[1]), width=10),
    Column(key="note", label="说明", value=lambda point: point[1].note, width=30),
)


def lines_of(found: Statistics) -> Iterator[Row]:
    for group in found.groups:
        yield from ((group.group.label, line) for line in group.lines)


def parts_of(found: Statistics) -> Iterator[Row]:
    for group in found.groups:
        for parting in group.partings:
            yield from ((f"{parting.figure.label} 按{parting.cut.label}", line) for line in parting.lines)


def statistics_workbook(found: Statistics, *, user: Any, query: str = "") -> bytes:
    """The workbook, noted in the export log first. It holds numbers alone, nobody's name."""
    lines, parts = list(lines_of(found)), list(parts_of(found))
    points: list[tuple[Period, Reading]] = found.trend.points
    ExportLog.objects.create(register=LOG, query=query[:2000], rows=len(lines) + len(parts) + len(points), by=user)
    made = f"{timezone.localtime(found.asked.now):%Y-%m-%d %H:%M} {user.name} 导出"
    where = found.asked.point.name if found.asked.point else "全部服务点"
    said = f"{found.asked.period.label} · {where} · {made}"
    return workbook_of([
        SheetOf(title="指标", subtitle=said, columns=LINE_COLUMNS, rows=lines),
        SheetOf(title="分项", subtitle=said, columns=LINE_COLUMNS, rows=parts),
        SheetOf(title="走势", subtitle=f"{found.trend.figure.label} · {said}", columns=TREND_COLUMNS, rows=points),
    ])
