"""问卷版本 on screen: all versions, and the editor that makes the next one."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.urls import reverse
from django.views.generic import TemplateView

from servicedesk.views.forms import RecordFormView
from surveys.forms.versions import VersionForm
from surveys.models import SurveyVersion
from surveys.services.versions import WORDING, add_version

SHOWN_VERSIONS = 30


class SurveyVersionListView(PermissionRequiredMixin, TemplateView):
    """What is asked now, and what was asked before."""

    permission_required, raise_exception = "surveys.view_surveyversion", True
    template_name = "surveys/surveyversion_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = SurveyVersion.objects.select_related("by").prefetch_related("items")
        versions = list(rows.order_by("-number")[:SHOWN_VERSIONS])
        asked = self.request.GET.get("version", "")
        shown = next((v for v in versions if str(v.number) == asked), versions[0] if versions else None)
        return super().get_context_data(versions=versions, shown=shown, **kwargs)


class SurveyVersionCreateView(RecordFormView):
    """修改问卷: begins with what is asked now; saving puts the next version in use."""

    permission_required = "surveys.add_surveyversion"
    form_class: Any = VersionForm
    form_title = "修改问卷"
    save_label = "保存为新的一版"
    template_name = "surveys/surveyversion_form.html"
    needs_point = False

    def form_kwargs(self) -> dict[str, Any]:
        return {"last": SurveyVersion.current()}

    def initial(self) -> dict[str, Any]:
        last = SurveyVersion.current()
        return {name: getattr(last, name) for name in WORDING} if last else {}

    def save(self, form: VersionForm) -> SurveyVersion:
        return add_version(form.facts(), by=self.request.user)

    def saved_sentence(self, record: SurveyVersion) -> str:
        return f"现在用{record}:以后的问卷按新版,已答的不变"

    def next_url(self, record: SurveyVersion) -> str:  # noqa: ARG002
        return reverse("surveys:surveyversion_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("surveys:surveyversion_list"), **kwargs)
