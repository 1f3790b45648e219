"""Rows of lost reports, matches and good deeds."""

import datetime as dt

from django.utils import timezone

from lostfound.choices import GoodDeedKind, GoodDeedState, ReportState
from lostfound.models import GoodDeed, ItemCategory, LostReport, LostReportZone, Match
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
DECIDES = (Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)


def _report(world, number: str, **more) -> LostReport:
    now = timezone.now()
    report = LostReport.objects.create(**{
        "number": number, "service_point": world.point, "created_at": now, "created_by": world.person(Role.CLERK),
        "owner_name": "杨明静", "phone": "13800001234", "thing": "雨伞",
        "category": ItemCategory.objects.get(code="12"), "lost_from": now - dt.timedelta(hours=3),
        "lost_to": now - dt.timedelta(hours=2), "expires_on": now.date() + dt.timedelta(days=365),
        "blind_answers": "伞柄刻字", **more,
    })
    LostReportZone.objects.create(report=report, zone=world.zone, order=1)
    return report


@thing
def lost_report(world):
    return _report(world, "SS-20261122-001")


@thing
def withdrawn_report(world):
    return _report(world, "SS-20261122-002", state=ReportState.WITHDRAWN, closed_at=timezone.now())


@thing
def match(world):
    return Match.objects.create(item=world.found_item, report=world.lost_report, score=70, reasons=["同类"])


def _deed(world, number: str, **more) -> GoodDeed:
    return GoodDeed.objects.create(**{
        "number": number, "service_point": world.point, "created_at": timezone.now(),
        "created_by": world.person(Role.CLERK), "kind": GoodDeedKind.HELPING, "person": world.person(Role.FOREMAN),
        "on": dt.date(2026, 11, 20), "summary": "背受伤游客下山", **more,
    })


@thing
def good_deed(world):
    return _deed(world, "HR-20261122-001")


@thing
def rewarded_deed(world):
    return _deed(world, "HR-20261122-002", state=GoodDeedState.VERIFIED, reward="200 元")


def _report_step(name: str, roles, args=("@lost_report",), **data) -> Row:
    """A form about a lost report: shown by GET, done by POST."""
    return Row(f"lostfound:lostreport_{name}", args, of_desk=True, get=only(200, *roles), post=only(302, *roles),
               data=data)


def _book(key: str, record: str, action: str, roles: tuple[str, ...]) -> list[Row]:
    return [
        Row(f"lostfound:{key}_list", get=only(200, *SEES)),
        # an export is itself an act that must be on record
        Row(f"lostfound:{key}_export", get=only(200, *DESK), post=only(200, Role.MANAGER),
            data={"reason": "年度核对"}, get_writes=("servicedesk_exportlog",)),
        Row(f"lostfound:{key}_bulk", post=only(302, *roles), data={"pick": record, "action": action}),
        Row(f"lostfound:{key}_detail", (record,), of_desk=True, get=only(200, *SEES)),
    ]


ROWS = [
    *_book("lostreport", "@lost_report", "store", DESK),
    Row("lostfound:lostreport_create", get=only(200, *DESK), post=only(422, *DESK)),
    Row("lostfound:lostreport_hints", post=only(200, *DESK), data={"thing": "雨伞", "phone": "13800001234"}),
    Row("lostfound:lostreport_edit", ("@lost_report",), of_desk=True, get=only(200, *DESK), post=only(422, *DESK)),
    _report_step("contact", DESK, channel="phone", outcome="reached"),
    _report_step("measure", DESK, kind="broadcast"),
    _report_step("match", DESK, item_number="@found_item.number"),
    _report_step("found", DESK, fetched_by="杨明静", reason="在座位下找到"),
    _report_step("close", DESK, reason="不找了"),
    _report_step("reopen", DECIDES, ("@withdrawn_report",), reason="仍在找"),
    Row("lostfound:lostreport_reveal", ("@lost_report", "phone"), of_desk=True, get=only(200, *DESK),
        post=only(200, *DESK), data={"reason": "致电失主"}),
    # nothing is done with many matches, and none leave the house
    Row("lostfound:match_list", get=only(200, *DESK)),
    Row("lostfound:match_export", get=only(200), post=only(200)),
    Row("lostfound:match_bulk", post=only(404, *DESK), data={"pick": "@match", "action": "none"}),
    Row("lostfound:match_detail", ("@match",), of_desk=True, get=only(200, *DESK)),
    Row("lostfound:match_confirm", ("@match",), of_desk=True, post=only(302, *DESK)),
    Row("lostfound:match_reject", ("@match",), of_desk=True, post=only(302, *DESK), data={"reason": "颜色不同"}),
    *_book("gooddeed", "@good_deed", "verify", DECIDES),
    Row("lostfound:gooddeed_create", get=only(200, *DESK), post=only(422, *DESK)),
    Row("lostfound:gooddeed_edit", ("@good_deed",), of_desk=True, get=only(200, *DESK), post=only(422, *DESK)),
    Row("lostfound:gooddeed_withdraw", ("@good_deed",), of_desk=True, get=only(200, *DECIDES),
        post=only(302, *DECIDES), data={"reason": "查无此事"}),
    Row("lostfound:gooddeed_verify", ("@good_deed",), of_desk=True, post=only(302, *DECIDES)),
    Row("lostfound:gooddeed_pay", ("@rewarded_deed",), of_desk=True, post=only(302, *DECIDES)),
]
