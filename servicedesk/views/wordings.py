"""The manager's screen for the wording of the papers."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

from servicedesk.forms.wordings import LABEL, WordingForm
from servicedesk.models import PaperWording
from servicedesk.paper import Paper, defined_papers, paper_by_key, papers
from servicedesk.services.timelines import changes
from servicedesk.services.wordings import change_wording, wording_row, wording_version
from servicedesk.views.forms import RecordFormView


class PaperWordingListView(PermissionRequiredMixin, TemplateView):
    """All papers with their wording in force."""

    permission_required = "servicedesk.manage_settings"
    raise_exception = True
    template_name = "papers/wordings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {row.paper: row for row in PaperWording.objects.all()}
        shown = [{"paper": paper, "own": own.get(paper.key)} for paper in (*papers(), *defined_papers())]
        return super().get_context_data(papers=shown, **kwargs)


class PaperWordingView(RecordFormView):
    """Title, form code, version, footnotes, signature labels and tear line of one paper, with their history."""

    permission_required = "servicedesk.manage_settings"
    template_name = "papers/wording.html"
    form_class = WordingForm
    needs_point = False

    @cached_property
    def paper(self) -> Paper:
        try:
            return paper_by_key(self.kwargs["key"])
        except KeyError:
            raise Http404 from None

    @property
    def form_title(self) -> str:
        return f"表单文字:{self.paper.title}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"paper": self.paper}

    def initial(self) -> dict[str, Any]:
        row = wording_row(self.paper)
        return {
            "title": row.title, "form_code": row.form_code, "form_version": row.form_version,
            "footnotes": row.footnotes, "has_tear_line": row.has_tear_line, "version": wording_version(row),
            **{LABEL + key: label for key, label in row.signature_labels.items()},
        }

    def save(self, form: WordingForm) -> PaperWording:
        return change_wording(
            self.paper, form.facts(), by=self.request.user, version=form.cleaned_data.get("version")
        )

    def saved_sentence(self, record: PaperWording) -> str:  # noqa: ARG002
        return f"《{self.paper.title}》的文字已保存,今后打印都用新的。"

    def next_url(self, record: PaperWording) -> str:  # noqa: ARG002
        return reverse("paper_wordings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = wording_row(self.paper)
        lines = sorted(changes(row), key=lambda line: line["at"], reverse=True) if row.pk else []
        return super().get_context_data(
            paper=self.paper, timeline=lines, cancel_url=reverse("paper_wordings"), **kwargs
        )
