"""台账设置: all ledgers, those to switch on, the editor of a form, its look on screen and paper, publishing."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from ledgers.forms.entries import EntryForm
from ledgers.forms.kinds import FormForm, KindForm, PublishForm, initial_of_form, initial_of_kind
from ledgers.models import LedgerKind, LedgerVersion
from ledgers.papers.entries import form_paper
from ledgers.papers.months import month_paper
from ledgers.presets import MALL, preset_of
from ledgers.services.kinds import (
    create_kind,
    draft_version,
    drop_draft,
    edit_kind,
    publish_form,
    save_draft,
    switch_kind,
    switch_on_preset,
)
from servicedesk.services import printing
from servicedesk.services.points import current_point
from servicedesk.services.timelines import changes
from servicedesk.views.forms import RecordFormView
from servicedesk.views.steps import answered

RIGHT = "ledgers.define_ledgers"


class KindPage:
    """Where the forms' trail leads back to. Speaks as a register does."""

    label = "台账设置"

    def list_url(self) -> str:
        return reverse("ledgers:kind_list")

    def detail_url(self, pk: int) -> str:
        return reverse("ledgers:kind_detail", args=[pk])


def kind_at(pk: int) -> LedgerKind:
    return get_object_or_404(LedgerKind.objects.in_order(), pk=pk)


class KindListView(PermissionRequiredMixin, TemplateView):
    """All ledgers; below them what is delivered and not in use."""

    permission_required, raise_exception = RIGHT, True
    template_name = "ledgers/kind_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = list(LedgerKind.objects.in_order())
        codes = {kind.code for kind in kinds}
        return super().get_context_data(kinds=kinds, presets=[p for p in MALL if p.code not in codes], **kwargs)


class KindDetailView(PermissionRequiredMixin, TemplateView):
    """One ledger: what it does, how its form looks now or will look, its versions."""

    permission_required, raise_exception = RIGHT, True
    template_name = "ledgers/kind_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = kind_at(kwargs["pk"])
        shown = draft_version(kind)
        versions = list(kind.versions.select_related("by"))
        lines = sorted(changes(kind), key=lambda line: line["at"], reverse=True)
        return super().get_context_data(
            kind=kind, shown=shown, versions=versions, timeline=lines[:30], look=self._look(kind, shown), **kwargs
        )

    def _look(self, kind: LedgerKind, shown: LedgerVersion | None) -> EntryForm | None:
        """The form as a clerk will see it."""
        if shown is None:
            return None
        return EntryForm(kind=kind, version=shown, user=self.request.user, point=current_point(self.request))


class KindPreviewView(PermissionRequiredMixin, View):
    """The empty paper of the draft, or of the form in force: `form` or `table`."""

    permission_required, raise_exception = RIGHT, True

    def get(self, request: HttpRequest, pk: int, which: str) -> HttpResponse:
        kind = kind_at(pk)
        version = draft_version(kind)
        make = {"form": form_paper, "table": month_paper}.get(which)
        if version is None or make is None:
            raise Http404
        paper = make(kind, version)
        pdf = printing.preview(paper, [printing.blank_part(paper)], by=request.user)
        return HttpResponse(pdf, content_type="application/pdf", headers={
            "Content-Disposition": "inline", "Cache-Control": "private, no-store",
        })


class KindFormView(RecordFormView):
    """A form about ledgers."""

    permission_required = RIGHT
    register = KindPage()
    needs_point = False


class KindCreateView(KindFormView):
    form_class: Any = KindForm
    form_title, save_label = "新台账", "下一步:写栏目"

    def save(self, form: KindForm) -> LedgerKind:
        return create_kind(form.facts(), by=self.request.user)

    def saved_sentence(self, record: LedgerKind) -> str:
        return f"已建台账“{record}”,请写栏目"

    def next_url(self, record: LedgerKind) -> str:
        return reverse("ledgers:kind_form", args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.register.list_url(), **kwargs)


class OneKindView(KindFormView):
    """A form about one ledger."""

    step = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        if not request.user.has_perm(RIGHT):
            return self.handle_no_permission()
        self.kind = kind_at(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.step}“{self.kind}”"

    def saved_sentence(self, record: Any) -> str:  # noqa: ARG002
        return f"“{self.kind}”已保存"

    def next_url(self, record: Any) -> str:  # noqa: ARG002
        return self.register.detail_url(self.kind.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kind=self.kind, cancel_url=self.register.detail_url(self.kind.pk), **kwargs)


class KindEditView(OneKindView):
    form_class: Any = KindForm
    step = "修改"

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.kind}

    def initial(self) -> dict[str, Any]:
        return initial_of_kind(self.kind)

    def save(self, form: KindForm) -> LedgerKind:
        version = form.cleaned_data["version"] or 0
        return edit_kind(self.kind, form.facts(), by=self.request.user, version=version)


class KindLinesView(OneKindView):
    """The editor of the form; what is saved is a draft."""

    form_class: Any = FormForm
    template_name = "ledgers/kind_form.html"
    step, save_label = "编辑表单", "保存草稿并预览"

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.kind}

    def initial(self) -> dict[str, Any]:
        return initial_of_form(self.kind)

    def save(self, form: FormForm) -> LedgerKind:
        version = form.cleaned_data["version"] or 0
        return save_draft(self.kind, form.facts(), by=self.request.user, version=version)

    def saved_sentence(self, record: Any) -> str:  # noqa: ARG002
        return "草稿已保存,请看下面的样子;发布后才启用"


class KindPublishView(OneKindView):
    form_class: Any = PublishForm
    step, save_label = "发布", "发布"

    def save(self, form: PublishForm) -> LedgerVersion:
        return publish_form(self.kind, by=self.request.user, note=form.cleaned_data["note"])

    def saved_sentence(self, record: LedgerVersion) -> str:
        return f"“{self.kind}”{record}已启用:以后的登记按新版,已登记的不变"


@require_POST
@permission_required(RIGHT, raise_exception=True)
def kind_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """放弃草稿."""
    kind = kind_at(pk)
    url = KindPage().detail_url(pk)
    return answered(request, lambda: drop_draft(kind, by=request.user), "草稿已放弃", url)


@require_POST
@permission_required(RIGHT, raise_exception=True)
def kind_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """启用 or 停用, the other way round."""
    kind = kind_at(pk)
    to = not kind.is_active
    act = lambda: switch_kind(kind, is_active=to, by=request.user)  # noqa: E731
    return answered(request, act, f"“{kind}”已{'启用' if to else '停用'}", KindPage().detail_url(pk))


@require_POST
@permission_required(RIGHT, raise_exception=True)
def kind_preset(request: HttpRequest, code: str) -> HttpResponse:
    """启用 a delivered ledger."""
    preset = preset_of(code)
    if preset is None:
        raise Http404
    act = lambda: switch_on_preset(code, by=request.user)  # noqa: E731
    return answered(request, act, f"“{preset.name}”已启用,在左侧栏目里", reverse("ledgers:kind_list"))
