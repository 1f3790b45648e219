"""Incidents: a complaint joins or leaves one; the page of an incident with its cases."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from complaints.forms.incidents import CauseForm, JoinForm
from complaints.forms.steps import ReasonForm
from complaints.models import Complaint, Incident
from complaints.registers.incidents import INCIDENTS
from complaints.services.incidents import (
    begin_incident,
    close_incident,
    is_joint,
    join_incident,
    leave_incident,
    reopen_incident,
    visitors_of,
)
from complaints.views.steps import ComplaintStepView
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView

CHANGE_CASE, ADD, CHANGE = "complaints.change_complaint", "complaints.add_incident", "complaints.change_incident"


class JoinView(ComplaintStepView):
    permission_required = (CHANGE_CASE, ADD)
    form_class, step, done = JoinForm, "归入事件", "{record} 已归入事件"

    def form_kwargs(self) -> dict[str, Any]:
        return {"complaint": self.record}

    def save(self, form: JoinForm) -> Complaint:
        incident, by = form.chosen(), self.request.user
        if incident is None:
            begin_incident(self.record, form.cleaned_data["title"], by=by)
            return self.record
        return join_incident(self.record, incident, by=by)


class LeaveView(ComplaintStepView):
    permission_required = (CHANGE_CASE, ADD)
    form_class, step, done = ReasonForm, "移出事件", "{record} 已移出事件"

    def act(self, data: dict[str, Any]) -> None:
        leave_incident(self.record, data["reason"], by=self.request.user)


class IncidentStepView(RecordStepView):
    register = INCIDENTS
    permission_required = CHANGE


class CloseView(IncidentStepView):
    form_class, step, done = CauseForm, "结束", "{record} 已结束"

    def act(self, data: dict[str, Any]) -> None:
        close_incident(self.record, data["cause"], by=self.request.user)


class ReopenView(IncidentStepView):
    form_class, step, done = ReasonForm, "重新打开", "{record} 已重新打开"

    def act(self, data: dict[str, Any]) -> None:
        reopen_incident(self.record, data["reason"], by=self.request.user)


class IncidentDetailView(RegisterDetailView):
    """One incident (起) and its complaints (件)."""

    def questions(self, record: Incident) -> dict[str, QuerySet]:
        seen = record.complaints.visible_to(self.request.user)
        return {"cases": seen.select_related("zone", "handler").order_by("received_at", "pk")}

    def fact_groups(self, record: Incident) -> list[dict]:
        cases = self.found["cases"]
        return [{"title": "事件", "rows": [
            fact("事由", record.title, "wide"), fact("发生时间", when(record.began_at)), fact("地点", record.zone),
            fact("投诉", f"{len(cases)} 件,{visitors_of(cases)} 位游客"), fact("共同投诉", is_joint(cases)),
            fact("原因", record.cause, "wide"),
            fact("结束", when(record.closed_at) if record.closed_at else ""),
            fact("登记", f"{record.created_by} {when(record.created_at)}"),
        ]}]

    def steps(self, record: Incident) -> list[dict]:
        if not self.request.user.has_perm(CHANGE):
            return []
        label, name, icon = ("结束", "close", "check2-all") if record.is_open else (
            "重新打开", "reopen", "arrow-counterclockwise"
        )
        return first_is_primary([step(label, reverse(f"complaints:incident_{name}", args=[record.pk]), icon)])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"record_what": self.record.title, "cases": self.found["cases"],
                          "is_joint": is_joint(self.found["cases"])}
