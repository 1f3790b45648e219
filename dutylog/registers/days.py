"""The book of duty days (3.12)."""

from django.db.models import Q

from dutylog.choices import DAY_PREFIX, LOCKED_DAY_STATES
from dutylog.filters.days import DutyDayFilter
from dutylog.models import DutyDay
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(day: DutyDay) -> str:
    return " · ".join(part for part in (f"{day.on:%Y年%m月%d日}", kind_of(day), day.weather) if part)


def kind_of(day: DutyDay) -> str:
    """`节假日(国庆节)`, `周末(暂定)`."""
    note = day.kind_note
    return f"{day.get_day_kind_display()}({note})" if note else day.get_day_kind_display()


def words(day: DutyDay) -> Words:
    manager = day.duty_manager.name if day.duty_manager else ""
    return Words(texts=[kind_of(day), day.weather, day.warning], names=[day.duty_leader, manager])


DUTY_DAYS = add_register(Register(
    key="dutyday", app="dutylog", model=DutyDay, label="值班日", icon="journal-text", prefixes=(DAY_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=18),
        Column(key="on", label="日期", kind="date", order_by=("on",), width=12),
        Column(key="day_kind", label="日期类型", value=kind_of, order_by=("day_kind",), width=14),
        Column(key="weather", label="天气", width=10),
        Column(key="temperature", label="气温", width=10, shown=False),
        Column(key="warning", label="预警", width=16),
        Column(key="duty_leader", label="值班领导", width=10),
        Column(key="duty_manager", label="值班经理", value="duty_manager.name", width=10),
        Column(key="head", label="中心负责人", value="head.name", width=10, shown=False),
        Column(key="service_point", label="服务点", value="service_point.name", width=14, shown=False),
        Column(key="opened_at", label="开班", kind="datetime", order_by=("opened_at",), width=17, shown=False),
        Column(key="closed_at", label="闭班", kind="datetime", order_by=("closed_at",), width=17),
        Column(key="closed_by", label="闭班人", value="closed_by.name", width=10, shown=False),
        Column(key="reviewed_at", label="审阅", kind="datetime", order_by=("reviewed_at",), width=17, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display", order_by=("state",)),
    ),
    filterset=DutyDayFilter, title=title, words=words, order=("-on", "-pk"),
    related=("service_point", "duty_manager", "head", "closed_by", "reviewed_by", "created_by"),
    papers=("3.12",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="值班中", query="state=on_duty"),
        SavedView(label="待审阅", query="state=closed"), SavedView(label="节假日", query="day_kind=holiday"),
    ),
    empty_text="每天一张值班表,当天第一次使用时自动开班。",
    month_by="on", final=Q(state__in=LOCKED_DAY_STATES), parts=("operations", "addenda", "explanations"),
))
