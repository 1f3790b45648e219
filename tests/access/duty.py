"""Rows of the duty day: the sheet, its roster, its lines."""

from django.utils import timezone

from dutylog.choices import EntryCategory
from dutylog.services.days import duty_day
from dutylog.services.entries import EntryFacts, write_entry
from servicedesk.choices import Role
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
LEADS = (Role.SUPERVISOR, Role.MANAGER)


@thing
def duty_sheet(world):
    return duty_day(timezone.localdate(), world.point, by=world.person(Role.CLERK))


@thing
def log_line(world):
    facts = EntryFacts(happened_at=timezone.now(), category=EntryCategory.ENQUIRY, text="游客询问末班车时间")
    return write_entry(facts, by=world.person(Role.CLERK), point=world.duty_sheet.service_point)


ROWS: list = []
