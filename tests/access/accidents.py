"""Rows of accidents and those who were hurt."""

from django.utils import timezone

from dutylog.choices import AccidentState
from dutylog.models import Accident, InjuredPerson
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER, Role.SAFETY)
LEADS = (Role.SUPERVISOR, Role.MANAGER)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


def _accident(world, order: int, **more) -> Accident:
    now = timezone.now()
    return Accident.objects.create(**{
        "number": f"YW-20260101-{order:03d}", "service_point": world.point, "created_at": now,
        "created_by": world.clerk, "kind": "摔伤跌倒", "happened_at": now, "told_at": now, "zone": world.zone,
        "what": "一名游客踩空摔倒", **more,
    })


@thing
def accident(world):
    return _accident(world, 901)


@thing
def handled_accident(world):
    return _accident(world, 902, state=AccidentState.HANDLED, handled_at=timezone.now())


@thing
def closed_accident(world):
    return _accident(world, 903, state=AccidentState.CLOSED, closed_at=timezone.now(), closed_by=world.clerk)


@thing
def injured_person(world):
    return InjuredPerson.objects.create(
        accident=world.accident, name="杨明静", phone="13812341234", injury="右脚踝扭伤"
    )


def _one(name: str, arg: str, roles: tuple, post: int = 302, **more) -> Row:
    return Row(f"dutylog:accident_{name}", (arg,), of_desk=True, get=only(200, *roles), post=only(post, *roles), **more)


REVEALS = (Role.CUSTODIAN, *LEADS)
ROWS = [
    Row("dutylog:accident_list", get=only(200, *SEES)),
    Row("dutylog:accident_export", get=only(200, *LEADS), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:accident_bulk", post=only(404, *SEES)),
    Row("dutylog:accident_detail", ("@accident",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:accident_create", get=only(200, *DESK), post=only(422, *DESK)),
    _one("edit", "@accident", DESK, post=422),
    _one("injured_add", "@accident", DESK, data={"injury": "擦伤"}),
    _one("update", "@accident", DESK, data={"text": "已送医"}),
    _one("handle", "@accident", DESK, data={"text": "已送医"}),
    _one("close", "@handled_accident", LEADS, data={"result": "已康复"}),
    _one("reopen", "@closed_accident", LEADS, data=REASON),
    _one("void", "@accident", LEADS, data=REASON),
    _one("mend", "@accident", (*DESK, Role.SAFETY), data={"problem": "台阶松动"}),
    Row("dutylog:injuredperson_edit", ("@accident", "@injured_person"), of_desk=True, get=only(200, *DESK),
        data={"injury": "扭伤", "version": "@injured_person.version"}, post=only(302, *DESK)),
    Row("dutylog:injuredperson_reveal", ("@accident", "@injured_person"), of_desk=True, get=only(200, *REVEALS),
        data=REASON, post=only(200, *REVEALS)),
]
