"""Rows of the incidents of complaints."""

from django.utils import timezone

from complaints.choices import IncidentState
from complaints.models import Complaint, Incident
from servicedesk.choices import Role
from tests.access.complaints import DESK, EXPORTED, LEADS, REASON, SEES, _case
from tests.access.row import Row, only
from tests.access.world import thing


def _incident(world, order: int, **more) -> Incident:
    now = timezone.now()
    return Incident.objects.create(**{
        "number": f"SJ-20260101-{order:03d}", "service_point": world.point, "created_at": now,
        "created_by": world.clerk, "title": "缆车停运", "zone": world.zone, "began_at": now, **more,
    })


@thing
def incident(world):
    made = _incident(world, 901)
    case = world.handled_complaint
    case.incident = made
    case.save()
    return made


@thing
def closed_incident(world):
    return _incident(world, 902, state=IncidentState.CLOSED)


@thing
def joined_complaint(world) -> Complaint:
    return _case(world, 910, incident=world.incident)


def _one(name: str, arg: str, roles: tuple, data: dict) -> Row:
    return Row(f"complaints:{name}", (f"@{arg}",), of_desk=True, get=only(200, *roles), post=only(302, *roles),
               data=data)


ROWS = [
    Row("complaints:incident_list", get=only(200, *SEES)),
    Row("complaints:incident_export", get=only(200, *LEADS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("complaints:incident_bulk", post=only(404, *SEES)),
    Row("complaints:incident_detail", ("@incident",), of_desk=True, get=only(200, *SEES)),
    _one("incident_close", "incident", LEADS, {"cause": "检修未通知"}),
    _one("incident_reopen", "closed_incident", LEADS, REASON),
    _one("complaint_join", "complaint", DESK, {"title": "缆车停运"}),
    _one("complaint_leave", "joined_complaint", DESK, REASON),
]
