"""A step about one record of a register: a small form over one service, then back to the record's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from servicedesk.errors import MonthClosed, Refusal
from servicedesk.register import Register
from servicedesk.views.forms import RecordFormView


class RecordStepView(RecordFormView):
    """Subclasses give `register`, `step`, `done` and `act(data)`."""

    needs_point = False
    step = ""
    done = "已保存 {record}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.record = get_record(self.register, request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.step} {self.record}"

    @property
    def save_label(self) -> str:
        return self.step

    def saved_sentence(self, record: Any) -> str:
        return self.done.format(record=record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"record": self.record, "cancel_url": self.register.detail_url(self.record.pk)}
        return super().get_context_data(**context, **kwargs)

    def save(self, form: Any) -> Any:
        self.act(form.cleaned_data)
        return self.record

    def act(self, data: dict[str, Any]) -> None:
        raise NotImplementedError


def get_record(register: Register, request: HttpRequest, pk: int) -> Any:
    """The visible record of the address; 404 for one of another desk as for none."""
    return get_object_or_404(register.rows(request.user).prefetch_related(None), pk=pk)


def answered(request: HttpRequest, act: Callable[[], Any], done: str, url: str) -> HttpResponse:
    """Run a step without a form; its refusal is shown on the page it came from.

    Raises:
        MonthClosed: the reason is asked for on a page of its own.
    """
    try:
        act()
        messages.success(request, done)
    except MonthClosed:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(url)
