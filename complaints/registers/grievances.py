"""The ledger of grievances."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from complaints.choices import GRIEVANCE_PREFIX, GrievanceState
from complaints.filters.grievances import GrievanceFilter
from complaints.models import Grievance
from complaints.services.grievances import archive_grievances
from servicedesk.errors import Refusal
from servicedesk.register import BulkAction, Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(grievance: Grievance) -> str:
    """`餐饮 · 价格 · 美食街 · 张*`."""
    return " · ".join(part for part in (grievance.kind, grievance.place, grievance.visitor_masked) if part)


def words(grievance: Grievance) -> Words:
    return Words(
        texts=[grievance.category, grievance.subcategory, grievance.words, grievance.soothing, grievance.place_detail,
               str(grievance.complaint or "")],
        names=[grievance.visitor_name, grievance.zone.name if grievance.zone else "", str(grievance.department or "")],
        numbers=[grievance.phone],
    )


def archive_many(user: Any, rows: Sequence[Grievance], reason: str) -> str:  # noqa: ARG001
    count = archive_grievances(rows, by=user)
    if not count:
        raise Refusal("选中的抱怨还没有化解,不能归档。")
    return f"已归档 {count} 条抱怨"


def badge(user) -> QuerySet[Grievance]:
    """Drafts that nobody looked at."""
    return Grievance.objects.visible_to(user).filter(state=GrievanceState.DRAFT)


GRIEVANCES = add_register(Register(
    key="grievance", app="complaints", model=Grievance, label="抱怨", icon="chat-left-text",
    prefixes=(GRIEVANCE_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="received_at", label="时间", kind="datetime", order_by=("received_at",), width=17),
        Column(key="kind", label="类别", order_by=("category",), width=20),
        Column(key="words", label="抱怨内容", kind="link", value=lambda g: g.words[:50], full=lambda g: g.words,
               width=40),
        Column(key="visitor", label="游客", kind="name", value="visitor_masked", full=lambda g: g.visitor_name,
               width=10),
        Column(key="phone", label="电话", kind="phone", value="phone_masked", full=lambda g: g.phone, width=15),
        Column(key="place", label="地点", width=16),
        Column(key="department", label="涉及部门", value="department.name", width=12, shown=False),
        Column(key="channel", label="渠道", value="get_channel_display", width=8, shown=False),
        Column(key="soothing", label="安抚与处理", width=30, shown=False),
        Column(key="supervisor_told_at", label="告知督导", kind="datetime", width=17, shown=False),
        Column(key="confirmed_by", label="督导确认", value="confirmed_by.name", width=10, shown=False),
        Column(key="outcome", label="结果", width=20),
        Column(key="created_by", label="接待人", value="created_by.name", width=10),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=GrievanceFilter, title=title, words=words, happened_at="received_at", order=("-received_at", "-pk"),
    related=("service_point", "zone", "department", "created_by", "confirmed_by", "complaint"), ledgers=("3.2",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="待核实", query="state=draft"),
        SavedView(label="还没化解", query="state=registered"), SavedView(label="当场化解", query="state=soothed"),
        SavedView(label="升级为投诉", query="state=upgraded"),
    ),
    bulk_actions=(
        BulkAction(key="archive", label="归档", icon="archive", permission="complaints.archive_grievance",
                   act=archive_many, confirm="把选中的已化解抱怨归档?"),
    ),
    create_name="complaints:grievance_create", badge=badge,
    empty_text="抱怨在这里:当场安抚、不要求答复的,一行一条;要答复、要退赔的请升级为投诉。",
    final=Q(state__in=[GrievanceState.ARCHIVED, GrievanceState.UPGRADED, GrievanceState.VOID]),
    ledger_columns=(
        "received_at", "number", "visitor", "channel", "words", "department", "soothing", "outcome", "created_by",
        "supervisor_told_at",
    ),
))
