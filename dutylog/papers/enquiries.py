"""来电咨询台帐: a month of calls and questions with what the counters add; nobody types it."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from dutylog.choices import EnquiryDirection, EnquiryKind, TallyDirection
from dutylog.models import Enquiry, EnquiryTally
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import month_of

ROWS_BLANK = 13
TO_WRITE = "____"
BLANK_TOTALS = {
    **dict.fromkeys(("count", "incoming", "outgoing", "on_site", "missed", "open", "late", "share"), TO_WRITE),
    "kinds": [(kind.label, TO_WRITE) for kind in EnquiryKind],
    "counted": dict.fromkeys(TallyDirection.values, TO_WRITE),
}


def of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    """What counts of a month, in the order in which it came."""
    of = month_of(month)
    found = rows.standing().filter(received_at__gte=of.begins, received_at__lt=of.ends)
    return found.order_by("received_at", "pk").select_related("created_by", "answered_by", "relay_to", "service_point")


def _counted(ledger: Ledger) -> dict[str, Any]:
    """The strokes of the month at the desk of the ledger, or at all, by direction and by topic."""
    rows = EnquiryTally.objects.filter(day__on__gte=ledger.month, day__on__lt=month_of(ledger.month).after)
    if ledger.place:
        rows = rows.filter(day__service_point__name=ledger.place)
    sums = dict.fromkeys(TallyDirection.values, 0)
    topics: dict[str, int] = {}
    found = rows.values_list("direction", "topic").order_by().annotate(Sum("change"))
    for direction, topic, number in found:
        sums[direction] += number
        topics[topic] = topics.get(topic, 0) + number
    most_first = sorted(topics.items(), key=lambda pair: -pair[1])
    return {**sums, "topics": [(topic, number) for topic, number in most_first if number]}


def _totals(ledger: Ledger) -> dict[str, Any]:
    rows = list(ledger.all_rows)
    matured = [row for row in rows if row.due_at and (row.answered_at or row.due_at < timezone.now())]
    in_time = sum(not row.was_late and not row.is_overdue for row in matured)
    return {
        "count": len(rows), "incoming": sum(row.direction == EnquiryDirection.INCOMING for row in rows),
        "outgoing": sum(row.direction == EnquiryDirection.OUTGOING for row in rows),
        "on_site": sum(row.direction == EnquiryDirection.ON_SITE for row in rows),
        "missed": sum(row.is_missed for row in rows), "open": sum(row.is_open for row in rows),
        "late": sum(row.was_late or row.is_overdue for row in rows),
        "share": f"{100 * in_time / len(matured):.0f}%" if matured else "—",
        "kinds": [(kind.label, sum(row.kind == kind.value for row in rows)) for kind in EnquiryKind],
        "counted": _counted(ledger),
    }


def ledger_context(ledger: Ledger | None) -> dict[str, Any]:
    """Rows with their order, and what the whole month comes to."""
    if ledger is None:
        return {"rows": [], "ledger": None, "totals": BLANK_TOTALS, "room": range(ROWS_BLANK)}
    return {
        "rows": list(enumerate(ledger.rows, start=ledger.first)), "ledger": ledger,
        "totals": _totals(ledger) if ledger.is_last else None,
    }


CALL_LEDGER = add_paper(Paper(
    key="call-ledger", form_code="KF-LD", title="来电咨询台帐", template="dutylog/print/call_ledger.html",
    size="a4-landscape", model=Enquiry, context=ledger_context, month_rows=of_month,
    month_of=lambda enquiry: timezone.localdate(enquiry.received_at), rows_per_page=18,
    signatures=(("maker", "制表"), ("head", "中心负责人")),
    footnotes=("未接来电 5 分钟内回电,询价 8 小时内答复,按服务台开放时间计时。计数的咨询一问一答,只计次数。",),
))
