"""Rows of found items and their custody."""

import datetime as dt

from django.utils import timezone

from lostfound.choices import IntakeKind, ItemState, OfferState
from lostfound.models import CustodyOffer, FoundItem, ItemCategory, Slip
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
DECIDES = (Role.SUPERVISOR, Role.MANAGER)
WRITES = (*DESK, Role.FOREMAN)
SEES = (*WRITES, Role.DUTY_MANAGER)


def _item(world, number: str, **more) -> FoundItem:
    now = timezone.now()
    return FoundItem.objects.create(**{
        "number": number, "service_point": world.point, "created_at": now, "created_by": world.person(Role.CLERK),
        "intake_kind": IntakeKind.VISITOR, "state": ItemState.IN_CUSTODY,
        "category": ItemCategory.objects.get(code="12"), "thing": "雨伞", "found_at": now - dt.timedelta(hours=1),
        "handed_in_at": now, "zone": world.zone, "holder": world.person(Role.CLERK),
        "finder_phone": "13812345678", "finder_name": "张三", **more,
    })


@thing
def found_item(world):
    return _item(world, "SW-20261122-001")


@thing
def field_item(world):
    finder = world.person(Role.CLERK)
    return _item(
        world, "XC-20261122-001", intake_kind=IntakeKind.ON_SPOT, state=ItemState.FIELD_HELD, finder=finder
    )


@thing
def spot_item(world):
    now = timezone.now()
    return _item(
        world, "XC-20261122-002", intake_kind=IntakeKind.ON_SPOT, state=ItemState.RETURNED, ended_at=now,
        finder=world.person(Role.CLERK),
    )


@thing
def held_item(world):
    return _item(world, "SW-20261122-002", is_on_hold=True, hold_reason="争议")


@thing
def staff_item(world):
    item = _item(world, "YG-20261122-001", intake_kind=IntakeKind.STAFF, finder=world.person(Role.CLERK))
    Slip.objects.create(number="HZ-20261122-001", item=item, created_at=item.created_at, created_by=item.created_by)
    return item


@thing
def found_item_move(world):
    clerk = world.person(Role.CLERK)
    return world.found_item.moves.create(kind="intake", at=timezone.now(), to_person=clerk, by=clerk)


@thing
def custody_offer(world):
    return CustodyOffer.objects.create(
        item=_item(world, "SW-20261122-003"), from_person=world.person(Role.CLERK),
        to_person=world.person(Role.CUSTODIAN), at=timezone.now(), state=OfferState.WAITING,
    )


def _step(name: str, roles: tuple, args=("@found_item",), post: int = 302, **more) -> Row:
    return Row(
        f"lostfound:founditem_{name}", args, of_desk=True, get=only(200, *roles), post=only(post, *roles), **more
    )


ROWS = [
    Row("lostfound:founditem_list", get=only(200, *SEES)),
    # an export is itself an act that must be on record
    Row(
        "lostfound:founditem_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data={"reason": "上报"},
        get_writes=("servicedesk_exportlog",),
    ),
    Row("lostfound:founditem_bulk", post=only(302, *DESK), data={"action": "store", "pick": "@found_item"}),
    Row("lostfound:founditem_detail", ("@found_item",), of_desk=True, get=only(200, *SEES)),
    Row("lostfound:founditem_create", get=only(200, *WRITES), post=only(422, *WRITES)),
    Row("lostfound:founditem_create_staff", get=only(200, *WRITES), post=only(422, *WRITES)),
    Row("lostfound:founditem_create_on_spot", get=only(200, *WRITES), post=only(422, *WRITES)),
    Row("lostfound:founditem_hints", post=only(200, *WRITES), data={"thing": "雨伞", "finder_phone": "13812345678"}),
    _step("edit", DESK, post=422),
    _step("accept", DESK, ("@field_item",)),
    _step("file", DESK, ("@spot_item",), post=422),
    _step("return_on_spot", WRITES, ("@field_item",), post=422),
    _step("hold", DECIDES, data={"reason": "争议"}),
    _step("unhold", DECIDES, ("@held_item",), data={"reason": "争议已了"}),
    _step("void", DECIDES, data={"reason": "误登"}),
    _step("police", DECIDES, data={"officer": "李警官", "unit": "景区派出所", "receipt_number": "G-1"}),
    _step("contact", DESK, data={"channel": "phone", "outcome": "reached"}),
    _step("photos", DESK, post=422),
    _step("hand_over", DESK, post=422),
    _step("store", DESK, data={"place": "@storage"}),
    _step("correct", DECIDES, ("@found_item", "@found_item_move"), data={"place": "@storage", "reason": "写错"}),
    Row(
        "lostfound:founditem_store_many", get=only(200, *DESK), post=only(302, *DESK), query={"pick": "@found_item"},
        data={"place": "@storage"}, of_desk=False,
    ),
    Row(
        "lostfound:founditem_reveal", ("@found_item", "finder_phone"), of_desk=True,
        get=only(200, Role.CUSTODIAN, *DECIDES), post=only(200, Role.CUSTODIAN, *DECIDES), data={"reason": "回电致谢"},
    ),
    Row("lostfound:slip_hand", ("@staff_item",), of_desk=True, post=only(302, *DESK)),
    Row("lostfound:custody_inbox", get=only(200, *SEES)),
    Row("lostfound:offer_accept", ("@custody_offer",), of_desk=True, post=only(302, *SEES)),
    Row(
        "lostfound:offer_refuse", ("@custody_offer",), of_desk=True, get=only(200, *SEES), post=only(422, *SEES)
    ),
    Row("lostfound:offer_withdraw", ("@custody_offer",), of_desk=True, post=only(302, *DESK)),
]
