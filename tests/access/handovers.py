"""Rows of open items, hand-overs, closing, review and reopening."""

import datetime as dt

from django.utils import timezone

from dutylog.choices import DayState, HandOverState
from dutylog.models import DutyDay, HandOver, OpenItem
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
LEADS = (Role.SUPERVISOR, Role.MANAGER)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


def _item(world, order: int, **more) -> OpenItem:
    return OpenItem.objects.create(
        number=f"YL-20260101-{order:03d}", service_point=world.point, created_by=world.clerk, text="等厂家配件",
        created_at=timezone.now(), **more,
    )


@thing
def open_item(world) -> OpenItem:
    return _item(world, 801)


@thing
def ended_item(world) -> OpenItem:
    return _item(world, 802, state="closed", closed_at=timezone.now(), closed_by=world.clerk, result="已修好")


@thing
def late_shift(world):
    """The last shift of the sheet, with no list yet."""
    return world.duty_sheet.shifts.last()


def _hand_over(world, number: str, shift, **more) -> HandOver:
    return HandOver.objects.create(
        number=number, service_point=world.point, created_at=timezone.now(), created_by=world.clerk,
        day=shift.day, from_shift=shift, outgoing=world.clerk, **more,
    )


@thing
def drafted_hand_over(world) -> HandOver:
    return _hand_over(world, "BC-20260101-801", world.duty_sheet.shifts.first())


@thing
def signed_hand_over(world) -> HandOver:
    shift = world.closed_sheet.shifts.create(
        kind="whole", starts_at=timezone.now() - dt.timedelta(hours=9), ends_at=timezone.now()
    )
    return _hand_over(
        world, "BC-20260101-802", shift, state=HandOverState.SIGNED, frozen_at=timezone.now(), signed_at=timezone.now()
    )


def _sheet(world, back: int, **more) -> DutyDay:
    on = timezone.localdate() - dt.timedelta(days=back)
    return DutyDay.objects.create(
        number=f"ZB-{on:%Y%m%d}", service_point=world.point, on=on, created_at=timezone.now(), created_by=world.clerk,
        day_kind="workday", **more,
    )


@thing
def sheet_to_close(world) -> DutyDay:
    return _sheet(world, 50, state=DayState.CLOSING)


@thing
def closed_sheet(world) -> DutyDay:
    return _sheet(world, 51, state=DayState.CLOSED, closed_at=timezone.now(), closed_by=world.disabled)


def _step(name: str, arg: str, roles: tuple = DESK, post: int = 422, **more) -> Row:
    return Row(f"dutylog:{name}", (arg,), of_desk=True, get=only(200, *roles), post=only(post, *roles), **more)


ROWS = [
    Row("dutylog:openitem_list", get=only(200, *SEES)),
    Row("dutylog:openitem_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:openitem_bulk", post=only(404, *SEES)),
    Row("dutylog:openitem_detail", ("@open_item",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:openitem_create", get=only(200, *DESK), data={"text": "等配件"}, post=only(302, *DESK)),
    _step("openitem_assign", "@open_item"),
    _step("openitem_update", "@open_item", data={"text": "已报修"}, post=302),
    _step("openitem_close", "@open_item", data={"result": "已修好"}, post=302),
    _step("openitem_reopen", "@ended_item", data=REASON, post=302),
    _step("openitem_void", "@open_item", LEADS, data=REASON, post=302),
    Row("dutylog:handover_list", get=only(200, *SEES)),
    Row("dutylog:handover_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:handover_bulk", post=only(404, *SEES)),
    Row("dutylog:handover_detail", ("@drafted_hand_over",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:handover_create", ("@late_shift",), of_desk=True, get=only(200, *DESK), post=only(302, *DESK)),
    # A page that was opened before nobody knows when.
    _step("handover_count", "@drafted_hand_over"),
    _step("handover_sign", "@drafted_hand_over"),
    _step("handover_take", "@signed_hand_over"),
    # The gates do not let it close without a word.
    _step("dutyday_close", "@sheet_to_close"),
    _step("dutyday_review", "@closed_sheet", LEADS),
    _step("dutyday_reopen", "@closed_sheet", (Role.MANAGER,), data=REASON, post=302),
]
