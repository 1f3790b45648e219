"""Rows of the visitor codes."""

from servicedesk.choices import Role
from servicedesk.models import VisitorCode
from tests.access.row import Row, only
from tests.access.world import thing

KEEPS = (Role.MANAGER, Role.ADMIN)


@thing
def visitor_code(world) -> VisitorCode:
    return VisitorCode.objects.create(code="TEST2345", name="东门", service_point=world.point, zone=world.zone)


ROWS = [
    Row("visitorcode_list", get=only(200, *KEEPS)),
    Row("visitorcode_create", get=only(200, *KEEPS), post=only(422, *KEEPS)),
    Row("visitorcode_detail", ("@visitor_code",), get=only(200, *KEEPS)),
    Row("visitorcode_edit", ("@visitor_code",), get=only(200, *KEEPS), post=only(422, *KEEPS)),
]
