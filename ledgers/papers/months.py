"""The table of a ledger's month: A4 landscape, each version of its form with its own head, repeated on every page."""

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from ledgers.choices import STOCKED, TOLD_LABEL, WITH_DUE, EntryState, FieldType, Service
from ledgers.definitions import LedgerField
from ledgers.models import LedgerEntry, LedgerKind, LedgerVersion
from ledgers.papers.cells import LEAST, LEAST_OF, shares, weight_of
from ledgers.papers.entries import RIGHT, form_code
from servicedesk.paper import Ledger, Paper
from servicedesk.periods import month_of
from servicedesk.templatetags.papers import yuan

PARTS, ROOM = 64, 14
# 序号, 编号, 时间 before the columns, 经办 and 结果 behind them.
EDGE = (2, 8, 5, 4, 7)


@dataclass(frozen=True)
class TableColumn:
    """A column of the table."""

    label: str
    read: Callable[[LedgerEntry], str]
    weight: int
    least: int = LEAST


def month_paper(kind: LedgerKind, version: LedgerVersion) -> Paper:
    """The month of a ledger."""
    return Paper(
        key=f"ledger-{kind.code}-month", form_code=f"{form_code(kind)}-T", title=f"{kind.name}台账",
        template="ledgers/print/month.html", size="a4-landscape", model=LedgerEntry,
        context=lambda ledger: month_context(kind, ledger, version), right=RIGHT, only=Q(kind=kind.pk),
        month_rows=entries_of_month, month_of=lambda entry: timezone.localdate(entry.happened_at),
        fits=lambda entry: entry.kind_id == kind.pk, rows_per_page=ROOM, version=f"A/{max(version.number - 1, 0)}",
        signatures=(("maker", "制表"), ("checker", "审核")),
    )


def entries_of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    """What was voided keeps its row, struck through."""
    of = month_of(month)
    found = rows.filter(happened_at__gte=of.begins, happened_at__lt=of.ends).order_by("happened_at", "pk")
    return found.select_related(
        "kind", "kind_version", "thing", "created_by", "told_person", "ended_by"
    )


def month_context(kind: LedgerKind, ledger: Ledger | None, version: LedgerVersion) -> dict[str, Any]:
    """The tables of the month: one for each version that was written in, in the order of time."""
    if ledger is None or not ledger.rows:
        return {"ledger": ledger, "tables": [_table(kind, version, [], is_blank=ledger is None)], "totals": None}
    ordered = enumerate(ledger.rows, start=ledger.first)
    tables = [
        _table(kind, rows[0][1].kind_version, rows)
        for _, group in itertools.groupby(ordered, key=lambda row: row[1].kind_version_id)
        if (rows := list(group))
    ]
    return {"ledger": ledger, "tables": tables, "totals": totals_of(kind, ledger.all_rows) if ledger.is_last else None}


def _table(kind: LedgerKind, version: LedgerVersion, rows: Sequence[tuple[int, LedgerEntry]], *,
           is_blank: bool = False) -> dict[str, Any]:
    columns = columns_of(kind, version)
    spans = shares([c.weight for c in columns], [c.least for c in columns], PARTS - sum(EDGE))
    heads = [{"label": column.label, "span": span} for column, span in zip(columns, spans, strict=True)]
    return {
        "heads": heads, "edge": EDGE, "units": range(PARTS), "width": len(heads) + len(EDGE),
        "rows": [
            {"order": order, "entry": entry,
             "cells": [{"text": c.read(entry), "span": span} for c, span in zip(columns, spans, strict=True)],
             "is_void": entry.state == EntryState.VOID, "ended": ended_of(entry)}
            for order, entry in rows
        ],
        "room": range(ROOM) if is_blank else range(0),
    }


def columns_of(kind: LedgerKind, version: LedgerVersion) -> list[TableColumn]:
    """What the ledger works with, then the fields that the table shows; people and numbers are masked."""
    working = []
    if kind.service in STOCKED:
        working.append(TableColumn("物品、数量", lambda entry: entry.amount, 3))
    if kind.service in TOLD_LABEL:
        who = TOLD_LABEL[Service(kind.service)]
        working.append(TableColumn(who, lambda entry: entry.told_person.name if entry.told_person else "", 2))
    if kind.service == Service.LOAN:
        working.append(TableColumn("押金/证件", held_of, 2))
    if kind.service in WITH_DUE:
        working.append(TableColumn("期限", lambda entry: _short(entry.due_at), 2))
    fields = [
        TableColumn(f.label, _reader(f), weight_of(f), LEAST_OF.get(FieldType(f.type), LEAST))
        for f in version.columns if f.in_table
    ]
    return [*working, *fields]


def _reader(field: LedgerField) -> Callable[[LedgerEntry], str]:
    if field.type == FieldType.MONEY:
        return lambda entry: entry.said(field).removeprefix("¥")
    return lambda entry: entry.said_masked(field)


def held_of(entry: LedgerEntry) -> str:
    money = f"¥{yuan(entry.deposit)}" if entry.deposit else ""
    return " ".join(part for part in (money, entry.held_document) if part) or "/"


def _short(moment: dt.datetime | None) -> str:
    return f"{timezone.localtime(moment):%m-%d %H:%M}" if moment else ""


def ended_of(entry: LedgerEntry) -> str:
    """`已归还 11-20 15:30`, and what came of it."""
    if entry.state == EntryState.VOID:
        return f"作废:{entry.void_reason}"
    when = _short(entry.ended_at)
    return " ".join(part for part in (entry.get_state_display(), when, entry.result) if part)


def totals_of(kind: LedgerKind, rows: Sequence[LedgerEntry]) -> list[str]:
    """本月合计: how many, how many are still open, and what adds up."""
    standing = [row for row in rows if row.state != EntryState.VOID]
    found = [f"合计 {len(standing)} 笔"]
    if kind.service not in (Service.PLAIN, Service.GIFT):
        found.append(f"未办结 {sum(row.is_open for row in standing)} 笔")
    if kind.service in STOCKED:
        found.append(f"数量 {sum(row.quantity or 0 for row in standing)}")
    # How often something was to be read out adds up to nothing.
    return found if kind.service == Service.BROADCAST else [*found, *sums_of(kind, standing)]


def sums_of(kind: LedgerKind, rows: Sequence[LedgerEntry]) -> list[str]:
    """The fields of the version in force that add up."""
    fields = [f for f in kind.current.columns if f.adds_up and f.in_table] if kind.current else []
    said = []
    for field in fields[:4]:
        total = total_of(field, rows)
        said.append(f"{field.label} {f'¥{total:,.2f}' if field.type == FieldType.MONEY else f'{total:,}'}")
    return said


def total_of(field: LedgerField, rows: Sequence[LedgerEntry]) -> Any:
    """The sum of a field; what is no number counts as nothing."""
    values = [field.read(row.value(field)) for row in rows]
    numbers = [value for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    return sum(numbers, Decimal(0) if field.type == FieldType.MONEY else 0)
