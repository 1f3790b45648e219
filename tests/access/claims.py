"""Rows of claims."""

from django.utils import timezone

from lostfound.choices import ClaimPath, ClaimState, ItemState
from lostfound.models import Claim, FoundItem, ItemCategory
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
DECIDES = (Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
REVEALS = (Role.CUSTODIAN, *DECIDES)


def _claim(world, number: str, state: str, **more) -> Claim:
    now, clerk = timezone.now(), world.person(Role.CLERK)
    item = FoundItem.objects.create(
        number=number, service_point=world.point, created_at=now, created_by=clerk, intake_kind="visitor",
        state=ItemState.CLAIMING, category=ItemCategory.objects.get(code="12"), thing="雨伞", found_at=now,
        handed_in_at=now, zone=world.zone, holder=clerk, is_on_hold=state == ClaimState.ESCALATED,
        hold_reason="认领争议" if state == ClaimState.ESCALATED else "",
    )
    return Claim.objects.create(**{
        "number": f"{number}-R1", "service_point": world.point, "created_at": now, "created_by": clerk, "item": item,
        "state": state, "item_state_before": ItemState.IN_CUSTODY, "path": ClaimPath.OWNER, "claimant_name": "杨明静",
        "phone": "13800001234", **more,
    })


@thing
def claim(world):
    return _claim(world, "SW-20261122-101", ClaimState.OPENED)


@thing
def seen_claim(world):
    return _claim(
        world, "SW-20261122-102", ClaimState.VERIFYING, opened_for_view_at=timezone.now(), document_kind="passport",
        document_form="original", document_name="杨明静", document_number="E12345678",
    )


@thing
def blocked_claim(world):
    return _claim(
        world, "SW-20261122-103", ClaimState.BLOCKED, document_kind="passport", document_form="original",
        document_name="杨民敬", document_number="E12345678", blocked_reason="姓名不一致",
    )


@thing
def disputed_claim(world):
    return _claim(world, "SW-20261122-104", ClaimState.ESCALATED)


@thing
def claimable_item(world):
    now, clerk = timezone.now(), world.person(Role.CLERK)
    return FoundItem.objects.create(
        number="SW-20261122-105", service_point=world.point, created_at=now, created_by=clerk, intake_kind="visitor",
        state=ItemState.IN_CUSTODY, category=ItemCategory.objects.get(code="12"), thing="雨伞", found_at=now,
        handed_in_at=now, zone=world.zone, holder=clerk,
    )


def _page(name: str, roles: tuple, arg: str = "@claim", get: int = 200, post: int = 302, **more) -> Row:
    return Row(
        f"lostfound:claim_{name}", (arg,), of_desk=True, get=only(get, *roles), post=only(post, *roles), **more
    )


def _panel(name: str, post: int, arg: str = "@claim", **more) -> Row:
    """A panel's own address leads back to the claim's page; its form is judged there."""
    return _page(name, DESK, arg, get=302, post=post, **more)


OPENING = {
    "claimant_name": "杨明静", "phone": "13800001234", "path": "K1", "lost_from": "2026-11-20 09:00",
    "lost_place": "观景台",
}

ROWS = [
    Row("lostfound:claim_list", get=only(200, *SEES)),
    # an export is itself an act that must be on record
    Row(
        "lostfound:claim_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data={"reason": "上报"},
        get_writes=("servicedesk_exportlog",),
    ),
    Row("lostfound:claim_bulk"),
    Row("lostfound:claim_detail", ("@claim",), of_desk=True, get=only(200, *SEES)),
    _page("open", DESK, "@claimable_item", data=OPENING),
    _panel("say", 302, data={"text": "伞柄有字"}),
    _panel("document", 422),
    _panel("open_for_view", 422),
    Row("lostfound:claim_look", ("@seen_claim",), of_desk=True, post=only(302, *DESK)),
    _panel("judge", 302, "@seen_claim", data={"after": "keep"}),
    _panel("release", 422, data={"pieces": "1", "condition": "good", "signature_how": "paper"}),
    _page("owner_comes", DESK, "@blocked_claim", post=422),
    _page("correct_name", DESK, post=422),
    _page("certify", (Role.MANAGER,), "@blocked_claim", data={"certificate_number": "杭公证 1 号"}),
    _page("reject", DESK, data={"reason": "说不清"}),
    _page("withdraw", DESK, data={"reason": "不是我的"}),
    _page("escalate", DESK, data={"reason": "公安来电"}),
    _page("decide", DECIDES, "@disputed_claim", data={"winner": "@disputed_claim", "reason": "说得准"}),
    Row(
        "lostfound:claim_reveal", ("@claim", "phone"), of_desk=True, get=only(200, *REVEALS),
        post=only(200, *REVEALS), data={"reason": "回电"},
    ),
]
