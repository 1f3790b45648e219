"""清除过期个人信息: what is due and why, then reason and count, then the run; earlier runs below."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from servicedesk.errors import Refusal
from servicedesk.forms.purging import PurgeForm
from servicedesk.register import register_of
from servicedesk.services.purging import MOST_PER_RUN, RIGHT, Found, earlier_runs, preview_purge, purge


def sections(found: list[Found]) -> list[dict[str, Any]]:
    """Each declaration with its rows as links."""
    return [
        {
            "label": one.data.label, "rule": one.data.rule(), "count": one.count, "more": one.more,
            "rows": _links(one.rows), "kept_back": _links(one.kept_back), "is_thrown_away": one.data.is_thrown_away,
        }
        for one in found
    ]


def _links(rows: list) -> list[dict[str, str]]:
    register = register_of(rows[0]) if rows else None
    return [{"number": str(row), "url": register.detail_url(row.pk) if register else ""} for row in rows]


class PurgeView(PermissionRequiredMixin, TemplateView):
    """First step: the preview. Changes nothing."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "house/purge.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = preview_purge()
        return super().get_context_data(
            sections=sections(found), count=sum(one.count for one in found), most=MOST_PER_RUN, runs=earlier_runs(),
            **kwargs,
        )


class _PurgePage:
    """Where the form's trail leads back to. Speaks as a register does."""

    label = "过期个人信息"

    def list_url(self) -> str:
        return reverse("purge")


class PurgeRunView(PermissionRequiredMixin, TemplateView):
    """Second step: reason and count; then the run, outside one big transaction."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "house/purge_run.html"

    def show(self, form: PurgeForm, status: int = 200) -> HttpResponse:
        found = preview_purge()
        lines = [{"label": one.data.label, "rule": one.data.rule(), "count": one.count} for one in found if one.count]
        context = self.get_context_data(
            form=form, form_title="清除过期个人信息", register=_PurgePage(), lines=lines,
            count=sum(one.count for one in found), save_label="清除,不能恢复", cancel_url=reverse("purge"),
            most=MOST_PER_RUN,
        )
        return self.render_to_response(context, status=status)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        return self.show(PurgeForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        form = PurgeForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        typed = form.cleaned_data
        try:
            done = purge(by=request.user, reason=typed["reason"], expected=typed["count"])
        except Refusal as refusal:
            form.refuse(refusal)
            return self.show(form, status=422)
        messages.success(request, done.sentence)
        return redirect("purge")
