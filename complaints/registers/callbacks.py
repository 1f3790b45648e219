"""The book of callbacks."""

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from complaints.callback_choices import CALLBACK_PREFIX, OPEN_CALLBACKS
from complaints.filters.callbacks import CallbackFilter
from complaints.models import CallbackAttempt, CallbackPlan
from complaints.services.callback_figures import tried_last
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(plan: CallbackPlan) -> str:
    """`投诉 · TS-20261122-001 · 张*`."""
    return " · ".join(part for part in (plan.kind, plan.about_number, plan.person_masked) if part)


def words(plan: CallbackPlan) -> Words:
    about = plan.about
    return Words(
        texts=[plan.about_number, plan.words, plan.address, plan.get_source_kind_display()],
        names=[about.visitor_name], numbers=[about.phone],
    )


def last_said(plan: CallbackPlan) -> str:
    """`已解决,满意`, `无人接听`: what the last try brought."""
    last = tried_last(plan)
    return last.said if last else ""


def last_caller(plan: CallbackPlan) -> str:
    last = tried_last(plan)
    return last.by.name if last else ""


def term(plan: CallbackPlan) -> str:
    """`逾期` while it is owed, `超期` once it came too late, else empty."""
    if not plan.is_late or plan.is_superseded:
        return ""
    return "逾期" if plan.is_open else "超期"


def badge(user) -> QuerySet[CallbackPlan]:
    """What is due today or was before, of what the person may call."""
    return CallbackPlan.objects.visible_to(user).to_call_by(user).filter(due_on__lte=timezone.localdate())


ATTEMPTS = Prefetch("attempts", queryset=CallbackAttempt.objects.select_related("by"))
CALLBACKS = add_register(Register(
    key="callback", app="complaints", model=CallbackPlan, label="回访", icon="telephone-outbound",
    prefixes=(CALLBACK_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="due_on", label="应访日期", kind="date", order_by=("due_on",), width=12),
        Column(key="kind", label="来源", kind="link", order_by=("source_kind",), width=16),
        Column(key="about_number", label="来源编号", kind="serial", width=20),
        Column(key="visitor", label="被访人", kind="name", value="person_masked", full=lambda p: p.person_name,
               width=10),
        Column(key="phone", label="电话", kind="phone", value="phone_masked", full=lambda p: p.number_to_call,
               width=15),
        Column(key="next_at", label="约定时间", kind="datetime", order_by=("next_at",), width=17, shown=False),
        Column(key="tries", label="次数", kind="number", value=lambda p: len(p.tries), width=6),
        Column(key="caller", label="回访人", value=last_caller, width=10),
        Column(key="said", label="最近结果", value=last_said, width=22),
        Column(key="comment", label="游客意见", value=lambda p: last.comment if (last := tried_last(p)) else "",
               width=30, shown=False),
        Column(key="done_at", label="完成时间", kind="datetime", order_by=("done_at",), width=17, shown=False),
        Column(key="sign_reason", label="签批意见", width=24, shown=False),
        Column(key="is_drawn", label="抽中质检", kind="yesno", width=8, shown=False),
        Column(key="term", label="期限", value=term, width=7),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=CallbackFilter, title=title, words=words, order=("-created_at", "-pk"),
    related=("service_point", "complaint", "grievance", "created_by"), prefetch=(ATTEMPTS,),
    papers=("callback-sheet",), ledgers=("callback-ledger", "callback-report"),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="没有结束", query="wait=open"),
        SavedView(label="今天到期", query="wait=today"), SavedView(label="已逾期", query="wait=overdue"),
        SavedView(label="约了时间", query="wait=appointed"), SavedView(label="等签批", query="wait=sign"),
        SavedView(label="待质检", query="wait=check"), SavedView(label="不合格", query="state=failed"),
        SavedView(label="上门拜访", query="source_kind=visit"), SavedView(label="还没到日子", query="wait=ahead"),
    ),
    badge=badge, final=~Q(state__in=OPEN_CALLBACKS), parts=("attempts",),
    empty_text="回访在这里:投诉办结、抱怨化解后自己列出来,到期请打电话;上门拜访在右上角登记。",
))
