"""The book of complaints."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from complaints.choices import COMPLAINT_PREFIX, ComplaintState
from complaints.filters.complaints import ComplaintFilter
from complaints.models import Complaint
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(complaint: Complaint) -> str:
    """`服务态度 · 推诿 · 观景台 · 张*`."""
    return " · ".join((complaint.kind, complaint.place, complaint.visitor_masked))


def words(complaint: Complaint) -> Words:
    return Words(
        texts=[
            complaint.category, complaint.subcategory, complaint.words, complaint.place_detail, complaint.demands,
            complaint.outside_number, complaint.respondent_merchant, complaint.solution, complaint.result,
            complaint.root_cause, complaint.ticket_number, complaint.get_channel_display(),
        ],
        names=[
            complaint.visitor_name, complaint.zone.name, str(complaint.respondent_department or ""),
            complaint.respondent_person.name if complaint.respondent_person else "",
        ],
        numbers=[complaint.phone, complaint.document_number],
    )


def reply_term(complaint: Complaint) -> str:
    """`逾期` while it is owed, `超时` once it came too late, else empty."""
    if not complaint.is_reply_late:
        return ""
    return "超时" if complaint.replied_at or complaint.ended_at else "逾期"


def solution_term(complaint: Complaint) -> str:
    if not complaint.is_solution_late:
        return ""
    return "超时" if complaint.solved_at or complaint.ended_at else "逾期"


def badge(user) -> QuerySet[Complaint]:
    """What is past one of its moments."""
    return Complaint.objects.visible_to(user).overdue(timezone.now())


COMPLAINTS = add_register(Register(
    key="complaint", app="complaints", model=Complaint, label="投诉", icon="megaphone", prefixes=(COMPLAINT_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="received_at", label="反映时间", kind="datetime", order_by=("received_at",), width=17),
        Column(key="kind", label="类别", kind="link", order_by=("category",), width=22),
        Column(key="severity", label="程度", value="get_severity_display", order_by=("severity",), width=8),
        Column(key="place", label="地点", width=18),
        Column(key="visitor", label="投诉人", kind="name", value="visitor_masked", full=lambda c: c.visitor_name,
               width=10),
        Column(key="phone", label="电话", kind="phone", value="phone_masked", full=lambda c: c.phone, width=15),
        Column(key="channel", label="方式", value="get_channel_display", width=9, shown=False),
        Column(key="outside_number", label="转办单号", width=18, shown=False),
        Column(key="outside_due_at", label="转办期限", kind="datetime", width=17, shown=False),
        Column(key="respondent", label="被投诉对象", width=20, shown=False),
        Column(key="demands", label="诉求", width=14, shown=False),
        Column(key="demand_amount", label="诉求金额", kind="money", width=12, shown=False),
        Column(key="words", label="事实", value=lambda c: c.words[:60], full=lambda c: c.words, width=40, shown=False),
        Column(key="handler", label="经办人", value="handler.name", width=10),
        Column(key="first_receiver", label="首问责任人", value="first_receiver.name", width=10, shown=False),
        Column(key="reply_due_at", label="首次答复期限", kind="datetime", order_by=("reply_due_at",), width=17,
               shown=False),
        Column(key="replied_at", label="首次答复", kind="datetime", width=17, shown=False),
        Column(key="reply_term", label="答复", value=reply_term, width=7),
        Column(key="solution_due_at", label="解决期限", kind="datetime", order_by=("solution_due_at",), width=17),
        Column(key="solved_at", label="解决时间", kind="datetime", width=17, shown=False),
        Column(key="solution_term", label="解决", value=solution_term, width=7),
        Column(key="satisfaction", label="游客意见", value="get_satisfaction_display", width=10, shown=False),
        Column(key="result", label="处理结果", width=30, shown=False),
        Column(key="root_cause", label="根本原因", width=30, shown=False),
        Column(key="incident", label="事件", value="incident.number", width=18, shown=False),
        Column(key="round", label="轮次", kind="number", width=6, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=ComplaintFilter, title=title, words=words, happened_at="received_at", order=("-received_at", "-pk"),
    related=("service_point", "zone", "respondent_department", "respondent_person", "handler", "first_receiver",
             "created_by", "incident"),
    papers=("3.1",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="没有办结", query="wait=running"),
        SavedView(label="待首次答复", query="wait=reply"), SavedView(label="已逾期", query="wait=overdue"),
        SavedView(label="我经办的", query="wait=mine"), SavedView(label="外部转办", query="wait=outside"),
        SavedView(label="重大", query="severity=major"),
    ),
    create_name="complaints:complaint_create", badge=badge,
    empty_text="投诉在这里:一次登记,值班记录、督导通知和 24、72 小时时限都由它产生。",
    final=Q(state__in=[
        ComplaintState.ARCHIVED, ComplaintState.REFUSED, ComplaintState.PASSED_ON, ComplaintState.MERGED,
        ComplaintState.WITHDRAWN, ComplaintState.VOID,
    ]),
    parts=("actions", "pauses"),
))
