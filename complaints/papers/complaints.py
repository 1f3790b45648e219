"""3.1 游客投诉登记表."""

from typing import Any

from complaints.choices import (
    ActionKind,
    Channel,
    ComplaintState,
    Demand,
    EvidenceKind,
    Satisfaction,
    Severity,
)
from complaints.models import CaseAction, Complaint
from complaints.services.complaint_facts import listed
from complaints.services.complaints import VISITOR
from complaints.services.kinds import categories
from complaints.services.solutions import RESULT_SIGNER
from dutylog.choices import NoticeRole
from dutylog.models import NoticeStep
from dutylog.services.chain import ORDER, steps_about
from servicedesk.choices import Sex
from servicedesk.paper import Paper, add_paper
from servicedesk.services.photos import photos_of
from servicedesk.services.printing.signed import signed_cells

# The boxes of the paper and the channels that each of them means.
WAYS = (
    ("现场", {Channel.VISIT, Channel.BOOK}), ("电话", {Channel.CALL}),
    ("12345/12301转办", {Channel.HOTLINE_12345, Channel.HOTLINE_12301, Channel.HOTLINE_12315, Channel.BUREAU}),
    ("网络/公众号", {Channel.CODE, Channel.OTA}), ("信函邮件", {Channel.LETTER}), ("其他", {Channel.MEDIA}),
)
ROLES = {"visitor": (VISITOR,), "content": (RESULT_SIGNER,)}
ENDED = frozenset({
    ComplaintState.ARCHIVED, ComplaintState.REFUSED, ComplaintState.PASSED_ON, ComplaintState.WITHDRAWN,
    ComplaintState.VOID,
})


def complaint_context(complaint: Complaint | None) -> dict[str, Any]:
    """Facts of 3.1; a cell of a case that has ended is closed, one of a running case leaves room."""
    if complaint is None:
        return _blank()
    actions = standing(complaint)
    paid = [row for row in complaint.compensations.all() if row.is_paid]
    is_over = complaint.state in ENDED
    return {
        "complaint": complaint, "is_filled": True, "is_over": is_over,
        "ways": [(complaint.channel in channels, label) for label, channels in WAYS],
        "other_way": complaint.get_channel_display() if complaint.channel == Channel.MEDIA else "",
        **_chosen(complaint), **_handled(complaint, actions),
        "chain": chain_of(complaint), "signs": _signs(complaint), "money": sum(row.amount for row in paid),
        "payees": "、".join(dict.fromkeys(row.payee_name for row in paid)),
    }


def _blank() -> dict[str, Any]:
    return {
        "complaint": None, "is_filled": False, "is_over": False, "ways": [(False, label) for label, _ in WAYS],
        "sexes": [(False, Sex.MALE.label), (False, Sex.FEMALE.label)],
        "kinds": [(False, category.name) for category in categories()],
        "severities": [(False, severity.label) for severity in Severity],
        "demands": [(False, demand.label) for demand in Demand],
        "evidence": [(False, kind.label) for kind in EvidenceKind],
        "satisfactions": [(False, each.label) for each in Satisfaction],
        "chain": [{"label": role.label, "step": None} for role in ORDER], "signs": {},
    }


def _chosen(complaint: Complaint) -> dict[str, Any]:
    """The boxes with what was chosen."""
    names = [category.name for category in categories()]
    if complaint.category not in names:
        names.append(complaint.category)
    demanded, shown = listed(complaint.demands), listed(complaint.evidence)
    photos = photos_of(complaint).count()
    return {
        "sexes": [(complaint.sex == sex, sex.label) for sex in (Sex.MALE, Sex.FEMALE)],
        "kinds": [(name == complaint.category, name) for name in names],
        "severities": [(complaint.severity == severity, severity.label) for severity in Severity],
        "demands": [(demand.value in demanded, demand.label) for demand in Demand],
        "evidence": [(kind.value in shown, kind.label) for kind in EvidenceKind], "photo_count": photos,
        "satisfactions": [(complaint.satisfaction == each, each.label) for each in Satisfaction],
    }


def standing(complaint: Complaint) -> list[CaseAction]:
    """The rows of the time line that were not struck through."""
    rows = list(complaint.actions.select_related("by"))
    struck = {row.corrects_id for row in rows}
    return [row for row in rows if row.pk not in struck]


def _handled(complaint: Complaint, actions: list[CaseAction]) -> dict[str, Any]:
    inquiries = [row for row in actions if row.kind == ActionKind.INQUIRY]
    callbacks = [row for row in actions if row.kind == ActionKind.CALLBACK]
    forwarded = [row for row in actions if row.kind == ActionKind.FORWARDING]
    is_at_once = bool(complaint.solved_at and complaint.solved_at <= complaint.created_at)
    return {
        "inquiry": "\n".join(row.text for row in inquiries), "inquirer": inquiries[-1] if inquiries else None,
        "callback": callbacks[-1] if callbacks else None, "forwarded": forwarded[-1] if forwarded else None,
        "is_at_once": is_at_once, "addenda": [row for row in actions if row.is_addendum],
    }


def chain_of(complaint: Complaint) -> list[dict[str, Any]]:
    """The first step of each level, in the four cells of the paper."""
    found: dict[str, NoticeStep] = {}
    for step in steps_about(Complaint, [complaint.pk]):
        found.setdefault(step.role, step)
    return [{"label": NoticeRole(role).label, "step": found.get(role)} for role in ORDER]


def _signs(complaint: Complaint) -> dict[str, Any]:
    return signed_cells(complaint, ROLES, {"clerk": complaint.first_receiver.name})


COMPLAINT_SHEET = add_paper(Paper(
    key="3.1", form_code="KF-3.1", title="游客投诉登记表", template="complaints/print/complaint.html", size="a4",
    model=Complaint, context=complaint_context, copies=("①客服中心存档", "②责任部门"),
    footnotes=(
        "一事一表;非现场投诉免投诉人签字,由登记人注明“非现场”。登记要素:服务名称、消费日期、金额。",
        "时限:24 小时内首次答复,72 小时内反馈方案;外部转办按来函期限。",
    ),
    signatures=(("clerk", "受理人"), ("head", "中心负责人"), ("manager", "部门经理"), ("inquirer", "调查人签字"),
                ("department", "责任部门负责人签字"), ("payee", "收款人签字")),
))
