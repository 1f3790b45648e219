"""问卷 for visitors: an open page per place, a word of thanks, and back to the start on a kiosk."""

import uuid
from typing import Any

from django.http import Http404

from servicedesk.services import kept
from servicedesk.views.visitors import VisitorFormView, VisitorView
from surveys.choices import Channel
from surveys.forms.answering import AnswerForm
from surveys.models import SurveySheet, SurveyVersion
from surveys.services.sheets import take_answer

THANKS_SECONDS = 8


class SurveyStartView(VisitorView):
    """The first page of a kiosk: which language."""

    template_name, page = "surveys/answer_start.html", "surveys:survey_start"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chinese, english = (self.address("surveys:survey_answer", language=each) for each in ("zh", "en"))
        return super().get_context_data(chinese_url=chinese, english_url=english, version=_version(), **kwargs)


class SurveyAnswerView(VisitorFormView):
    """One page of questions."""

    template_name, page, done_page = "surveys/answer.html", "surveys:survey_answer", "surveys:survey_thanks"

    def make_form(self, data: Any = None) -> AnswerForm:
        return AnswerForm(data, language=self.language, version=_version())

    def find(self, key: uuid.UUID) -> SurveySheet | None:
        return SurveySheet.objects.filter(posted_key=key).first()

    def save(self, form: AnswerForm, key: uuid.UUID) -> None:
        channel = Channel.KIOSK if self.code.is_kiosk else Channel.QR
        take_answer(form.facts(channel), code=self.code, key=key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            version=_version(), first_url=self.address("surveys:survey_start"), **kwargs
        )


class SurveyThanksView(VisitorView):
    """谢谢. A kiosk goes back to its start by itself, without any script."""

    template_name, page = "surveys/answer_thanks.html", "surveys:survey_thanks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet = SurveySheet.objects.filter(posted_key=self.kwargs["key"], code=self.code).first()
        if sheet is None:
            raise Http404
        return super().get_context_data(
            sheet=sheet, first_url=self.address("surveys:survey_start"), seconds=THANKS_SECONDS, **kwargs
        )

    def address(self, page: str = "", *args: Any, language: str = "") -> str:
        own = (self.kwargs["key"],) if page in {"", self.page} else args
        return super().address(page, *own, language=language)


def _version() -> SurveyVersion:
    """The version in use; a page is nothing without one."""
    versions = kept.rows_of(SurveyVersion.objects.order_by("-number")[:1])
    if not versions:
        raise Http404
    return versions[0]
