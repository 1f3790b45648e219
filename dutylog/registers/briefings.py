"""The book of briefings (3.15)."""

from django.db.models import Prefetch, Q

from dutylog.choices import BriefingState
from dutylog.filters.briefings import BriefingFilter
from dutylog.models import Briefing, BriefingReader
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(briefing: Briefing) -> str:
    return f"{briefing.on} 早会 · 主持 {briefing.host.name}"


def words(briefing: Briefing) -> Words:
    documents = [f"{d.number} {d.title} {d.points}" for d in briefing.documents.all()]
    tasks = [task.matter for task in briefing.tasks.all()]
    return Words(
        texts=[briefing.operations, briefing.yesterday, briefing.absences, *documents, *tasks],
        names=[briefing.host.name, briefing.recorder.name],
    )


def signed_of_all(briefing: Briefing) -> str:
    """`3/6` of the newest version; from what the list has already fetched."""
    readers = briefing.readers.all()
    return f"{sum(reader.has_signed for reader in readers)}/{len(readers)}" if briefing.is_published else ""


SIGNED = Prefetch("readers", queryset=BriefingReader.objects.with_signed())
BRIEFINGS = add_register(Register(
    key="briefing", app="dutylog", model=Briefing, label="早会", icon="journal-check", prefixes=("JJ",),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=18),
        Column(key="on", label="日期", kind="date", order_by=("on",), width=12),
        Column(key="host", label="主持人", value="host.name", width=10),
        Column(key="recorder", label="记录人", value="recorder.name", width=10),
        Column(key="expected", label="应到", kind="number", width=6),
        Column(key="present", label="实到", kind="number", width=6),
        Column(key="absences", label="缺席及原因", width=24, shown=False),
        Column(key="operations", label="当日运营信息", width=40, shown=False),
        Column(key="yesterday", label="昨日工作总结", width=40, shown=False),
        Column(key="tasks", label="工作安排", kind="number", value=lambda b: len(b.tasks.all()), width=8),
        Column(key="edition", label="版次", kind="number", width=6),
        Column(key="signed", label="已签", value=signed_of_all, width=8),
        Column(key="published_at", label="发布", kind="datetime", order_by=("published_at",), shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=BriefingFilter, title=title, words=words, happened_at="created_at", order=("-on", "-pk"),
    related=("host", "recorder", "service_point", "created_by", "closed_by", "day"),
    prefetch=("tasks", SIGNED),  # type: ignore[arg-type]  # Django takes both
    papers=("3.15",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="等我签字", query="pending=on"),
        SavedView(label="有人没签", query="unsigned=on"), SavedView(label="草稿", query="state=draft"),
    ),
    create_name="dutylog:briefing_create",
    empty_text="每天的早会和交接记录在这里:文件精神、运营信息、昨日总结、当日安排、遗留交接,全员审阅签字。",
    badge=lambda user: Briefing.objects.unsigned_by(user),
    month_by="on", final=Q(state=BriefingState.CLOSED), parts=("documents", "tasks", "notes"),
))
