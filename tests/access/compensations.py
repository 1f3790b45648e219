"""Rows of the compensations. The foreman asked: so nobody who may act is kept from it by their own request."""

import datetime as dt

from django.utils import timezone

from complaints.choices import ApprovalLevel, CompensationState
from complaints.models import Compensation
from servicedesk.choices import Role
from tests.access.complaints import DESK, EXPORTED, LEADS, REASON, REVEALS
from tests.access.row import Row, only
from tests.access.world import thing

SEES = (*DESK, Role.DUTY_MANAGER, Role.FINANCE)
PAYS = (*DESK, Role.FINANCE)
RECOVERS = (*LEADS, Role.FINANCE)


def _money(world, order: int, state: str, **more) -> Compensation:
    now = timezone.now()
    return Compensation.objects.create(**{
        "number": f"PC-20260101-{order:03d}", "service_point": world.point, "created_at": now,
        "created_by": world.person(Role.FOREMAN), "complaint": world.handled_complaint, "amount": 100,
        "reason": "退票", "payee_name": "杨明静", "payee_account": "6222020200112233445", "state": state, **more,
    })


@thing
def compensation(world) -> Compensation:
    return _money(world, 901, CompensationState.PENDING, level=ApprovalLevel.SUPERVISOR)


@thing
def approved_compensation(world) -> Compensation:
    return _money(world, 902, CompensationState.APPROVED, approved_at=timezone.now() - dt.timedelta(hours=1))


@thing
def paid_compensation(world) -> Compensation:
    return _money(world, 903, CompensationState.PAID)


@thing
def recovering_compensation(world) -> Compensation:
    return _money(world, 904, CompensationState.RECOVERING, recover_amount=100)


def _one(name: str, arg: str, get: tuple, post: tuple | None = None, **more) -> Row:
    return Row(f"complaints:compensation_{name}", (f"@{arg}",), of_desk=True, get=only(200, *get),
               post=only(302, *(post or get)), **more)


ROWS = [
    Row("complaints:compensation_list", get=only(200, *SEES)),
    Row("complaints:compensation_export", get=only(200, *PAYS), post=only(200, Role.MANAGER), data=REASON,
        **EXPORTED),
    Row("complaints:compensation_bulk", post=only(404, *SEES)),
    Row("complaints:compensation_detail", ("@compensation",), of_desk=True, get=only(200, *SEES)),
    Row("complaints:complaint_compensate", ("@handled_complaint",), of_desk=True, get=only(200, *DESK),
        post=only(302, *DESK), data={"amount": "10", "payee_name": "杨", "reason": "退票", "is_submitted": "on"}),
    # whose step it is, and whose request, the service says: a form without its password comes back
    Row("complaints:compensation_approve", ("@compensation",), of_desk=True, get=only(200, *SEES),
        post=only(422, *SEES)),
    Row("complaints:compensation_return", ("@compensation",), of_desk=True, get=only(200, *SEES),
        post=only(422, *SEES)),
    Row("complaints:compensation_reject", ("@compensation",), of_desk=True, get=only(200, *SEES),
        post=only(422, *SEES)),
    Row("complaints:compensation_cancel", ("@compensation",), of_desk=True, get=only(200, *SEES),
        post=only(422, *SEES)),
    Row("complaints:compensation_edit", ("@compensation",), of_desk=True, get=only(200, *DESK),
        post=only(422, *DESK)),
    Row("complaints:compensation_submit", ("@compensation",), of_desk=True, post=only(302, *DESK)),
    _one("pay", "approved_compensation", PAYS, data={"way": "transfer", "voucher": "HD-1", "version": 1}),
    _one("recover", "paid_compensation", RECOVERS, data={
        "source": "merchant", "merchant": "面馆", "amount": "10", "reason": "合同",
    }),
    _one("recovered", "recovering_compensation", RECOVERS, data={"amount": "10"}),
    _one("write_off", "recovering_compensation", (Role.MANAGER,), data=REASON),
    Row("complaints:compensation_close", ("@paid_compensation",), of_desk=True, post=only(302, *RECOVERS)),
    Row("complaints:compensation_reveal", ("@compensation",), of_desk=True, get=only(200, *REVEALS),
        post=only(200, *REVEALS), data=REASON),
]
