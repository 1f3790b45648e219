"""Rows of the summary of complaints: its figures, their approval and correction."""

import datetime as dt

from django.utils import timezone

from complaints.models import FigureApproval, FigureCorrection, FrozenFigure
from servicedesk.choices import Role
from servicedesk.periods import month_of, week_of
from tests.access.row import Row, only
from tests.access.world import thing

READS = (Role.SUPERVISOR, Role.MANAGER, Role.DUTY_MANAGER)
APPROVES = (Role.MANAGER,)
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


@thing
def figure_approval(world) -> FigureApproval:
    """The month before, approved with one figure that was corrected since."""
    now = timezone.now()
    approval = FigureApproval.objects.create(
        first=month_of(timezone.localdate()).before.first, is_week=False, at=now, by=world.person(Role.MANAGER)
    )
    correction = FigureCorrection.objects.create(
        approval=approval, at=now, by=world.person(Role.MANAGER), reason="补录了一件投诉"
    )
    for number, each in ((7, None), (8, correction)):
        FrozenFigure.objects.create(
            approval=approval, correction=each, key="cases", label="投诉件数", hits=number, hit_keys=[], digest=""
        )
    return approval


WEEK = week_of(dt.date(2026, 11, 2)).key
ROWS = [
    Row("complaints:figures", get=only(200, *READS)),
    Row("complaints:figures_export", get=only(200, Role.SUPERVISOR, Role.MANAGER), **EXPORTED),
    # Neither the password of the person nor a reason comes along: the form is shown again.
    Row("complaints:figures_approve", (WEEK,), get=only(200, *APPROVES), post=only(422, *APPROVES)),
    Row("complaints:figures_correct", (WEEK,), get=only(200, *APPROVES), post=only(422, *APPROVES)),
]
