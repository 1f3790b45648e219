"""The settings screen: every declared preference by group, one form for each, its history beside it."""

import itertools
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from servicedesk.books import BOOKS
from servicedesk.forms.settings import PreferenceForm
from servicedesk.services import preferences
from servicedesk.services.settings_history import last_changes, said, setting_timeline
from servicedesk.views.forms import RecordFormView

RIGHT = "servicedesk.manage_settings"


class SettingsView(PermissionRequiredMixin, TemplateView):
    """All preferences with the value in force and who changed it last."""

    permission_required = RIGHT
    raise_exception = True
    template_name = "house/settings.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        changed = last_changes()
        lines = [
            {"preference": p, "value": said(p, preferences.value(p.key)), "changed": changed.get(p.key)}
            for p in sorted(preferences.declared(), key=_group_order())
        ]
        groups = [
            {"title": title, "lines": list(found)}
            for title, found in itertools.groupby(lines, key=lambda line: line["preference"].group)
        ]
        books = [b for b in BOOKS if b.is_rule and self.request.user.has_perm(b.permission)]
        return super().get_context_data(groups=groups, books=books, **kwargs)


def _group_order():
    order = list(dict.fromkeys(p.group for p in preferences.declared()))
    return lambda p: order.index(p.group)


def _declaration(key: str) -> preferences.Preference:
    try:
        return preferences.preference(key)
    except KeyError:
        raise Http404 from None


class _SettingsPage:
    """Where a saved preference leads: back to the list. Speaks as a register does in the form's trail."""

    label = "规则参数"

    def list_url(self) -> str:
        return reverse("settings")

    def detail_url(self, pk: Any) -> str:  # noqa: ARG002
        return reverse("settings")


class SettingEditView(RecordFormView):
    """One preference: its value and the reason of the change."""

    permission_required = RIGHT
    form_class: Any = PreferenceForm
    template_name = "house/setting_form.html"
    register = _SettingsPage()
    needs_point = False

    @property
    def form_title(self) -> str:  # type: ignore[override]
        return self.declaration().label

    def declaration(self) -> preferences.Preference:
        return _declaration(self.kwargs["key"])

    def form_kwargs(self) -> dict[str, Any]:
        return {"declaration": self.declaration()}

    def initial(self) -> dict[str, Any]:
        return {"value": preferences.value(self.declaration().key)}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        declaration = self.declaration()
        return super().get_context_data(
            preference=declaration, default=said(declaration, declaration.default),
            is_default=preferences.value(declaration.key) == declaration.default,
            timeline=setting_timeline(declaration), **kwargs,
        )

    def save(self, form: PreferenceForm) -> preferences.Preference:
        declaration, typed = self.declaration(), form.cleaned_data
        preferences.choose(declaration.key, typed["value"], self.request.user, typed["reason"])
        return declaration

    def next_url(self, record: preferences.Preference) -> str:  # noqa: ARG002
        return reverse("settings")

    def saved_sentence(self, record: preferences.Preference) -> str:
        return f"“{record.label}”已改为 {said(record, preferences.value(record.key))}。"


@permission_required(RIGHT, raise_exception=True)
@require_POST
def setting_default(request: HttpRequest, key: str) -> HttpResponse:
    """Back to what the program brings."""
    declaration = _declaration(key)
    preferences.choose_default(key, request.user)
    messages.success(request, f"“{declaration.label}”已恢复默认:{said(declaration, declaration.default)}。")
    return redirect("settings")
