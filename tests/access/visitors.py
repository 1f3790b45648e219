"""Rows of the visitor codes, of the open pages of lost and found, and of what visitors report by them."""

import uuid

from django.utils import timezone

from lostfound.choices import PartOfDay
from lostfound.models import VisitorReport
from servicedesk.choices import Role
from servicedesk.models import VisitorCode
from tests.access.row import Row, everyone, only
from tests.access.world import thing

KEEPS = (Role.MANAGER, Role.ADMIN)
DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
KEY = uuid.UUID(int=9)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


@thing
def visitor_code(world) -> VisitorCode:
    return VisitorCode.objects.create(code="TEST2345", name="东门", service_point=world.point, zone=world.zone)


@thing
def visitor_report(world) -> VisitorReport:
    return VisitorReport.objects.create(
        number="WS-20260101-901", service_point=world.point, created_at=timezone.now(), code=world.visitor_code,
        posted_key=KEY, owner_name="杨明静", phone="13800001234", thing="雨伞", zone=world.zone,
        lost_on=timezone.localdate(), part_of_day=PartOfDay.ALL_DAY,
    )


def _open(name: str, *args, **more) -> Row:
    return Row(f"lostfound:{name}", ("@visitor_code.code", *args), is_open=True, get=everyone(200), **more)


def _report(page: str, **more) -> Row:
    return Row(f"lostfound:visitorreport_{page}", ("@visitor_report",), of_desk=True, **more)


ROWS = [
    _open("visitor_loss", post=everyone(422)),
    _open("visitor_told", KEY),
    _open("visitor_notices"),
    Row("lostfound:visitorreport_list", get=only(200, *DESK, Role.DUTY_MANAGER)),
    Row("lostfound:visitorreport_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("lostfound:visitorreport_bulk", post=only(404, *DESK, Role.DUTY_MANAGER)),
    _report("detail", get=only(200, *DESK, Role.DUTY_MANAGER)),
    _report("verify", post=only(302, *DESK)),
    _report("drop", get=only(200, *DESK), post=only(302, *DESK), data=REASON),
    _report("reveal", get=only(200, *DESK), post=only(200, *DESK), data=REASON),

    Row("visitorcode_list", get=only(200, *KEEPS)),
    Row("visitorcode_create", get=only(200, *KEEPS), post=only(422, *KEEPS)),
    Row("visitorcode_detail", ("@visitor_code",), get=only(200, *KEEPS)),
    Row("visitorcode_edit", ("@visitor_code",), get=only(200, *KEEPS), post=only(422, *KEEPS)),
]
