"""A list carried out on screen: hand over, close, reverse a line."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lostfound.choices import BatchKind
from lostfound.forms.batches import CloseForm, ExecuteForm, ReverseForm
from lostfound.registers.exits import BATCHES
from lostfound.services.batches import may
from lostfound.services.handing import close_batch, execute_batch, may_close, reverse_line
from lostfound.views.batches import BatchStepView, LineStepView
from servicedesk.errors import Refusal


class BatchExecuteView(BatchStepView):
    """移交: ticked lines leave one by one, each in a transaction of its own; pressing again goes on."""

    form_class = ExecuteForm
    step = "移交"
    template_name = "lostfound/batch_execute.html"

    def may_step(self) -> bool:
        return may(self.request.user, "execute", self.record.kind)

    def draft_key(self) -> str:
        return ""

    def form_kwargs(self) -> dict[str, Any]:
        lines = self.record.lines.to_do().select_related("item__category", "item__storage", "item__holder")
        return {"batch": self.record, "lines": list(lines)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, "", status=422)
        try:
            result = execute_batch(self.record, form.facts(), form.taken_by(), by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
            return self.show(form, "", status=422)
        tell = messages.warning if result.stayed else messages.success
        tell(request, f"{self.record}:{result.sentence}")
        return redirect(BATCHES.detail_url(self.record.pk))


class BatchCloseView(BatchStepView):
    """结清: the cashier for finance, who executes for the others."""

    form_class = CloseForm
    step = "结清"
    done = "已结清 {record}"

    def may_step(self) -> bool:
        return may_close(self.request.user, self.record.kind)

    def initial(self) -> dict[str, Any]:
        return {"receipt_number": self.record.receipt_number}

    def act(self, data: dict[str, Any]) -> None:
        close_batch(self.record, by=self.request.user, receipt_number=data["receipt_number"])


class LineReverseView(LineStepView):
    """冲回: the item is back in custody, with the second person's word."""

    form_class = ReverseForm
    step = "冲回"
    done = "已冲回一件,{record} 其余不变"

    def may_step(self) -> bool:
        return may(self.request.user, "execute", self.record.kind)

    def form_kwargs(self) -> dict[str, Any]:
        return {"second_label": "出纳" if self.record.kind == BatchKind.FINANCE else "负责人"}

    def act(self, data: dict[str, Any]) -> None:
        reverse_line(self.line, by=self.request.user, second=data["second"], reason=data["reason"])
