"""The book of headcounts."""

from django.db.models import Q

from dutylog.choices import HEADCOUNT_PREFIX
from dutylog.filters.headcounts import HeadcountFilter
from dutylog.models import HeadcountReport
from dutylog.services.headcounts import SENDS
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(report: HeadcountReport) -> str:
    again = "更正 " if report.corrects_id else ""
    return f"{again}{report.on:%Y-%m-%d} {report.slot} 入园 {report.entered:,} 人"


def words(report: HeadcountReport) -> Words:
    return Words(
        texts=[report.slot, f"{report.on:%Y-%m-%d}", report.theatre, report.events, report.reason],
        names=[report.created_by.name],
    )


def told_to(report: HeadcountReport) -> str:
    return "、".join(dict.fromkeys(send.to_whom for send in report.sent))


HEADCOUNTS = add_register(Register(
    key="headcount", app="dutylog", model=HeadcountReport, label="报送人数", icon="people",
    prefixes=(HEADCOUNT_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="on", label="日期", kind="date", order_by=("on",), width=12),
        Column(key="slot", label="时点", width=8),
        Column(key="entered", label="入园累计", kind="number", order_by=("entered",), width=10),
        Column(key="inside", label="在园", kind="number", width=10),
        Column(key="theatre", label="剧院", width=30),
        Column(key="events", label="活动", width=20, shown=False),
        Column(key="corrects", label="更正自", value="corrects.number", width=20, shown=False),
        Column(key="old", label="原报", kind="number", value="corrects.entered", width=10),
        Column(key="reason", label="更正原因", width=24, shown=False),
        Column(key="taken_at", label="统计时间", kind="datetime", width=17, shown=False),
        Column(key="to_whom", label="报送对象", value=told_to, width=24),
        Column(key="sent_at", label="报送时间", kind="datetime", width=17,
               value=lambda r: r.sent[-1].at if r.sent else None),
        Column(key="created_by", label="登记人", value="created_by.name", width=10, shown=False),
        Column(key="service_point", label="服务点", value="service_point.name", width=14, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=HeadcountFilter, title=title, words=words, happened_at="taken_at", order=("-on", "-due_at", "-pk"),
    related=("service_point", "created_by", "corrects", "corrected_by", "day__service_point"),
    prefetch=(SENDS,),  # type: ignore[arg-type]  # Django takes both
    ledgers=("headcount-month",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="现行数字", query="stands=standing"),
        SavedView(label="还没有报送", query="stands=unsent"), SavedView(label="更正过的", query="stands=corrected"),
        SavedView(label="闭园合计", query="slot=闭园&stands=standing"),
    ),
    create_name="dutylog:headcount_create",
    empty_text="每个时点的入园、在园人数在这里:登记以后复制文字或直接发送,报给谁、几点报的都留记录。",
    month_by="on", final=Q(pk__isnull=False),
))
