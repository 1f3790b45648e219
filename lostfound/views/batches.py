"""移交与处置 on screen: preview and prepare, review, approve, take out, cancel."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from lostfound.choices import BatchKind, BatchState
from lostfound.forms.batches import BatchForm
from lostfound.forms.item_steps import ReasonForm
from lostfound.models import Batch, BatchLine
from lostfound.registers.exits import BATCHES
from lostfound.services.batch_rules import preview_batch
from lostfound.services.batches import (
    approve_batch,
    cancel_batch,
    drop_line,
    may,
    may_change,
    prepare_batch,
    review_batch,
)
from lostfound.services.handing import may_close
from lostfound.views.item_facts import fact
from servicedesk.services.points import required_point
from servicedesk.templatetags.said import when
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, answered, get_record

TABS = (
    (BatchKind.FINANCE, "lostfound:batch_create"),
    (BatchKind.POLICE, "lostfound:batch_create_police"),
    (BatchKind.DISPOSAL, "lostfound:batch_create_disposal"),
)


class BatchCreateView(RecordFormView):
    """编制: everything the list would take, everything it leaves out and why, before it takes anything."""

    permission_required = "lostfound.view_batch"
    register = BATCHES
    form_class = BatchForm
    save_label = "编制清单"
    template_name = "lostfound/batch_form.html"
    kind = BatchKind.FINANCE

    def has_permission(self) -> bool:
        return super().has_permission() and may(self.request.user, "add", self.kind)

    @property
    def form_title(self) -> str:
        return f"编制{BatchKind(self.kind).label}清单"

    def draft_key(self) -> str:
        return ""

    def make_form(self, data: Any = None, files: Any = None) -> BatchForm:
        point = required_point(self.request)
        return BatchForm(data, files, user=self.request.user, point=point, preview=preview_batch(self.kind, point))

    def save(self, form: BatchForm) -> Batch:
        return prepare_batch(
            self.kind, form.chosen(), by=self.request.user, point=form.point, note=form.cleaned_data["note"]
        )

    def saved_sentence(self, record: Batch) -> str:
        return f"已编制 {record},请另一位同事复核"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = [
            {"label": BatchKind(kind).label, "url": reverse(name), "is_current": kind == self.kind}
            for kind, name in TABS if may(self.request.user, "add", kind)
        ]
        return super().get_context_data(tabs=tabs, cancel_url=BATCHES.list_url(), **kwargs)


class BatchStepView(RecordStepView):
    """A step about a list; who may depends on its kind."""

    permission_required = "lostfound.view_batch"
    register = BATCHES

    def has_permission(self) -> bool:
        return super().has_permission() and self.may_step()

    def may_step(self) -> bool:
        return may_change(self.request.user, self.record)


class BatchCancelView(BatchStepView):
    """撤销 while nothing has left."""

    form_class = ReasonForm
    step = "撤销清单"
    done = "已撤销 {record},其中物品可以另行编制"

    def act(self, data: dict[str, Any]) -> None:
        cancel_batch(self.record, by=self.request.user, reason=data["reason"])


class LineStepView(BatchStepView):
    """A step about one line of a list."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        batch = get_record(BATCHES, request, kwargs["pk"])
        rows = BatchLine.objects.select_related("item__category", "batch")
        self.line = get_object_or_404(rows, pk=kwargs["line"], batch=batch)
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.step} {self.line.item.number}"


class LineDropView(LineStepView):
    """移出清单: the item stays at the desk."""

    form_class = ReasonForm
    step = "移出清单"
    done = "已移出一件,{record} 其余不变"

    def act(self, data: dict[str, Any]) -> None:
        drop_line(self.line, by=self.request.user, reason=data["reason"])


@require_POST
def batch_review(request: HttpRequest, pk: int) -> HttpResponse:
    """复核, by somebody other than the preparer."""
    batch = get_record(BATCHES, request, pk)
    if not may(request.user, "review", batch.kind):
        raise PermissionDenied
    url = BATCHES.detail_url(batch.pk)
    return answered(request, lambda: review_batch(batch, by=request.user), f"已复核 {batch}", url)


@require_POST
def batch_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """批准, by somebody other than the preparer."""
    batch = get_record(BATCHES, request, pk)
    if not may(request.user, "approve", batch.kind):
        raise PermissionDenied
    url = BATCHES.detail_url(batch.pk)
    return answered(request, lambda: approve_batch(batch, by=request.user), f"已批准 {batch},可以移交了", url)


class BatchDetailView(RegisterDetailView):
    """One list: who did what, its lines, what can be done next."""

    def fact_groups(self, record: Batch) -> list[dict]:
        return [{"title": record.get_kind_display(), "rows": [
            fact("月份", f"{record.month:%Y-%m}"),
            fact("编制", _who(record.created_by, record.created_at)),
            fact("复核", _who(record.reviewed_by, record.reviewed_at)),
            fact("批准", _who(record.approved_by, record.approved_at)),
            fact("执行", _who(record.executed_by, record.executed_at)),
            fact("结清", when(record.closed_at) if record.closed_at else ""),
            fact("接收人", record.receiver), fact("接收单位", record.receiver_unit),
            fact("接收凭证号", record.receipt_number, "number"),
            fact("撤销原因", record.cancel_reason),
            fact("说明", record.note, "long"),
        ]}]

    def steps(self, record: Batch) -> list[dict]:
        found = [step for is_fit, step in self._possible(record, self.request.user) if is_fit]
        for place, step in enumerate(found):
            step["is_primary"] = place == 0 and step.get("tone") != "cinnabar"
        return found

    @staticmethod
    def _possible(batch: Batch, user: Any) -> list[tuple[bool, dict]]:
        """Each step with whether state and person fit; the preparer is offered neither review nor approval."""
        other = batch.created_by_id != user.pk
        state, kind = batch.state, batch.kind

        def step(label: str, name: str, icon: str, **more: Any) -> dict:
            return {"label": label, "url": reverse(f"lostfound:{name}", args=[batch.pk]), "icon": icon, **more}

        return [
            (state == BatchState.PREPARED and other and may(user, "review", kind),
             step("复核", "batch_review", "eye", method="post")),
            (state == BatchState.REVIEWED and other and may(user, "approve", kind),
             step("批准", "batch_approve", "check-circle", method="post")),
            (state == BatchState.APPROVED and may(user, "execute", kind), step("移交", "batch_execute", "truck")),
            (state == BatchState.EXECUTED and may_close(user, kind), step("结清", "batch_close", "archive")),
            (batch.is_open_to_change and may_change(user, batch),
             step("撤销清单", "batch_cancel", "x-circle", tone="cinnabar")),
        ]

    def questions(self, record: Batch) -> dict[str, models.QuerySet]:
        return {"lines": record.lines.select_related("item__category", "item__storage", "witness")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        batch, user = self.record, self.request.user
        return context | {
            "lines": self.found["lines"], "may_drop": batch.is_open_to_change and may_change(user, batch),
            "may_reverse": may(user, "execute", batch.kind),
            "may_see_items": user.has_perm("lostfound.view_founditem"),
        }


def _who(person: Any, at: Any) -> str:
    return f"{person.name} {when(at)}" if person and at else ""
