"""The list of open items."""

from django.db.models import Q
from django.utils import timezone

from dutylog.choices import OPEN_ITEM_PREFIX, OpenItemState
from dutylog.filters.openitems import OpenItemFilter
from dutylog.models import OpenItem
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(item: OpenItem) -> str:
    return f"未结事项 · {item.text[:80]}"


def words(item: OpenItem) -> Words:
    names = [person.name for person in (item.owner, item.created_by) if person]
    return Words(texts=[item.text, item.next_step, item.result], names=names)


def last_update(item: OpenItem) -> str:
    """The newest line of progress, from what the list has already fetched."""
    newest = max(item.updates.all(), key=lambda update: update.pk, default=None)
    return f"{timezone.localtime(newest.at):%m-%d} {newest.text}" if newest else ""


def term(item: OpenItem) -> str:
    """`逾期 3 天` or `逾期 2 小时` while it is open."""
    if not item.is_overdue or item.due_at is None:
        return ""
    late = timezone.now() - item.due_at
    return f"逾期 {late.days} 天" if late.days else f"逾期 {max(late.seconds // 3600, 1)} 小时"


OPEN_ITEMS = add_register(Register(
    key="openitem", app="dutylog", model=OpenItem, label="未结事项", icon="arrow-repeat", prefixes=(OPEN_ITEM_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="text", label="事项", kind="link", width=40),
        Column(key="owner", label="责任人", value="owner.name", width=10),
        Column(key="due_at", label="期限", kind="datetime", order_by=("due_at",), width=17),
        Column(key="term", label="逾期", value=term, width=10),
        Column(key="age", label="天数", kind="number", width=6),
        Column(key="last_update", label="最近进展", value=last_update, width=36),
        Column(key="next_step", label="下一步", width=24, shown=False),
        Column(key="entry", label="值班记录", value="entry.number", width=22, shown=False),
        Column(key="result", label="结果", width=30, shown=False),
        Column(key="closed_at", label="办结时间", kind="datetime", order_by=("closed_at",), width=17, shown=False),
        Column(key="closed_by", label="办结人", value="closed_by.name", width=10, shown=False),
        Column(key="created_at", label="登记时间", kind="datetime", order_by=("created_at",), width=17, shown=False),
        Column(key="created_by", label="登记人", value="created_by.name", width=10, shown=False),
        Column(key="service_point", label="服务点", value="service_point.name", width=14, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=OpenItemFilter, title=title, words=words,
    related=("owner", "entry__day", "created_by", "closed_by", "service_point"), prefetch=("updates",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="未结", query="state=open"),
        SavedView(label="我负责的", query="mine=1"), SavedView(label="已过期限", query="due=overdue"),
        SavedView(label="拖得久的", query="due=old"), SavedView(label="缺责任人或期限", query="mine=nobody"),
    ),
    create_name="dutylog:openitem_create",
    empty_text="要以后接着办的事在这里,每天的值班表和早会都会列出,直到办结。",
    badge=lambda user: OpenItem.objects.filter(owner=user, state=OpenItemState.OPEN),
    final=Q(state__in=[OpenItemState.CLOSED, OpenItemState.VOID]), parts=("updates",),
))
