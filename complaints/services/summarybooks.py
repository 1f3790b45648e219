"""The summary as a workbook: real numbers on one sheet, the cases behind them, masked, on the other."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.figures.cases import CASES, COMPLAINT_SOURCE
from complaints.models import Complaint
from complaints.services.summaries import Line, Summary
from servicedesk.models import ExportLog
from servicedesk.register import Column, register_of
from servicedesk.services.exports import SheetOf, check_size, in_chunks, workbook_of

Row = tuple[str, Line]


def number(value: Any) -> Decimal | None:
    """As a cell that can be reckoned with; nothing where there is none."""
    return None if value is None else round(Decimal(value), 2)


def base_of(line: Line) -> int | None:
    return line.shown.base if line.figure.scale else None


FIGURE_COLUMNS = (
    Column(key="group", label="分组", value=lambda row: row[0], width=16),
    Column(key="label", label="指标", value=lambda row: row[1].shown.name, width=24),
    Column(key="value", label="数值", kind="money", value=lambda row: number(row[1].shown.value), width=11),
    Column(key="unit", label="单位", value=lambda row: row[1].figure.unit, width=8),
    Column(key="hits", label="分子", kind="money", value=lambda row: number(row[1].shown.hits), width=11),
    Column(key="base", label="分母", kind="number", value=lambda row: base_of(row[1]), width=10),
    Column(key="waiting", label="未到期", kind="number", value=lambda row: row[1].shown.waiting, width=8),
    Column(key="net", label="净值", kind="money", width=10,
           value=lambda row: number(row[1].net.shown.value if row[1].net else None)),
    Column(key="causes", label="起数", kind="number", value=lambda row: row[1].shown.base if row[1].now.cut else None,
           width=8),
    Column(key="before", label="上期", kind="money",
           value=lambda row: number(row[1].before.value if row[1].before else None), width=11),
    Column(key="now", label="现在计算", kind="money",
           value=lambda row: number(row[1].now.value) if row[1].is_changed else None, width=11),
    Column(key="state", label="状态", value=lambda row: state_of(row[1]), width=10),
    Column(key="note", label="说明", value=lambda row: row[1].shown.note, width=30),
    Column(key="means", label="口径", value=lambda row: row[1].means, width=60),
)


def state_of(line: Line) -> str:
    if line.frozen is None:
        return "未核定"
    return "待更正" if line.is_changed else "已更正" if line.frozen.correction_id else "已核定"


def lines_of(summary: Summary) -> Iterator[Row]:
    """Every figure, then every part of the cases."""
    for label, lines in summary.groups:
        yield from ((label, line) for line in lines)
    for cut, lines in summary.cuts:
        for line in lines:
            yield f"按{cut.label}", line
            yield from (("按细类", part) for part in line.parts)


def summary_workbook(summary: Summary, *, user: Any, query: str = "") -> bytes:
    """The workbook, noted in the export log before its first row is read.

    Raises:
        TooManyRows: more cases than the setting allows.
    """
    register = register_of(Complaint)
    assert register is not None
    cases = COMPLAINT_SOURCE.cases(CASES, "hits", summary.asked).order_by("received_at", "pk")
    cases = cases.select_related(*register.related)
    count = check_size(cases)
    with transaction.atomic():
        ExportLog.objects.create(register="complaint-summary", query=query[:2000], rows=count, by=user)
    made = f"{timezone.localtime(summary.asked.now):%Y-%m-%d %H:%M} {user.name} 导出"
    where = summary.asked.point.name if summary.asked.point else "全部服务点"
    return workbook_of([
        SheetOf(title="投诉汇总表", subtitle=f"{summary.period.label} · {where} · {approved(summary)} · {made}",
                columns=FIGURE_COLUMNS, rows=lines_of(summary)),
        SheetOf(title="投诉明细", subtitle=f"{summary.period.label} · {where} · 共 {count} 件 · {made} · 已脱敏",
                columns=register.columns, rows=in_chunks(cases)),
    ])


def approved(summary: Summary) -> str:
    """`已核定(王经理 2026-12-01 09:00)`, `未核定`."""
    one = summary.approval
    return f"已核定({one.by.name} {timezone.localtime(one.at):%Y-%m-%d %H:%M})" if one else "未核定"
