"""Open items on screen: opened by hand, assigned, brought forward, closed with a result."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from dutylog.choices import OpenItemState
from dutylog.forms.followups import ReasonForm
from dutylog.forms.openitems import AssignItemForm, ItemResultForm, ItemUpdateForm, OpenItemForm
from dutylog.models import FollowUp, OpenItem
from dutylog.registers.entries import LOG_ENTRIES
from dutylog.registers.followups import FOLLOW_UPS
from dutylog.registers.openitems import OPEN_ITEMS, term
from dutylog.services.openitems import (
    assign_open_item,
    close_open_item,
    is_old,
    open_item,
    reopen_open_item,
    update_open_item,
    updates_of,
    void_open_item,
)
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView

ADD, CHANGE, VOID = "dutylog.add_openitem", "dutylog.change_openitem", "dutylog.delete_openitem"


class OpenItemCreateView(RecordFormView):
    """登记 an item that no line stands behind."""

    permission_required = ADD
    register = OPEN_ITEMS
    form_class: Any = OpenItemForm
    form_title = "登记未结事项"

    def save(self, form: OpenItemForm) -> OpenItem:
        return open_item(form.facts(), by=self.request.user, point=form.point)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=OPEN_ITEMS.list_url(), **kwargs)


class ItemStepView(RecordStepView):
    """A step of the item of the address."""

    permission_required = CHANGE
    register = OPEN_ITEMS
    template_name = "dutylog/openitem_step.html"


class ItemAssignView(ItemStepView):
    form_class, step = AssignItemForm, "指派"
    done = "已指派 {record},已通知责任人"

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in ("owner", "due_at", "next_step", "version")}

    def act(self, data: dict[str, Any]) -> None:
        assign_open_item(
            self.record, owner=data["owner"], due_at=data["due_at"], next_step=data["next_step"],
            by=self.request.user, version=data["version"] or 0,
        )


class ItemUpdateView(ItemStepView):
    form_class, step = ItemUpdateForm, "记进展"
    done = "已记进展 {record}"

    def initial(self) -> dict[str, Any]:
        return {"next_step": self.record.next_step}

    def act(self, data: dict[str, Any]) -> None:
        update_open_item(self.record, data["text"], by=self.request.user, next_step=data["next_step"])


class ItemCloseView(ItemStepView):
    form_class, step = ItemResultForm, "办结"
    done = "{record} 已办结"

    def act(self, data: dict[str, Any]) -> None:
        close_open_item(self.record, data["result"], by=self.request.user)


class ItemReopenView(ItemStepView):
    form_class, step = ReasonForm, "重新打开"
    done = "{record} 已重新打开"

    def act(self, data: dict[str, Any]) -> None:
        reopen_open_item(self.record, data["reason"], by=self.request.user)


class ItemVoidView(ItemStepView):
    permission_required, form_class, step = VOID, ReasonForm, "作废"
    done = "{record} 已作废"

    def act(self, data: dict[str, Any]) -> None:
        void_open_item(self.record, data["reason"], by=self.request.user)


class OpenItemDetailView(RegisterDetailView):
    """One item: what, who, until when, how it went on, day by day."""

    def questions(self, record: OpenItem) -> dict[str, QuerySet]:
        followed = FollowUp.objects.filter(subject_key=f"openitem:{record.pk}")
        return {"updates": updates_of(OpenItem.objects.filter(pk=record.pk)), "follow_ups": followed.order_by("pk")[:1]}

    def fact_groups(self, record: OpenItem) -> list[dict]:
        entry = record.entry
        follow_up = next(iter(self.found["follow_ups"]), None)
        rows = [
            fact("事项", record.text, "long"), fact("责任人", record.owner),
            fact("期限", when(record.due_at) if record.due_at else "", help=term(record)),
            fact("下一步", record.next_step, "wide"), fact("天数", f"{record.age} 天"),
            fact("登记", f"{when(record.created_at)} {record.created_by}"),
            fact("值班记录", entry.number if entry else "", "number",
                 url=LOG_ENTRIES.detail_url(entry.pk) if entry else ""),
            fact("每周跟进", follow_up.number if follow_up else "", "number",
                 url=FOLLOW_UPS.detail_url(follow_up.pk) if follow_up else ""),
        ]
        end = [fact("结果", record.result, "long"), fact("办结", _ended(record))] if record.closed_at else []
        return [{"title": "未结事项", "rows": [*rows, *end]}]

    def steps(self, record: OpenItem) -> list[dict]:
        user = self.request.user
        return first_is_primary([each for each in _possible(record) if user.has_perm(each.pop("right"))])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "updates": self.found["updates"], "term": term(self.record), "is_old": is_old(self.record)}


def _ended(item: OpenItem) -> str:
    return f"{when(item.closed_at)} {item.closed_by or ''}".strip()


def _possible(item: OpenItem) -> list[dict[str, Any]]:
    if item.state == OpenItemState.OPEN:
        lacks = item.owner is None or item.due_at is None
        assign = _step(item, "指派" if lacks else "改派", "assign", "person-check")
        usual = [_step(item, "记进展", "update", "pencil"), _step(item, "办结", "close", "check2")]
        void = _step(item, "作废", "void", "slash-circle", VOID, tone="cinnabar")
        return [assign, *usual, void] if lacks else [*usual, assign, void]
    if item.state == OpenItemState.CLOSED:
        return [_step(item, "重新打开", "reopen", "arrow-counterclockwise")]
    return []


def _step(item: OpenItem, label: str, name: str, icon: str, right: str = CHANGE, **more: Any) -> dict[str, Any]:
    return step(label, reverse(f"dutylog:openitem_{name}", args=[item.pk]), icon, right=right, **more)
