"""The month's summary of a ledger by one of its choices: 退货登记汇总表 by reason."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ledgers.choices import EntryState, FieldType
from ledgers.definitions import LedgerField
from ledgers.models import LedgerEntry, LedgerKind, LedgerVersion
from ledgers.papers.entries import RIGHT, form_code
from ledgers.papers.months import entries_of_month, total_of
from servicedesk.paper import Ledger, Paper

MOST_SUMS, ALL_ROWS = 4, 100_000
NONE = "(未填)"


def summary_paper(kind: LedgerKind, version: LedgerVersion) -> Paper:
    """The summary: never cut into pieces, for each of its lines counts the whole month."""
    return Paper(
        key=f"ledger-{kind.code}-summary", form_code=f"{form_code(kind)}-H", title=f"{kind.name}汇总表",
        template="ledgers/print/summary.html", size="a4", model=LedgerEntry,
        context=lambda ledger: summary_context(ledger, version), right=RIGHT, only=Q(kind=kind.pk),
        month_rows=entries_of_month, month_of=lambda entry: timezone.localdate(entry.happened_at),
        fits=lambda entry: entry.kind_id == kind.pk, rows_per_page=ALL_ROWS,
        version=f"A/{max(version.number - 1, 0)}", signatures=(("maker", "制表"), ("checker", "审核")),
    )


def summary_context(ledger: Ledger | None, version: LedgerVersion) -> dict[str, Any]:
    by = next(field for field in version.columns if field.key == version.summary_by)
    sums = [f for f in version.columns if f.adds_up and not f.is_private][:MOST_SUMS]
    rows = [row for row in ledger.all_rows if row.state != EntryState.VOID] if ledger else []
    lines = [_line(label, [row for row in rows if _label(by, row) == label], sums, len(rows))
             for label in labels_of(by, rows)]
    return {
        "ledger": ledger, "by": by.label, "sums": [field.label for field in sums], "lines": lines,
        "total": _line("合计", rows, sums, len(rows)), "is_filled": ledger is not None,
    }


def labels_of(by: LedgerField, rows: Sequence[LedgerEntry]) -> list[str]:
    """The choices in force, then what older versions offered, then what was left out."""
    offered = list(by.choices) if by.type == FieldType.CHOICE else ["是", "否"]
    found = dict.fromkeys(_label(by, row) for row in rows)
    others = [label for label in found if label not in offered and label != NONE]
    return [*offered, *others, *([NONE] if NONE in found else [])]


def _label(by: LedgerField, row: LedgerEntry) -> str:
    return row.said(by) or ("否" if by.type == FieldType.YESNO else NONE)


def _line(label: str, rows: Sequence[LedgerEntry], sums: Sequence[LedgerField], whole: int) -> dict[str, Any]:
    said = []
    for field in sums:
        total = total_of(field, rows)
        said.append(f"{total:,.2f}" if field.type == FieldType.MONEY else f"{total:,}")
    share = f"{len(rows) * 100 / whole:.0f}%" if whole else ""
    return {"label": label, "count": len(rows), "share": share, "sums": said}
