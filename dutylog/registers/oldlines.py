"""The old diary: what was written before the program, taken over by the import of old ledgers."""

from django.db.models import Q

from dutylog.choices import OLD_LOG_PREFIX
from dutylog.filters.oldlines import OldLogLineFilter
from dutylog.models import OldLogLine
from dutylog.services.oldlines import without_numbers
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words

LONGEST_SHOWN = 80


def title(line: OldLogLine) -> str:
    parts = (line.get_category_display(), line.place, without_numbers(line.text)[:60])
    return " · ".join(part for part in parts if part)


def words(line: OldLogLine) -> Words:
    return Words(
        texts=[line.text, line.handling, line.result, line.get_category_display(), line.shift, line.old_number,
               f"{line.on:%Y-%m-%d}"],
        names=[line.place, line.recorder],
    )


def short_text(line: OldLogLine) -> str:
    text = without_numbers(line.text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN - 1]}…"


OLD_LOG_LINES = add_register(Register(
    key="oldlogline", app="dutylog", model=OldLogLine, label="旧日志", icon="journal-arrow-down",
    prefixes=(OLD_LOG_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="on", label="日期", kind="date", order_by=("on",), width=12),
        Column(key="clock", label="时间", value=lambda line: f"{line.clock:%H:%M}" if line.clock else "", width=8),
        Column(key="shift", label="班次", width=8),
        Column(key="category", label="类别", value="get_category_display", order_by=("category",), width=10),
        Column(key="text", label="内容", kind="link", value=short_text, full=lambda line: line.text, width=50),
        Column(key="place", label="地点", width=14),
        Column(key="handling", label="处理", value=lambda line: without_numbers(line.handling),
               full=lambda line: line.handling, width=30, shown=False),
        Column(key="result", label="结果", value=lambda line: without_numbers(line.result),
               full=lambda line: line.result, width=16),
        Column(key="recorder", label="记录人", width=10),
        Column(key="old_number", label="旧编号", width=16, shown=False),
        Column(key="created_by", label="导入人", value="created_by.name", width=10, shown=False),
        Column(key="service_point", label="服务点", value="service_point.name", width=14, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display", shown=False),
    ),
    filterset=OldLogLineFilter, title=title, words=words, order=("-on", "-pk"),
    related=("service_point", "created_by"), ledgers=("old-log",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="投诉", query="category=complaint"),
        SavedView(label="伤害突发", query="category=accident"), SavedView(label="拾物", query="category=found"),
    ),
    empty_text="启用本系统以前的值班日志在这里:由经理在“旧账导入”里整批导入,照原样保存,只查看、不修改。",
    in_rail=False, month_by="on", final=Q(pk__isnull=False),
    ledger_columns=(
        "on", "clock", "shift", "category", "place", "text", "handling", "result", "recorder", "old_number", "number",
    ),
))
