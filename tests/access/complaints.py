"""Rows of complaints and the steps of a case."""

import datetime as dt

from django.utils import timezone

from complaints.choices import ComplaintState
from complaints.models import CaseAction, CaseOffer, Complaint
from dutylog.models import NoticeStep
from servicedesk.choices import Role
from tests.access.row import Row, only
from tests.access.world import thing

DESK = (Role.CLERK, Role.CUSTODIAN, Role.SUPERVISOR, Role.MANAGER)
SEES = (*DESK, Role.DUTY_MANAGER)
LEADS = (Role.SUPERVISOR, Role.MANAGER)
REVEALS = (Role.CUSTODIAN, *LEADS)
REASON = {"reason": "测试原因"}
EXPORTED = {"get_writes": ("servicedesk_exportlog",)}  # an export is itself an act that must be on record


def _case(world, order: int, **more) -> Complaint:
    now, clerk = timezone.now(), world.person(Role.CLERK)
    return Complaint.objects.create(**{
        "number": f"TS-20260101-{order:03d}", "service_point": world.point, "created_at": now, "created_by": clerk,
        "occurred_at": now, "received_at": now, "zone": world.zone, "category": "服务态度", "words": "没有人理我们",
        "is_reachable": True, "first_receiver": clerk, "handler": clerk, "phone": "13812341234",
        "document_number": "E12345678", "reply_due_at": now + dt.timedelta(hours=24),
        "solution_due_at": now + dt.timedelta(hours=72), **more,
    })


@thing
def complaint(world):
    return _case(world, 901)


@thing
def accepted_complaint(world):
    return _case(world, 902, state=ComplaintState.ACCEPTED)


@thing
def handled_complaint(world):
    case = _case(world, 903, state=ComplaintState.HANDLING)
    NoticeStep.objects.create(
        record=case, role="supervisor", person=world.person(Role.SUPERVISOR), person_name="督导", channel="inbox",
        told_at=timezone.now(), by=world.clerk,
    )
    return case


@thing
def waiting_complaint(world):
    return _case(world, 904, state=ComplaintState.WAITING)


@thing
def offered_complaint(world):
    return _case(world, 905, state=ComplaintState.OFFERED, replied_at=timezone.now(), replied_by=world.clerk)


@thing
def failed_complaint(world):
    return _case(world, 906, state=ComplaintState.FAILED, replied_at=timezone.now(), replied_by=world.clerk)


@thing
def called_complaint(world):
    return _case(world, 907, state=ComplaintState.CALLED, replied_at=timezone.now(), replied_by=world.clerk)


@thing
def archived_complaint(world):
    return _case(world, 908, state=ComplaintState.ARCHIVED, archived_at=timezone.now())


@thing
def handed_complaint(world):
    """Handed over to somebody who is not asked here: everybody else is told that it is not theirs."""
    case = _case(world, 909, state=ComplaintState.HANDLING)
    CaseOffer.objects.create(
        complaint=case, from_person=world.clerk, to_person=world.person(Role.FOREMAN), at=timezone.now()
    )
    return case


@thing
def case_action(world):
    now = timezone.now()
    return CaseAction.objects.create(
        complaint=world.handled_complaint, kind="inquiry", at=now, entered_at=now, by=world.clerk, text="查看监控"
    )


def _step(name: str, arg: str, roles: tuple, post: int = 302, **more) -> Row:
    return Row(f"complaints:complaint_{name}", (f"@{arg}",), of_desk=True, get=only(200, *roles),
               post=only(post, *roles), **more)


def _press(name: str, arg: str, roles: tuple) -> Row:
    return Row(f"complaints:complaint_{name}", (f"@{arg}",), of_desk=True, post=only(302, *roles))


ROWS = [
    Row("complaints:complaint_list", get=only(200, *SEES)),
    Row("complaints:complaint_export", get=only(200, *DESK), post=only(200, Role.MANAGER), data=REASON, **EXPORTED),
    Row("complaints:complaint_bulk", post=only(404, *SEES)),
    Row("complaints:complaint_detail", ("@handled_complaint",), of_desk=True, get=only(200, *SEES)),
    Row("complaints:complaint_create", get=only(200, *DESK), post=only(422, *DESK)),
    Row("complaints:complaint_hints", data={"phone": "13812341234"}, post=only(200, *DESK)),
    _step("edit", "complaint", DESK, post=422),
    _step("action", "complaint", DESK, data={"kind": "contact", "text": "已联系"}),
    _step("addendum", "archived_complaint", DESK, data={"text": "来信致谢"}),
    _step("reply", "complaint", DESK, data={"text": "正在核实"}),
    _step("offer", "handled_complaint", DESK, data={"solution": "退票款"}),
    _step("accepted", "offered_complaint", DESK, data={"result": "已退", "signature_how": "paper"}),
    _step("declined", "offered_complaint", DESK, data=REASON),
    _step("final", "offered_complaint", LEADS, data={"result": "依规定不退"}),
    _step("wait", "handled_complaint", DESK, data=REASON),
    _step("go_on", "waiting_complaint", DESK, data={"text": "已收到"}),
    _step("reopen", "failed_complaint", LEADS, data=REASON),
    _step("severity", "complaint", LEADS, data={"severity": "serious"}),
    _step("cause", "complaint", DESK, data={"liability": "ours", "version": "@complaint.version"}),
    _step("sign", "complaint", DESK, data={"signature_how": "paper"}),
    _step("hand", "complaint", DESK, post=422),
    _step("decline_case", "handed_complaint", SEES, post=422, data=REASON),
    _step("refuse", "complaint", LEADS, data=REASON),
    _step("pass_on", "complaint", LEADS, data={"passed_to": "执法队", **REASON}),
    _step("merge", "complaint", LEADS, data={"number": "@handled_complaint.number", **REASON}),
    _step("downgrade", "complaint", LEADS, data=REASON),
    _step("withdraw", "complaint", LEADS, data=REASON),
    _step("void", "complaint", LEADS, data=REASON),
    _step("notice", "complaint", DESK, data={"role": "other", "person_name": "陈队", "channel": "phone",
                                             "told_at": "现在"}),
    _step("phone_reveal", "complaint", REVEALS, post=200, data=REASON),
    _step("document_reveal", "complaint", REVEALS, post=200, data=REASON),
    _press("accept", "complaint", LEADS),
    _press("begin", "accepted_complaint", DESK),
    _press("archive", "called_complaint", LEADS),
    _press("take", "handed_complaint", SEES),
    Row("complaints:caseaction_correct", ("@handled_complaint", "@case_action"), of_desk=True, get=only(200, *DESK),
        data={"text": "监控已调取"}, post=only(302, *DESK)),
]
