"""Rows of the papers: the right and the rows are those of the register whose form it is."""

import datetime as dt

from django.utils import timezone

from lostfound.choices import IntakeKind, ItemState
from lostfound.models import FoundItem, ItemCategory
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

PRINTS = (Role.CLERK, Role.CUSTODIAN, Role.FOREMAN, Role.SUPERVISOR, Role.MANAGER)


@thing
def printed_item(world) -> FoundItem:
    now = timezone.now()
    return FoundItem.objects.create(
        number="SW-20260101-901", service_point=world.point, created_at=now, created_by=world.clerk,
        intake_kind=IntakeKind.VISITOR, state=ItemState.IN_CUSTODY, category=ItemCategory.objects.first(), thing="雨伞",
        zone=world.zone, found_at=now - dt.timedelta(hours=1), holder=world.clerk, storage=world.storage,
    )


ITEM = {"id": "@printed_item"}
ROWS = [
    Row("paper", ("3.3",), of_desk=True, get=only(200, *PRINTS), query=ITEM),
    Row("paper_pdf", ("3.3",), of_desk=True, get=only(200, *PRINTS), query=ITEM),
    Row("paper_print", ("3.3",), of_desk=True, post=only(200, *PRINTS), data=ITEM),
    Row("paper_wordings", get=only(200, Role.MANAGER)),
    Row("paper_wording", ("3.3",), get=only(200, Role.MANAGER), post=only(302, Role.MANAGER)),
]
