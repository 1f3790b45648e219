"""3.6 游客失物登记表 and 3.7, its month in a ledger that nobody types."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lostfound.choices import MatchState, MeasureKind, PickupWay, ReportChannel, ReportState
from lostfound.models import LostReport
from lostfound.papers.items import Line
from lostfound.papers.signs import signed_by
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.periods import month_of

DRAWN_LINES = 2
DRAWN_CONTACTS = 8
ENDED = (ReportState.FOUND, ReportState.WITHDRAWN, ReportState.EXPIRED)


def report_lines(report: LostReport) -> list[Line]:
    """The thing first named and what was lost with it."""
    features = [report.features]
    if report.name_on_item:
        features.append(f"证件姓名:{report.name_on_item}")
    if report.number_on_item_tail:
        features.append(f"号码后四位:{report.number_on_item_tail}")
    first = Line(
        thing=f"{report.thing}({report.category.code})", quantity=f"{report.quantity}{report.unit}",
        look=" ".join(p for p in (report.brand, report.colour) if p), features=";".join(p for p in features if p),
        value=report.estimated_value,
    )
    return [first, *(
        Line(line.thing, str(line.quantity), line.look, line.features, line.estimated_value)
        for line in report.lines.all()
    )]


def report_context(report: LostReport | None) -> dict[str, Any]:
    """Facts of 3.6."""
    lines = report_lines(report) if report else []
    shown = lines if len(lines) <= DRAWN_LINES else lines[:DRAWN_LINES - 1]
    return {
        "report": report, "is_filled": report is not None, "is_over": report is not None and report.state in ENDED,
        "lines": shown, "further_lines": lines[len(shown):], "line_count": len(lines), "drawn_before": len(shown),
        "unused_rows": range(len(lines) + 1, DRAWN_LINES + 1), "unused_count": max(DRAWN_LINES - len(lines), 0),
        "channels": [(report is not None and report.channel == c.value, c.label) for c in ReportChannel],
        "ways": [(report is not None and report.pickup_way == w.value, w.label) for w in PickupWay],
        "measures": measures(report), **_follow_up(report),
        "matched_number": _matched_number(report), **_ending(report), "signs": _signs(report),
    }


def _follow_up(report: LostReport | None) -> dict[str, Any]:
    """The first contacts on the form, the others on the 续页, room for those to come."""
    contacts = list(report.contacts.select_related("by")) if report else []
    return {
        "contacts": contacts[:DRAWN_CONTACTS], "further_contacts": contacts[DRAWN_CONTACTS:],
        "room": range(max(DRAWN_CONTACTS - len(contacts), 0)), "follow_rows": DRAWN_CONTACTS + 1,
    }


def measures(report: LostReport | None) -> dict[str, Any]:
    """The first measure of each kind; police and posts with their detail."""
    found: dict[str, Any] = {}
    for measure in report.measures.all() if report else []:
        found.setdefault(measure.kind, measure)
    return {kind.value: found.get(kind.value) for kind in MeasureKind}


def _matched_number(report: LostReport | None) -> str:
    if report is None:
        return ""
    if report.found_item:
        return report.found_item.number
    match = report.matches.filter(state=MatchState.CONFIRMED).select_related("item").first()
    return match.item.number if match else ""


def _ending(report: LostReport | None) -> dict[str, Any]:
    state = report.state if report else ""
    is_lost = state in (ReportState.WITHDRAWN, ReportState.EXPIRED)
    return {
        "is_found": state == ReportState.FOUND, "is_not_found": is_lost, "is_expired": state == ReportState.EXPIRED,
        "is_withdrawn": state == ReportState.WITHDRAWN,
    }


def _signs(report: LostReport | None) -> dict[str, Any]:
    if report is None:
        return {}
    return signed_by(report, {"registrar": report.created_by.name})


def reports_of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    of = month_of(month)
    return rows.filter(created_at__gte=of.begins, created_at__lt=of.ends).order_by("created_at", "pk").select_related(
        "created_by", "found_item", "category",
    ).prefetch_related("steps__zone")


def summary_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of 3.7: rows with their order, and the totals of the whole month."""
    if ledger is None:
        return {"rows": [], "ledger": None, "totals": None, "room": range(15)}
    everything = ledger.all_rows
    found = sum(1 for r in everything if r.state == ReportState.FOUND)
    searching = sum(1 for r in everything if r.state not in ENDED)
    return {
        "rows": list(enumerate(ledger.rows, start=ledger.first)), "ledger": ledger,
        "totals": {
            "count": len(everything), "found": found, "open": searching,
            "share": f"{100 * found / len(everything):.0f}" if everything else "0",
        },
    }


LOST_REPORT = add_paper(Paper(
    key="3.6", form_code="KF-3.6", title="游客失物登记表", template="lostfound/print/lostreport.html", size="a4",
    model=LostReport, context=report_context,
    footnotes=(
        "本登记自登记之日起保留十二个月;领取时请带本人有效证件原件。",
        "查询请报登记编号和联系电话,或扫描右上角二维码出示给客服员。",
    ),
    signatures=(("owner", "签字"), ("registrar", "登记人")),
))
REPORT_SUMMARY = add_paper(Paper(
    key="3.7", form_code="KF-3.7", title="游客失物登记汇总表", template="lostfound/print/lostreport_summary.html",
    size="a4-landscape", model=LostReport, context=summary_context, month_rows=reports_of_month,
    month_of=lambda report: timezone.localdate(report.created_at),
    signatures=(("maker", "制表"), ("checker", "审核")),
))
