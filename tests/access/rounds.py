"""Rows of rounds, assets and templates."""

import datetime as dt

from django.utils import timezone

from checklists.choices import AssetState, RoundKind, RoundState
from checklists.models import Asset, AssetAway, Round, RoundLine, RoundTemplate
from dutylog.models import DutyDay
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

WALKS = (Role.CLERK, Role.CUSTODIAN, Role.FOREMAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*WALKS, Role.DUTY_MANAGER, Role.SAFETY, Role.ASSETS)
EXPORTS = (Role.SUPERVISOR, Role.MANAGER, Role.SAFETY, Role.ASSETS)
REVIEWS = (Role.SUPERVISOR, Role.MANAGER, Role.SAFETY, Role.ASSETS)
APPROVES = (Role.SUPERVISOR, Role.MANAGER)
KEEPS = (Role.SUPERVISOR, Role.MANAGER, Role.ASSETS)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


@thing
def equipment_template(world) -> RoundTemplate:  # noqa: ARG001
    return RoundTemplate.objects.get(kind=RoundKind.EQUIPMENT)


def _round(world, order: int, back: int, **more) -> Round:
    on, template = timezone.localdate() - dt.timedelta(days=back), world.equipment_template
    day = DutyDay.objects.create(
        number=f"ZB-9{order:07d}", service_point=world.point, on=on, created_at=timezone.now(),
        created_by=world.clerk, day_kind="workday",
    )
    return Round.objects.create(
        number=f"SB-20260101-{order:03d}", service_point=world.point, created_at=timezone.now(),
        created_by=world.clerk, kind=template.kind, template=template, template_version=template.current(), day=day,
        on=on, **more,
    )


@thing
def running_round(world) -> Round:
    return _round(world, 901, 40)


@thing
def round_line(world) -> RoundLine:
    item = world.equipment_template.current().items.first()
    return RoundLine.objects.create(round=world.running_round, order=1, item=item, text=item.text, area="大厅")


@thing
def done_round(world) -> Round:
    return _round(world, 902, 41, state=RoundState.DONE, checked_at=timezone.now(), checked_by=world.disabled)


def _asset(world, number: str, **more) -> Asset:
    return Asset.objects.create(
        number=number, service_point=world.point, created_at=timezone.now(), created_by=world.clerk, name="轮椅",
        area="便民区", expected_quantity=5, **more,
    )


@thing
def asset(world) -> Asset:
    return _asset(world, "KF-XX-9001")


@thing
def retired_asset(world) -> Asset:
    return _asset(world, "KF-XX-9002", state=AssetState.RETIRED)


@thing
def absence(world) -> AssetAway:
    today = timezone.localdate()
    return AssetAway.objects.create(
        asset=_asset(world, "KF-XX-9003"), kind="lent", reason="借用", away_on=today, due_on=today, by=world.clerk
    )


@thing
def absent_asset(world) -> Asset:
    return world.absence.asset


def _one(name: str, arg: str, roles: tuple, post: int = 302, **more) -> Row:
    return Row(f"checklists:{name}", (arg,), of_desk=True, get=only(200, *roles), post=only(post, *roles), **more)


YESTERDAY = (timezone.localdate() - dt.timedelta(days=1)).isoformat()
ROWS = [
    Row("checklists:round_list", get=only(200, *SEES)),
    Row("checklists:round_export", get=only(200, *EXPORTS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("checklists:round_bulk", post=only(404, *SEES)),
    Row("checklists:round_detail", ("@done_round",), of_desk=True, get=only(200, *SEES)),
    Row("checklists:round_day", get=only(200, *SEES)),
    Row("checklists:round_start", ("@equipment_template",), post=only(302, *WALKS)),
    Row("checklists:round_excuse", ("@equipment_template", YESTERDAY), get=only(200, *APPROVES),
        post=only(302, *APPROVES), data=REASON),
    _one("round_walk", "@running_round", WALKS, data={"after": "save"}),
    _one("round_join", "@running_round", WALKS, post=422),
    Row("checklists:round_line", ("@running_round", "@round_line"), of_desk=True, post=only(422, *WALKS)),
    Row("checklists:round_review", ("@done_round",), of_desk=True, post=only(302, *REVIEWS)),

    Row("checklists:asset_list", get=only(200, *SEES)),
    Row("checklists:asset_export", get=only(200, *KEEPS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("checklists:asset_bulk", post=only(404, *SEES)),
    Row("checklists:asset_detail", ("@asset",), of_desk=True, get=only(200, *SEES)),
    Row("checklists:asset_create", get=only(200, *KEEPS), post=only(422, *KEEPS)),
    _one("asset_edit", "@asset", KEEPS, post=422),
    _one("asset_away", "@asset", WALKS, post=422),
    Row("checklists:asset_back", ("@absent_asset", "@absence"), of_desk=True, post=only(302, *WALKS)),
    _one("asset_retire", "@asset", KEEPS, data=REASON),
    Row("checklists:asset_restore", ("@retired_asset",), of_desk=True, post=only(302, *KEEPS)),

    Row("checklists:roundtemplate_list", get=only(200, Role.MANAGER)),
    Row("checklists:roundtemplate_create", get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    Row("checklists:roundtemplate_detail", ("@equipment_template",), get=only(200, Role.MANAGER)),
    Row("checklists:roundtemplate_edit", ("@equipment_template",), get=only(200, Role.MANAGER),
        post=only(422, Role.MANAGER)),
]
