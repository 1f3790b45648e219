"""旧值班日志: a month of the old diary in its own order, or an empty sheet to copy a paper diary onto."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from dutylog.choices import EntryCategory
from dutylog.models import OldLogLine
from dutylog.services.oldlines import without_numbers
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import month_of

ROWS_BLANK = 13
# A row stands on one page: what is longer goes on below it, over as many as it needs.
LONGEST_IN_ROW = 900


def of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    """The lines of a month, each day as it was written."""
    return rows.filter(on__gte=month, on__lt=month_of(month).after).order_by("on", "pk")


def _row(order: int, line: OldLogLine) -> dict[str, Any]:
    texts = [without_numbers(text) for text in (line.text, line.handling, line.result)]
    return {
        "order": order, "line": line, "text": texts[0], "handling": texts[1], "result": texts[2],
        "is_long": max(map(len, texts)) > LONGEST_IN_ROW,
    }


def _totals(ledger: Ledger) -> dict[str, Any]:
    lines = list(ledger.all_rows)
    counts = [(kind.label, sum(line.category == kind.value for line in lines)) for kind in EntryCategory]
    return {
        "count": len(lines), "days": len({line.on for line in lines}),
        "kinds": [(label, count) for label, count in counts if count],
    }


def ledger_context(ledger: Ledger | None) -> dict[str, Any]:
    """Rows with their order, and what the whole month comes to."""
    if ledger is None:
        return {"rows": [], "ledger": None, "totals": {"count": "____", "days": "____"}, "room": range(ROWS_BLANK)}
    return {
        "rows": [_row(order, line) for order, line in enumerate(ledger.rows, start=ledger.first)], "ledger": ledger,
        "totals": _totals(ledger) if ledger.is_last else None,
    }


OLD_LOG = add_paper(Paper(
    key="old-log", form_code="KF-RZ", title="旧值班日志", template="dutylog/print/old_log.html",
    size="a4-landscape", model=OldLogLine, context=ledger_context, month_rows=of_month,
    month_of=lambda line: line.on, rows_per_page=18,
    signatures=(("maker", "制表"), ("head", "中心负责人")),
    footnotes=("本表照旧日志原样抄录,以原件为准;班次、地点、记录人为原日志所写。不属于值班日,不入锁定。",),
))
