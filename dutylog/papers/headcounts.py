"""接待人数月报表, and the block 报送人数 of 3.12."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dutylog.hours import CLOSING
from dutylog.models import DutyDay, HeadcountReport
from dutylog.services.headcount_tables import MonthTable, month_table, times_of
from dutylog.sheetparts import give_part
from servicedesk.models import ServicePoint
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import month_of
from servicedesk.services import preferences

DAYS = range(1, 32)
WEEKDAYS = "一二三四五六日"


def of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    """The figures in force of a month."""
    found = rows.standing().filter(on__gte=month, on__lt=month_of(month).after)
    return found.order_by("service_point", "on", "due_at", "pk").select_related("corrects", "service_point")


def _tables(ledger: Ledger) -> list[MonthTable]:
    """One table per desk; an empty one when nobody reported at all."""
    groups: dict[ServicePoint, list[HeadcountReport]] = {}
    for row in ledger.all_rows:
        groups.setdefault(row.service_point, []).append(row)
    if not groups:
        point = ServicePoint.objects.filter(name=ledger.place).first()
        return [month_table(point, ledger.month, [])]
    return [month_table(point, ledger.month, rows) for point, rows in groups.items()]


def _cells(table: MonthTable) -> list[dict[str, Any]]:
    """A line per day: its figures in the order of the columns, `缺` where nothing was reported."""
    return [
        {
            "row": row, "weekday": WEEKDAYS[row.on.weekday()],
            "cells": [row.figures.get(slot) for slot in table.slots if slot != CLOSING],
        }
        for row in table.days
    ]


def month_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of the month table: days by times, totals, the year before, and which days are missing."""
    if ledger is None:
        slots = [slot for slot in preferences.value("dutylog.headcount_times") if slot != CLOSING]
        return {"ledger": None, "sheets": [], "slots": slots, "days": DAYS}
    sheets = [
        {"table": table, "lines": _cells(table), "slots": [slot for slot in table.slots if slot != CLOSING]}
        for table in _tables(ledger)
    ]
    return {"ledger": ledger, "sheets": sheets}


def sheet_rows(day: DutyDay) -> list[dict[str, Any]]:
    """The block of 3.12: a row per report time; `/` where nothing was reported, or another desk reports."""
    rows = [_sheet_row(row["label"], row["report"]) for row in times_of(day)]
    return rows or [_sheet_row("/", None) | {"sent": "由其他服务点报送"}]


def _sheet_row(label: str, report: HeadcountReport | None) -> dict[str, Any]:
    at = "闭园合计" if label == CLOSING else label
    if report is None:
        return {"at": at, **dict.fromkeys(("entered", "inside", "theatre", "events", "sent"), "/")}
    corrected = f"(更正,原报 {report.corrects.entered:,})" if report.corrects else ""
    sent = ";".join(
        f"{sent.to_whom} {sent.get_means_display()} {timezone.localtime(sent.at):%H:%M}" for sent in report.sent
    )
    return {
        "at": at, "entered": f"{report.entered:,}{corrected}",
        "inside": f"{report.inside:,}" if report.inside is not None else "/", "theatre": report.theatre or "/",
        "events": report.events or "/", "sent": sent or "未报送",
    }


give_part("headcounts", sheet_rows)
MONTH_TABLE = add_paper(Paper(
    key="headcount-month", form_code="KF-RS", title="接待人数月报表", template="dutylog/print/headcount_month.html",
    size="a4", model=HeadcountReport, context=month_context, month_rows=of_month,
    month_of=lambda report: report.on, rows_per_page=62,
    signatures=(("maker", "制表"), ("head", "中心负责人"), ("manager", "部门经理")),
    footnotes=(
        "各时点为入园累计;合计以闭园数为准。“*”为更正过的数字,原数字见当日值班记录。",
        "同期为去年同月同日闭园数;“缺”为当日没有报送,有缺的月份合计不完整。",
    ),
))
