"""The book of incidents: 起, each with its 件."""

from django.db.models import Q

from complaints.choices import INCIDENT_PREFIX, IncidentState
from complaints.filters.incidents import IncidentFilter
from complaints.models import Complaint, Incident
from complaints.services.incidents import is_joint, visitors_of
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(incident: Incident) -> str:
    return f"{incident.title} · {incident.zone}"


def words(incident: Incident) -> Words:
    return Words(texts=[incident.title, incident.cause], names=[incident.zone.name])


def cases(incident: Incident) -> list[Complaint]:
    return list(incident.complaints.all())


INCIDENTS = add_register(Register(
    key="incident", app="complaints", model=Incident, label="投诉事件", icon="people", prefixes=(INCIDENT_PREFIX,),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="began_at", label="发生时间", kind="datetime", order_by=("began_at",), width=17),
        Column(key="title", label="事由", kind="link", width=36),
        Column(key="zone", label="地点", value="zone.name", width=14),
        Column(key="cases", label="件数", kind="number", value=lambda i: len(cases(i)), width=6),
        Column(key="visitors", label="游客", kind="number", value=lambda i: visitors_of(cases(i)), width=6),
        Column(key="joint", label="共同投诉", kind="yesno", value=lambda i: is_joint(cases(i)), width=8),
        Column(key="cause", label="原因", width=30, shown=False),
        Column(key="created_by", label="登记人", value="created_by.name", width=10),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=IncidentFilter, title=title, words=words, happened_at="began_at", order=("-began_at", "-pk"),
    related=("service_point", "zone", "created_by"), prefetch=("complaints",),
    views=(
        SavedView(label="全部", query="all=1"), SavedView(label="进行中", query="state=open"),
        SavedView(label="已结束", query="state=closed"),
    ),
    empty_text="几位游客为同一件事投诉时,在投诉页点“归入事件”,这里按起汇总。",
    final=Q(state=IncidentState.CLOSED),
))
