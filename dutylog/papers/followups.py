"""每周问题整改跟进表: what was running in a week or a month, nobody types it."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from dutylog.choices import FollowUpState
from dutylog.models import FollowUp
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import midnight, month_of

ROWS_BLANK = 14


def running(rows: QuerySet, first: dt.date, after: dt.date) -> QuerySet:
    """Rows that were there before `after` and not closed before `first`."""
    there = rows.filter(created_at__lt=midnight(after)).exclude(state=FollowUpState.VOID)
    kept = there.filter(Q(verified_at=None) | Q(verified_at__gte=midnight(first)))
    return kept.order_by("due_on", "pk").select_related(
        "zone", "department", "owner", "checker", "verified_by"
    ).prefetch_related("updates")


def of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    return running(rows, month, month_of(month).after)


def of_week(rows: QuerySet, monday: dt.date) -> QuerySet:
    return running(rows, monday, monday + dt.timedelta(days=7))


def span(ledger: Ledger) -> tuple[dt.date, dt.date]:
    """First day, and the day after the last."""
    if ledger.week:
        return ledger.week, ledger.week + dt.timedelta(days=7)
    return ledger.month, month_of(ledger.month).after


def progress(follow_up: FollowUp, first: dt.date, after: dt.date) -> str:
    """What was written in the time, `11-23 已报修;11-25 …`."""
    lines = [u for u in follow_up.updates.all() if first <= timezone.localdate(u.at) < after]
    return ";".join(f"{timezone.localdate(u.at):%m-%d} {u.text}" for u in lines)


def sheet_context(ledger: Ledger | None) -> dict[str, Any]:
    """Rows with their progress in the time, and what became of all of them."""
    if ledger is None:
        return {"rows": [], "ledger": None, "room": range(ROWS_BLANK)}
    first, after = span(ledger)
    rows = list(ledger.all_rows)
    ended = [r for r in rows if r.state == FollowUpState.VERIFIED and r.verified_at < midnight(after)]
    late = [r for r in rows if r not in ended and r.due_on and r.due_on < min(after, timezone.localdate())]
    return {
        "ledger": ledger, "last": after - dt.timedelta(days=1),
        "rows": [
            (order, row, progress(row, first, after), row in ended)
            for order, row in enumerate(ledger.rows, ledger.first)
        ],
        "totals": {
            "count": len(rows), "new": sum(first <= timezone.localdate(r.created_at) < after for r in rows),
            "ended": len(ended), "late": len(late), "back": sum(bool(r.came_back) for r in rows),
        },
    }


SHEET = add_paper(Paper(
    key="followup-sheet", form_code="KF-GJ", title="每周问题整改跟进表", template="dutylog/print/followup_sheet.html",
    size="a4-landscape", model=FollowUp, context=sheet_context, month_rows=of_month, week_rows=of_week,
    month_of=lambda follow_up: timezone.localdate(follow_up.created_at),
    signatures=(("maker", "制表"), ("head", "中心负责人"), ("manager", "部门经理")),
    footnotes=("责任人每周至少填一次进展;复查人不得是责任人;销号后规定天数内同一问题再现,原单重新打开并计复发。",),
))
