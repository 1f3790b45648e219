"""Rows of calls, questions and their counters."""

from django.utils import timezone

from dutylog.services.enquiries import EnquiryFacts, register_enquiry
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
LEADS = (Role.SUPERVISOR, Role.MANAGER)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


@thing
def open_enquiry(world):
    facts = EnquiryFacts(
        direction="incoming", kind="price", received_at=timezone.now(), summary="团队票价格", phone="13812341234"
    )
    return register_enquiry(facts, by=world.person(Role.CLERK), point=world.point)


def _step(name: str, roles: tuple, post: int = 302, **more) -> Row:
    return Row(f"dutylog:enquiry_{name}", ("@open_enquiry",), of_desk=True, get=only(200, *roles),
               post=only(post, *roles), **more)


ROWS = [
    Row("dutylog:enquiry_list", get=only(200, *SEES)),
    Row("dutylog:enquiry_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("dutylog:enquiry_bulk", post=only(404, *SEES)),
    Row("dutylog:enquiry_detail", ("@open_enquiry",), of_desk=True, get=only(200, *SEES)),
    Row("dutylog:enquiry_create", get=only(200, *DESK), post=only(422, *DESK)),
    Row("dutylog:enquiry_hints", data={"phone": "13812341234"}, post=only(200, *DESK)),
    Row("dutylog:enquiry_count", data={"topic": "问路", "direction": "on_site"}, post=only(302, *DESK)),
    Row("dutylog:enquiry_take_back", post=only(302, *DESK)),
    _step("edit", DESK, post=422),
    _step("answer", DESK, data={"answer": "八折"}),
    _step("relay", DESK, post=422),
    _step("void", LEADS, data=REASON),
    _step("reveal", DESK, post=200, data=REASON),
]
