"""The list of follow-ups (每周问题整改跟进表)."""

from django.db.models import Q
from django.utils import timezone

from dutylog.choices import FollowUpState
from dutylog.filters.followups import FollowUpFilter
from dutylog.models import FollowUp
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(follow_up: FollowUp) -> str:
    return f"{follow_up.get_kind_display()} · {follow_up.problem}"


def words(follow_up: FollowUp) -> Words:
    owner, checker = follow_up.owner, follow_up.checker
    return Words(
        texts=[follow_up.problem, follow_up.get_kind_display(), follow_up.place, follow_up.source_text,
               follow_up.measure],
        names=[person.name for person in (owner, checker, follow_up.found_by) if person],
    )


def term(follow_up: FollowUp) -> str:
    """`逾期 3 天` while it is open, empty otherwise."""
    if not follow_up.is_overdue or follow_up.due_on is None:
        return ""
    return f"逾期 {(timezone.localdate() - follow_up.due_on).days} 天"


def last_update(follow_up: FollowUp) -> str:
    """The newest line of progress, from what the list has already fetched."""
    newest = max(follow_up.updates.all(), key=lambda update: update.pk, default=None)
    return f"{timezone.localtime(newest.at):%m-%d} {newest.text}" if newest else ""


def badge(user):
    """What the person has to mend."""
    return FollowUp.objects.filter(owner=user, state=FollowUpState.OPEN)


FOLLOW_UPS = add_register(Register(
    key="followup", app="dutylog", model=FollowUp, label="整改跟进", icon="clipboard-check", prefixes=("GJ",),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="kind", label="类别", value="get_kind_display", width=10),
        Column(key="problem", label="问题", kind="link", width=40),
        Column(key="place", label="地点", width=18),
        Column(key="source_text", label="来源", width=24, shown=False),
        Column(key="department", label="责任部门", value="department.name", width=12),
        Column(key="owner", label="责任人", value="owner.name", width=10),
        Column(key="due_on", label="期限", kind="date", order_by=("due_on",), width=12),
        Column(key="term", label="逾期", value=term, width=10),
        Column(key="measure", label="整改措施", width=36, shown=False),
        Column(key="checker", label="复查人", value="checker.name", width=10),
        Column(key="last_update", label="最近进展", value=last_update, width=36, shown=False),
        Column(key="verified_at", label="销号时间", kind="datetime", order_by=("verified_at",), shown=False),
        Column(key="came_back", label="复发", kind="number", order_by=("came_back",), width=6, shown=False),
        Column(key="found_by", label="发现人", value="found_by.name", width=10, shown=False),
        Column(key="created_at", label="发现时间", kind="datetime", order_by=("created_at",), shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=FollowUpFilter, title=title, words=words,
    related=("zone", "department", "owner", "checker", "found_by", "service_point", "done_by", "verified_by"),
    prefetch=("updates",),
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="待整改", query="state=open"),
        SavedView(label="待复查", query="state=done"),
        SavedView(label="我的", query="mine=1"),
        SavedView(label="已过期限", query="due=overdue"),
        SavedView(label="本周到期", query="due=this"),
        SavedView(label="本周没进展", query="due=still"),
    ),
    ledgers=("followup-sheet",), create_name="dutylog:followup_create", badge=badge,
    empty_text="安全隐患、资产缺失、问题整改和久未办结的事项在这里,有责任人、期限和复查。",
    final=Q(state__in=[FollowUpState.VERIFIED, FollowUpState.VOID]), parts=("updates",),
))
