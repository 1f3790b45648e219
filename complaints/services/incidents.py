"""事件: several visitors, one cause. Its complaints stay cases of their own; both 件 and 起 are reported."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from complaints.choices import INCIDENT_PREFIX, UNCOUNTED_STATES, ActionKind, IncidentState
from complaints.errors.incidents import (
    CauseNeeded,
    IncidentOver,
    InIncidentAlready,
    NotInIncident,
    TitleNeeded,
)
from complaints.models import Complaint, Incident
from complaints.services.actions import needed, note
from dutylog.services.enquiries import refuse_numbers
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

OFFERED_DAYS = 14
MOST_OFFERED = 30


def open_incidents(user: Any, complaint: Complaint) -> QuerySet[Incident]:
    """Those of the last days that a complaint may belong to, newest first."""
    since = complaint.occurred_at - dt.timedelta(days=OFFERED_DAYS)
    rows = Incident.objects.visible_to(user).filter(state=IncidentState.OPEN, began_at__gte=since)
    return rows.select_related("zone").order_by("-began_at", "-pk")[:MOST_OFFERED]


def alike_to(complaint: Complaint, user: Any) -> QuerySet[Complaint]:
    """Complaints of the same category and place within the hours of the setting: perhaps one cause."""
    within = dt.timedelta(hours=preferences.value("complaints.alike_hours"))
    rows = Complaint.objects.visible_to(user).alike(complaint, within)
    return rows.select_related("incident", "zone").order_by("-occurred_at")[:MOST_OFFERED]


@transaction.atomic
def begin_incident(complaint: Complaint, title: str, *, by: Any) -> Incident:
    """新事件, begun with its first complaint.

    Raises:
        TitleNeeded, NumberInText: a slip of the hand.
        InIncidentAlready: the complaint belongs to another.
    """
    if not title.strip():
        raise TitleNeeded(field="title")
    refuse_numbers(title, "title")
    incident = Incident(
        number=take_serial(INCIDENT_PREFIX, complaint.service_point), service_point=complaint.service_point,
        created_at=timezone.now(), created_by=by, title=title.strip()[:100], zone=complaint.zone,
        began_at=complaint.occurred_at,
    )
    incident._history_user = by
    incident.save()
    index_record(incident)
    join_incident(complaint, incident, by=by)
    return incident


@transaction.atomic
def join_incident(complaint: Complaint, incident: Incident, *, by: Any) -> Complaint:
    """归入事件: the case keeps its number, its clocks and its visitor. With enough visitors it is a joint complaint.

    Raises:
        InIncidentAlready: it belongs to another.
        IncidentOver: that one has ended.
    """
    if complaint.incident is not None:
        raise InIncidentAlready(number=complaint.number, incident=complaint.incident.number)
    if not incident.is_open:
        raise IncidentOver(number=incident.number)
    amend(complaint, by=by, version=complaint.version, reason=f"归入 {incident.number}", incident=incident)
    note(complaint, ActionKind.SYSTEM, f"归入事件 {incident.number} {incident.title}", by=by)
    if visitors_of(incident.complaints.all()) == preferences.value("complaints.joint_visitors"):
        for case in incident.complaints.exclude(state__in=UNCOUNTED_STATES):
            note(case, ActionKind.SYSTEM, f"{incident.number} 已成共同投诉,请按“群体”定级", by=None)
    return complaint


@transaction.atomic
def leave_incident(complaint: Complaint, reason: str, *, by: Any) -> Complaint:
    """移出事件, with the reason. Raises NotInIncident, TextNeeded, NumberInText."""
    reason = needed(reason, "为什么移出", "reason")
    if complaint.incident is None:
        raise NotInIncident(number=complaint.number)
    left = complaint.incident
    amend(complaint, by=by, version=complaint.version, reason=f"移出 {left.number}"[:100], incident=None)
    note(complaint, ActionKind.SYSTEM, f"移出事件 {left.number}:{reason}", by=by)
    return complaint


def visitors_of(complaints: Iterable[Complaint]) -> int:
    """How many visitors stand behind some complaints: one number is one visitor, however often they came."""
    return len({
        complaint.phone_digest or complaint.pk for complaint in complaints if complaint.state not in UNCOUNTED_STATES
    })


def is_joint(complaints: Iterable[Complaint]) -> bool:
    """共同投诉: as many visitors as the setting says, on one cause."""
    return visitors_of(complaints) >= preferences.value("complaints.joint_visitors")


def cases_and_causes(rows: QuerySet[Complaint]) -> tuple[int, int]:
    """件 and 起 of some complaints: those of one incident are one 起, each other one its own."""
    found = rows.order_by().aggregate(
        cases=Count("pk"), causes=Count("incident", distinct=True), alone=Count("pk", filter=Q(incident=None))
    )
    return found["cases"], found["causes"] + found["alone"]


@transaction.atomic
def close_incident(incident: Incident, cause: str, *, by: Any) -> Incident:
    """结束, with the cause and what keeps it from coming again.

    Raises:
        CauseNeeded, NumberInText: a slip of the hand.
        NotPossibleNow, SomeoneWasFaster: it has ended.
    """
    if not cause.strip():
        raise CauseNeeded(field="cause")
    refuse_numbers(cause, "cause")
    move(incident, IncidentState.CLOSED, by=by, cause=cause.strip()[:300], closed_at=timezone.now())
    index_record(incident)
    return incident


@transaction.atomic
def reopen_incident(incident: Incident, reason: str, *, by: Any) -> Incident:
    """重新打开. Raises TextNeeded, NumberInText, NotPossibleNow, SomeoneWasFaster."""
    reason = needed(reason, "为什么重新打开", "reason")
    move(incident, IncidentState.OPEN, by=by, reason=reason[:100], closed_at=None)
    return incident
