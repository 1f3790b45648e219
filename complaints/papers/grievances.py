"""3.2 游客抱怨登记表: the ledger of a month, twelve rows to a page, each page with its own count."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from complaints.choices import GrievanceState
from complaints.models import Grievance
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import month_of
from servicedesk.services.printing.sheets import chunks

ROWS = 12


def grievances_of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    """What somebody received; what was voided keeps its row, struck through. Drafts are no rows yet, and never were
    when they were not taken up.
    """
    of = month_of(month)
    received = rows.filter(received_at__gte=of.begins, received_at__lt=of.ends).exclude(created_by=None)
    return received.exclude(state=GrievanceState.DRAFT).order_by("received_at", "pk").select_related(
        "created_by", "confirmed_by", "zone", "department", "complaint"
    )


def ledger_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of 3.2: pages of twelve rows with what each counts."""
    if ledger is None:
        return {"ledger": None, "pages": [{"rows": [], "room": range(ROWS), "totals": None}]}
    ordered = list(enumerate(ledger.rows, start=ledger.first))
    return {"ledger": ledger, "pages": [
        {"rows": rows, "room": range(0), "totals": totals_of([row for _, row in rows])}
        for rows in chunks(ordered, ROWS)
    ]}


def totals_of(rows: list[Grievance]) -> dict[str, int]:
    """本页小计: those that count, how many were soothed, how many went on as complaints."""
    standing = [row for row in rows if row.state != GrievanceState.VOID]
    upgraded = [row for row in standing if row.state == GrievanceState.UPGRADED]
    soothed = [row for row in standing if row.soothed_at and row.state != GrievanceState.UPGRADED]
    return {"count": len(standing), "soothed": len(soothed), "upgraded": len(upgraded)}


GRIEVANCE_LEDGER = add_paper(Paper(
    key="3.2", form_code="KF-3.2", title="游客抱怨登记表", template="complaints/print/grievances.html",
    size="a4-landscape", model=Grievance, context=ledger_context, month_rows=grievances_of_month,
    month_of=lambda grievance: timezone.localdate(grievance.received_at), rows_per_page=ROWS,
    signatures=(("maker", "填表"), ("checker", "审核(中心负责人)")),
    footnotes=(
        "抱怨:游客表达不满、当场安抚、不要求答复或退赔;要求答复、退赔的登记《游客投诉登记表》,并把编号写入“升级编号”。",
        "每一条抱怨同时记入当日值班记录。",
    ),
))
