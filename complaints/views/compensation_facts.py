"""What the page of a compensation shows, and which buttons a person has; those they may not press say why."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from complaints.choices import CompensationState as S
from complaints.models import Compensation, CompensationApproval
from complaints.services.compensation_approvals import objection_to_approving, objection_to_paying
from complaints.services.compensations import CANCEL_ANY
from servicedesk.errors import Refusal
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step

REVEAL, CASE = "servicedesk.reveal_personal", "complaints.view_complaint"
# key: label, icon, right. A key is the end of the address's name.
STEPS = {
    "submit": ("提交审批", "send", "add"), "edit": ("修改", "pencil-square", "add"),
    "approve": ("审批同意", "check2", "view"), "return": ("退回", "arrow-counterclockwise", "view"),
    "reject": ("否决", "x-circle", "view"), "pay": ("支付", "cash-coin", "pay"),
    "recover": ("追偿", "arrow-repeat", "recover"), "recovered": ("记追回", "plus-lg", "recover"),
    "write_off": ("核销", "eraser", "write_off"), "close": ("完结", "lock", "recover"),
    "cancel": ("撤销", "slash-circle", "view"),
}
POSTED, GRAVE = {"submit", "close"}, {"reject", "cancel", "write_off"}
LIKELY = {
    S.DRAFT: ("submit", "edit"), S.RETURNED: ("submit", "edit"), S.PENDING: ("approve", "return", "reject", "edit"),
    S.APPROVED: ("pay", "edit"), S.PAID: ("close", "recover"), S.RECOVERING: ("recovered", "write_off"),
    S.RECOVERED: ("close",), S.WRITTEN_OFF: ("close",),
}
CANCELLABLE = {S.DRAFT, S.RETURNED, S.PENDING, S.APPROVED}


def steps_and_blocks(
    compensation: Compensation, user: Any, approvals: Iterable[CompensationApproval]
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """The buttons that a person may press; and those of the moment that they may not, each with the sentence why."""
    state, rows = S(compensation.state), list(approvals)
    may, blocked = [], []
    for key in LIKELY.get(state, ()):
        if not user.has_perm(f"complaints.{STEPS[key][2]}_compensation"):
            continue
        objection = _objection(key, compensation, user, rows)
        if objection is None:
            may.append(_button(compensation, key))
        elif key in ("approve", "pay"):
            blocked.append({"label": STEPS[key][0], "icon": STEPS[key][1], "why": objection.sentence})
    if state in CANCELLABLE and (compensation.created_by == user or user.has_perm(CANCEL_ANY)):
        may.append(_button(compensation, "cancel"))
    return first_is_primary(may), blocked


def _objection(
    key: str, compensation: Compensation, user: Any, approvals: list[CompensationApproval]
) -> Refusal | None:
    if key in ("submit", "edit"):
        return None if compensation.created_by == user else Refusal()
    if key == "pay":
        return objection_to_paying(compensation, user, approvals)
    if key in ("approve", "return", "reject"):
        return objection_to_approving(compensation, user, approvals)
    return None


def _button(compensation: Compensation, key: str) -> dict[str, Any]:
    label, icon, _ = STEPS[key]
    more = {"method": "post"} if key in POSTED else {}
    tone = {"tone": "cinnabar"} if key in GRAVE else {}
    return step(label, reverse(f"complaints:compensation_{key}", args=[compensation.pk]), icon, **more, **tone)


def fact_groups(compensation: Compensation, user: Any) -> list[dict]:
    """In the order of the paper."""
    return [
        {"title": "申请", "rows": _asked(compensation, user)},
        *([{"title": "支付", "rows": _paid(compensation)}] if compensation.is_paid else []),
        *([{"title": "追偿", "rows": _recovered(compensation)}] if compensation.recover_from else []),
    ]


def _asked(compensation: Compensation, user: Any) -> list[dict]:
    case, reveal = compensation.complaint, ""
    if compensation.payee_account and user.has_perm(REVEAL):
        reveal = reverse("complaints:compensation_reveal", args=[compensation.pk])
    url = reverse("complaints:complaint_detail", args=[case.pk]) if user.has_perm(CASE) else ""
    return [
        fact("投诉", f"{case} {case.kind}", url=url), fact("金额", compensation.amount, "money"),
        fact("本案累计", compensation.total or "", "money"), fact("收款人", compensation.payee_name),
        fact("收款账号", compensation.account_masked, "phone", reveal_url=reveal),
        fact("申请人", f"{compensation.created_by} {when(compensation.created_at)}"),
        fact("赔偿事由", compensation.grounds, "wide"),
        *([fact("审批轮次", f"第 {compensation.round} 轮")] if compensation.round > 1 else []),
        *([fact("原因", compensation.decision, "wide")] if compensation.decision else []),
    ]


def _paid(compensation: Compensation) -> list[dict]:
    return [
        fact("支付方式", compensation.get_way_display()), fact("支付时间", when(compensation.paid_at)),
        fact("支付人", compensation.paid_by), fact("凭证号", compensation.voucher),
        fact("说明", compensation.pay_note, "wide"),
    ]


def _recovered(compensation: Compensation) -> list[dict]:
    return [
        fact("追偿对象", f"{compensation.get_recover_from_display()} {compensation.owes}"),
        fact("应追偿", compensation.recover_amount, "money"), fact("已追回", compensation.recovered, "money"),
        fact("还差", compensation.outstanding, "money"), fact("追偿依据", compensation.recover_reason, "wide"),
        *([fact("核销", f"{compensation.written_off_by}:{compensation.write_off_reason}", "wide")]
          if compensation.write_off_reason else []),
    ]
