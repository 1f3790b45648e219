"""发放 on screen: numbers taken for empty sheets, and what came back of them."""

from typing import Any

from django.db import models
from django.urls import reverse

from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from surveys.forms.sheets import BatchForm
from surveys.models import SurveyBatch
from surveys.registers.batches import BATCHES
from surveys.services.batches import hand_out


class BatchCreateView(RecordFormView):
    """发放问卷: then its sheets are printed from its page."""

    permission_required = "surveys.add_surveybatch"
    register = BATCHES
    form_class = BatchForm
    form_title = "发放问卷"

    def initial(self) -> dict[str, Any]:
        return {"count": 30, "handed_out_by": self.request.user.pk}

    def save(self, form: BatchForm) -> SurveyBatch:
        return hand_out(form.facts(), by=self.request.user, point=form.point)

    def saved_sentence(self, record: SurveyBatch) -> str:
        return f"已取号 {record.span},请打印"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=BATCHES.list_url(), **kwargs)


class SurveyBatchDetailView(RegisterDetailView):
    """One pile: its numbers, and which sheets came back."""

    def questions(self, record: SurveyBatch) -> dict[str, models.QuerySet]:
        rows = record.sheets.order_by("number").only("number", "state", "created_at", "batch_id")
        return {"sheets": rows}

    def fact_groups(self, record: SurveyBatch) -> list[dict]:
        back = len(self.found["sheets"])
        share = f"{100 * back / record.count:.0f}%"
        return [{"title": "发放", "rows": [
            fact("问卷编号", record.span, "number"), fact("张数", record.count), fact("发放日期", record.on, "date"),
            fact("发放地点", record.zone), fact("发放人", record.handed_out_by), fact("版本", record.survey_version),
            fact("已录入", f"{back} 张(回收率 {share})"), fact("服务点", record.service_point),
            fact("备注", record.note, "wide"),
        ]}]

    def steps(self, record: SurveyBatch) -> list[dict]:
        if not self.request.user.has_perm("surveys.add_surveysheet"):
            return []
        url = f"{reverse('surveys:surveysheet_create')}?version={record.survey_version.number}"
        return first_is_primary([step("录入", url, "keyboard")])

    def events(self, record: SurveyBatch) -> list[dict]:  # noqa: ARG002
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entered = {sheet.number: sheet for sheet in self.found["sheets"]}
        rows = [(number, entered.get(number)) for number in self.record.numbers]
        return {**context, "rows": rows, "record_what": self.record.span}
