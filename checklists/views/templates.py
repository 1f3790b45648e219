"""Templates on screen: the manager's list, a template with its versions, and its editor."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import DetailView, ListView

from checklists.forms.templates import TemplateForm
from checklists.models import RoundTemplate
from checklists.services.templates import edit_template, make_template
from servicedesk.views.forms import RecordFormView


class RoundTemplateListView(PermissionRequiredMixin, ListView):
    """检查表: what is checked every day."""

    permission_required, raise_exception = "checklists.view_roundtemplate", True
    template_name, context_object_name = "checklists/roundtemplate_list.html", "templates"

    def get_queryset(self):
        rows = RoundTemplate.objects.visible_to(self.request.user).select_related("service_point")
        return rows.prefetch_related("versions__items").order_by("-is_active", "due_at")


class RoundTemplateDetailView(PermissionRequiredMixin, DetailView):
    """One template: its items now, and every version with who changed it."""

    permission_required, raise_exception = "checklists.view_roundtemplate", True
    template_name, context_object_name = "checklists/roundtemplate_detail.html", "template"

    def get_queryset(self):
        return RoundTemplate.objects.visible_to(self.request.user).select_related("service_point")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(self.object.versions.select_related("by", "told_person").prefetch_related("items__told_person"))
        asked = self.request.GET.get("version", "")
        shown = next((v for v in versions if str(v.number) == asked), versions[0] if versions else None)
        return super().get_context_data(versions=versions, shown=shown, **kwargs)


class RoundTemplateFormView(RecordFormView):
    """The editor; a save that changes the items makes the next version."""

    form_class: Any = TemplateForm
    template_name = "checklists/roundtemplate_form.html"
    needs_point = False

    def next_url(self, record: RoundTemplate) -> str:
        return reverse("checklists:roundtemplate_detail", args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("checklists:roundtemplate_list"), **kwargs)


class RoundTemplateCreateView(RoundTemplateFormView):
    permission_required = "checklists.add_roundtemplate"
    form_title = "新建检查表"

    def save(self, form: TemplateForm) -> RoundTemplate:
        return make_template(form.facts(), form.version_facts(), by=self.request.user)

    def saved_sentence(self, record: RoundTemplate) -> str:
        return f"已建检查表 {record}"


class RoundTemplateEditView(RoundTemplateFormView):
    permission_required = "checklists.change_roundtemplate"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.record = get_object_or_404(RoundTemplate.objects.visible_to(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"修改检查表 {self.record}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"template": self.record}

    def initial(self) -> dict[str, Any]:
        version = self.record.current()
        names = ("name", "kind", "service_point", "is_active")
        told = {"told_role": version.told_role, "told_person": version.told_person} if version else {}
        due_at = f"{self.record.due_at:%H:%M}"
        return {**{name: getattr(self.record, name) for name in names}, "due_at": due_at, **told}

    def save(self, form: TemplateForm) -> RoundTemplate:
        return edit_template(self.record, form.facts(), form.version_facts(), by=self.request.user)

    def saved_sentence(self, record: RoundTemplate) -> str:
        return f"已保存 {record},现在用第 {record.current().number} 版"
