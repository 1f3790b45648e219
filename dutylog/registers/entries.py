"""The running log over all days."""

from django.db.models import Q

from dutylog.choices import LOCKED_DAY_STATES
from dutylog.filters.entries import LogEntryFilter
from dutylog.models import LogEntry
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(entry: LogEntry) -> str:
    place = entry.zone.name if entry.zone else ""
    return " · ".join(part for part in (entry.get_category_display(), place, entry.text[:60]) if part)


def words(entry: LogEntry) -> Words:
    return Words(texts=[entry.text, entry.handling, entry.result, entry.get_category_display(), entry.place_detail],
                 names=[entry.zone.name if entry.zone else "", entry.created_by.name])


def short_text(entry: LogEntry) -> str:
    return entry.text if len(entry.text) <= 80 else f"{entry.text[:79]}…"


LOG_ENTRIES = add_register(Register(
    key="logentry", app="dutylog", model=LogEntry, label="值班记录", icon="card-text",
    columns=(
        Column(key="number", label="值班表·时间", kind="serial", order_by=("happened_at",), width=20),
        Column(key="happened_at", label="发生时间", kind="datetime", order_by=("happened_at",), width=17, shown=False),
        Column(key="entered_at", label="记录时间", kind="datetime", order_by=("entered_at",), width=17, shown=False),
        Column(key="category", label="类别", value="get_category_display", order_by=("category",), width=10),
        Column(key="text", label="内容", kind="link", value=short_text, full=lambda e: e.text, width=50),
        Column(key="zone", label="地点", value="zone.name", width=14),
        Column(key="handling", label="处理", width=30, shown=False),
        Column(key="result", label="结果", width=16),
        Column(key="stands_until", label="持续到", kind="date", width=12, shown=False),
        Column(key="record_number", label="关联编号", width=20),
        Column(key="shift", label="班次", value="shift.get_kind_display", width=8, shown=False),
        Column(key="created_by", label="记录人", value="created_by.name", width=10),
        Column(key="service_point", label="服务点", value="day.service_point.name", width=14, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=LogEntryFilter, title=title, words=words, happened_at="happened_at", order=("-happened_at", "-pk"),
    related=("day__service_point", "shift", "zone", "created_by", "struck_by"),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="今天", query="recent=today"),
        SavedView(label="投诉", query="category=complaint"), SavedView(label="伤害突发", query="category=accident"),
        SavedView(label="补录", query="is_late_entry=true"),
    ),
    create_name="dutylog:logentry_create", start_key="Alt+3",
    empty_text="值班记录在这里:登记簿办的事自动记入,其他由值班人员记一笔。",
    month_by="day__on", final=Q(day__state__in=LOCKED_DAY_STATES), parts=("addenda",),
))
