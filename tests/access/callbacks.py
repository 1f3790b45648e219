"""Rows of callbacks."""

import datetime as dt

from django.utils import timezone

from complaints.callback_choices import CallbackState
from complaints.models import CallbackAttempt, CallbackPlan
from servicedesk.choices import Role
from tests.access.complaints import DESK, EXPORTED, LEADS, REASON, REVEALS, SEES, _case
from tests.access.row import Row, only
from tests.access.world import thing


def _plan(world, order: int, **more) -> CallbackPlan:
    today = timezone.localdate()
    return CallbackPlan.objects.create(**{
        "number": f"HF-20260101-{order:03d}", "service_point": world.point, "created_at": timezone.now(),
        "created_by": world.clerk, "source_kind": "visit", "visitor_name": "杨明静", "phone": "13812341234",
        "words": "听取意见", "from_on": today, "due_on": today + dt.timedelta(days=2), **more,
    })


@thing
def callback(world):
    case = _case(world, 911, state="callback", solved_at=timezone.now())
    return _plan(world, 901, source_kind="complaint", complaint=case, visitor_name="", phone="")


@thing
def asked_callback(world):
    return _plan(world, 902, asked_end=CallbackState.EXCUSED, asked_reason="已当面感谢", asked_at=timezone.now())


@thing
def finished_callback(world):
    """Called by somebody who does not look again."""
    plan = _plan(world, 903, state=CallbackState.PASSED, done_at=timezone.now(), finished_order=1, is_drawn=True)
    now = timezone.now()
    CallbackAttempt.objects.create(
        plan=plan, at=now, entered_at=now, by=world.person(Role.FOREMAN), outcome="reached", satisfaction=5
    )
    return plan


@thing
def missed_callback(world):
    plan, now = _plan(world, 904, state=CallbackState.RUNNING), timezone.now()
    world.missed_try = CallbackAttempt.objects.create(
        plan=plan, at=now, entered_at=now, by=world.person(Role.FOREMAN), outcome="busy"
    )
    return plan


def _one(name: str, arg: str, roles: tuple, post: int = 302, **more) -> Row:
    return Row(f"complaints:callback_{name}", (f"@{arg}",), of_desk=True, get=only(200, *roles),
               post=only(post, *roles), **more)


ROWS = [
    Row("complaints:callback_list", get=only(200, *SEES)),
    Row("complaints:callback_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("complaints:callback_bulk", post=only(404, *SEES)),
    Row("complaints:callback_detail", ("@callback",), of_desk=True, get=only(200, *SEES)),
    Row("complaints:callback_work", get=only(302, *DESK)),
    Row("complaints:callback_visit", get=only(200, *DESK), post=only(422, *DESK)),
    _one("call", "callback", DESK, data={"outcome": "busy", "channel": "phone"}),
    Row("complaints:callback_number_reveal", ("@callback",), of_desk=True, data=REASON, post=only(200, *DESK)),
    Row("complaints:callback_strike", ("@missed_callback", "@missed_try"), of_desk=True, get=only(200, *DESK),
        post=only(302, *DESK), data=REASON),
    _one("ask", "callback", DESK, data={"end": "excused", **REASON}),
    _one("sign", "asked_callback", LEADS, data={"end": "excused", **REASON}),
    _one("back", "asked_callback", LEADS, data=REASON),
    _one("check", "finished_callback", LEADS, data={"way": "call", "is_good": "yes"}),
    _one("reveal", "callback", REVEALS, post=200, data=REASON),
]
