"""The inbox of what visitors report as lost by themselves."""

from django.db.models import Q

from lostfound.choices import VisitorReportState
from lostfound.filters.visitors import VisitorReportFilter
from lostfound.models import VisitorReport
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(told: VisitorReport) -> str:
    return f"{told.described} · {told.owner_masked}"


def words(told: VisitorReport) -> Words:
    return Words(
        texts=[told.colour, told.features[:500], told.zone.name], names=[told.owner_name, told.thing],
        numbers=[told.phone],
    )


VISITOR_REPORTS = add_register(Register(
    key="visitorreport", app="lostfound", model=VisitorReport, label="扫码报失", icon="qr-code-scan", prefixes=("WS",),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="created_at", label="提交时间", kind="datetime", order_by=("created_at",), width=17),
        Column(key="thing", label="物品", kind="link", value="described", width=22),
        Column(key="zone", label="遗失地点", value="zone.name", width=16),
        Column(key="lost_when", label="遗失时间", width=14),
        Column(key="owner", label="失主", kind="name", value="owner_masked", full=lambda r: r.owner_name, width=10),
        Column(key="phone", label="电话", kind="phone", value="phone_masked", full=lambda r: r.phone, width=15),
        Column(key="report", label="失物登记", value="report.number", width=20),
        Column(key="drop_reason", label="不登记原因", width=24, shown=False),
        Column(key="code", label="二维码", value="code.name", width=16, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=VisitorReportFilter, title=title, words=words, related=("service_point", "zone", "report", "code"),
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="待核实", query="state=waiting"),
        SavedView(label="已登记", query="state=verified"),
        SavedView(label="不登记", query="state=dropped"),
    ),
    empty_text="游客扫码报的失物先到这里,核实后一键转为失物登记。",
    badge=lambda user: VisitorReport.objects.visible_to(user).waiting(),
    final=Q(state=VisitorReportState.VERIFIED),
))
