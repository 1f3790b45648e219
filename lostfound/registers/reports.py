"""The book of lost reports."""

from django.db import transaction
from django.db.models import Q

from lostfound.choices import MeasureKind, ReportState
from lostfound.filters.reports import LostReportFilter
from lostfound.models import LostReport
from lostfound.services.report_facts import MeasureFacts
from lostfound.services.reports import add_measure
from servicedesk.oldbooks import old_number_in
from servicedesk.register import BulkAction, Column, Register, SavedView, add_register
from servicedesk.services.search import Words

LONGEST_INDEXED = 1000


def title(report: LostReport) -> str:
    """`黑色 雨伞 1件 · 杨**`: the line in search results."""
    return f"{report.described} · {report.owner_masked}"


def words(report: LostReport) -> Words:
    """What a report is found by; the answers kept for the blind check are not among it."""
    return Words(
        texts=[
            report.category.name, report.brand, report.colour, report.features[:LONGEST_INDEXED], report.route,
            report.group_info, old_number_in(report.note), *(line.thing for line in report.lines.all()),
        ],
        names=[report.owner_name, report.reporter_name, report.thing, report.name_on_item],
        numbers=[report.phone, report.other_contact, report.number_on_item],
    )


def _measure_many(kind: str):
    @transaction.atomic
    def act(user, records, reason: str) -> str:  # noqa: ARG001
        for report in records:
            add_measure(report, MeasureFacts(kind=kind), by=user)
        return f"已给 {len(records)} 份失物登记记上“{MeasureKind(kind).label}”。"

    return act


def outcome(report: LostReport) -> str:
    """找回 → the item's number; else how it ended."""
    return report.found_item.number if report.found_item else report.close_reason


LOST_REPORTS = add_register(Register(
    key="lostreport", app="lostfound", model=LostReport, label="失物登记", icon="search-heart", prefixes=("SS",),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="created_at", label="登记时间", kind="datetime", order_by=("created_at",), width=17, shown=False),
        Column(key="channel", label="登记方式", value="get_channel_display", shown=False),
        Column(key="owner", label="失主", kind="name", value="owner_masked", full=lambda r: r.owner_name, width=10),
        Column(key="phone", label="电话", kind="phone", value="phone_masked", full=lambda r: r.phone, width=15),
        Column(key="thing", label="物品", kind="link", value="described", width=24),
        Column(key="category", label="类别", value="category.name", shown=False),
        Column(key="place", label="遗失地点", value="last_place", width=18),
        Column(key="route", label="路线", value="route", width=24, shown=False),
        Column(key="lost_to", label="遗失时间", kind="datetime", value="lost_to", order_by=("lost_to",), width=17),
        Column(key="leaves_at", label="预计离开", kind="datetime", order_by=("leaves_at",), width=17, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
        Column(key="outcome", label="拾物编号/原因", value=outcome, width=20),
        Column(key="fetched_by", label="领取人", kind="name", value="fetcher_masked", full=lambda r: r.fetched_by,
               width=10, shown=False),
        Column(key="closed_at", label="结案时间", kind="datetime", width=17, shown=False),
        Column(key="expires_on", label="登记期满", kind="date", order_by=("expires_on",), width=12, shown=False),
        Column(key="created_by", label="登记人", value="created_by.name", width=10, shown=False),
    ),
    filterset=LostReportFilter, title=title, words=words,
    related=("category", "found_item", "service_point", "created_by", "closed_by"), prefetch=("steps__zone",),
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="寻找中", query="state=open"),
        SavedView(label="待确认", query="state=matched"),
        SavedView(label="今日", query="when=today"),
        SavedView(label="即将离开", query="when=leaving"),
        SavedView(label="即将期满", query="when=expiring"),
    ),
    papers=("3.6",), ledgers=("3.7",),
    bulk_actions=(
        BulkAction(key="store", label="已查拾物库", icon="box-seam", permission="lostfound.change_lostreport",
                   act=_measure_many(MeasureKind.STORE)),
        BulkAction(key="broadcast", label="已广播", icon="megaphone", permission="lostfound.change_lostreport",
                   act=_measure_many(MeasureKind.BROADCAST)),
    ),
    create_name="lostfound:lostreport_create", start_key="Alt+2",
    empty_text="游客来报的失物登记在这里,系统随时与拾物核对。",
    final=Q(state__in=[ReportState.FOUND, ReportState.WITHDRAWN, ReportState.EXPIRED]),
    parts=("steps", "lines", "measures"),
    ledger_columns=(
        "created_at", "number", "owner", "phone", "thing", "lost_to", "place", "created_by", "state", "outcome",
    ),
))
