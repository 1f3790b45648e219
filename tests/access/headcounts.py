"""Rows of headcounts."""

from dutylog.choices import SendMeans
from dutylog.services.headcounts import HeadcountFacts, file_headcount
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


@thing
def headcount(world):
    facts = HeadcountFacts(slot="10:00", entered=1280)
    return file_headcount(world.duty_sheet, facts, by=world.person(Role.CLERK))


def _one(name: str, post: int, **more) -> Row:
    return Row(f"dutylog:headcount_{name}", ("@headcount",), of_desk=True, get=only(200, *DESK),
               post=only(post, *DESK), **more)


ROWS = [
    Row("dutylog:headcount_list", get=only(200, *SEES)),
    Row("dutylog:headcount_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:headcount_bulk", post=only(404, *SEES)),
    Row("dutylog:headcount_detail", ("@headcount",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:headcount_create", get=only(200, *DESK), post=only(422, *DESK), query={"day": "@duty_sheet"},
        of_desk=True),
    Row("dutylog:headcount_past", get=only(200, *DESK), post=only(422, *DESK)),
    _one("correct", 422),
    _one("told", 302, data={"to_whom": "值班经理", "means": SendMeans.PHONE.value}),
    Row("dutylog:headcount_send", ("@headcount",), of_desk=True, post=only(302, *DESK)),
]
