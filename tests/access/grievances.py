"""Rows of grievances."""

from django.utils import timezone

from complaints.choices import GrievanceState
from complaints.models import Grievance
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
LEADS = (Role.SUPERVISOR, Role.MANAGER)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


def _grievance(world, order: int, **more) -> Grievance:
    now = timezone.now()
    return Grievance.objects.create(**{
        "number": f"BY-20260101-{order:03d}", "service_point": world.point, "created_at": now,
        "created_by": world.clerk, "received_at": now, "zone": world.zone, "category": "票务", "words": "排队太久",
        "phone": "13812341234", **more,
    })


@thing
def grievance(world):
    return _grievance(world, 901)


@thing
def soothed_grievance(world):
    return _grievance(world, 902, state=GrievanceState.SOOTHED, soothing="致歉", soothed_at=timezone.now())


def _one(name: str, arg: str, roles: tuple, post: int = 302, **more) -> Row:
    return Row(f"complaints:grievance_{name}", (f"@{arg}",), of_desk=True, get=only(200, *roles),
               post=only(post, *roles), **more)


def _press(name: str, arg: str, roles: tuple) -> Row:
    return Row(f"complaints:grievance_{name}", (f"@{arg}",), of_desk=True, post=only(302, *roles))


ROWS = [
    Row("complaints:grievance_list", get=only(200, *SEES)),
    Row("complaints:grievance_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("complaints:grievance_bulk", data={"action": "archive", "pick": "@soothed_grievance"},
        post=only(302, *LEADS)),
    Row("complaints:grievance_detail", ("@grievance",), of_desk=True, get=only(200, *SEES)),
    Row("complaints:grievance_create", get=only(200, *DESK), post=only(422, *DESK)),
    Row("complaints:grievance_hints", data={"phone": "13812341234"}, post=only(200, *DESK)),
    _one("edit", "grievance", DESK, post=422),
    _one("soothe", "grievance", DESK, data={"soothing": "致歉"}),
    _one("void", "grievance", LEADS, data=REASON),
    _one("reveal", "grievance", (Role.CUSTODIAN, *LEADS), post=200, data=REASON),
    _press("upgrade", "grievance", DESK),
    _press("confirm", "grievance", LEADS),
    _press("archive", "soothed_grievance", LEADS),
]
