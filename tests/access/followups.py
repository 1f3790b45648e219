"""Rows of follow-ups."""

import datetime as dt

from django.utils import timezone

from dutylog.choices import FollowUpKind, FollowUpState
from dutylog.models import FollowUp, OpenItem
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

MENDS = (Role.CLERK, Role.CUSTODIAN, Role.FOREMAN, Role.SAFETY, Role.ASSETS, Role.SUPERVISOR, Role.MANAGER)
SEES = (*MENDS, Role.DUTY_MANAGER)
EXPORTS = (Role.SAFETY, Role.ASSETS, Role.SUPERVISOR, Role.MANAGER)
CHECKS = (Role.SUPERVISOR, Role.MANAGER)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


def _follow_up(world, order: int, **more) -> FollowUp:
    return FollowUp.objects.create(**{
        "number": f"GJ-20260101-{order:03d}", "service_point": world.point, "created_at": timezone.now(),
        "created_by": world.clerk, "found_by": world.clerk, "kind": FollowUpKind.HAZARD, "problem": f"栏杆松动 {order}",
        "due_on": timezone.localdate(), "subject_key": f"matrix:{order}", **more,
    })


@thing
def follow_up(world):
    return _follow_up(world, 901)


@thing
def owned_follow_up(world):
    owner = world.disabled
    return _follow_up(world, 902, owner=owner)


@thing
def done_follow_up(world):
    return _follow_up(world, 903, owner=world.disabled, state=FollowUpState.DONE, done_by=world.disabled)


@thing
def verified_follow_up(world):
    return _follow_up(world, 904, owner=world.disabled, state=FollowUpState.VERIFIED, verified_at=timezone.now())


@thing
def old_open_item(world):
    return OpenItem.objects.create(
        number="YL-20250101-901", service_point=world.point, created_by=world.clerk, text="等厂家配件",
        created_at=timezone.now() - dt.timedelta(days=30),
    )


def _one(name: str, arg: str, roles: tuple, post: int = 302, **more) -> Row:
    return Row(f"dutylog:followup_{name}", (arg,), of_desk=True, get=only(200, *roles), post=only(post, *roles), **more)


ROWS = [
    Row("dutylog:followup_list", get=only(200, *SEES)),
    Row("dutylog:followup_export", get=only(200, *EXPORTS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:followup_bulk", post=only(404, *SEES)),
    Row("dutylog:followup_detail", ("@follow_up",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:followup_create", get=only(200, *MENDS), post=only(422, *MENDS)),
    Row("dutylog:followup_proposals", get=only(200, *MENDS)),
    Row("dutylog:followup_from_item", ("@old_open_item",), of_desk=True, post=only(302, *MENDS)),
    _one("assign", "@follow_up", CHECKS, post=422),
    _one("progress", "@follow_up", MENDS, data={"text": "已报修"}),
    _one("done", "@owned_follow_up", MENDS, post=422),
    _one("verify", "@done_follow_up", CHECKS, data={"note": "现场看过"}),
    _one("send_back", "@done_follow_up", CHECKS, data=REASON),
    _one("reopen", "@verified_follow_up", MENDS, data=REASON),
    _one("void", "@follow_up", CHECKS, data=REASON),
]
