"""先行赔偿审批表: the request, each step of the approval with its signature, the receipt of the payee."""

from typing import Any

from complaints.choices import ApprovalLevel, Decision, PayWay, RecoverFrom
from complaints.models import Compensation
from complaints.services.compensation_payments import PAYEE
from complaints.services.compensation_sums import levels_for
from servicedesk.paper import Paper, add_paper
from servicedesk.services.printing.signed import signed_cells


def compensation_context(compensation: Compensation | None) -> dict[str, Any]:
    """Facts of the sheet; a step that the sum does not need is closed."""
    if compensation is None:
        return {
            "compensation": None, "is_filled": False, "ways": [(False, way.label) for way in PayWay],
            "steps": [_step(level, None, is_needed=True) for level in ApprovalLevel],
            "owers": [(False, each.label) for each in RecoverFrom], "signs": {}, "recoveries": [],
        }
    needed = levels_for(compensation.total or compensation.amount)
    rows = {row.level: row for row in compensation.approvals.select_related("by") if row.round == compensation.round}
    return {
        "compensation": compensation, "is_filled": True, "case": compensation.complaint,
        "ways": [(compensation.way == way, way.label) for way in PayWay],
        "steps": [_step(level, rows.get(level), is_needed=level in needed) for level in ApprovalLevel],
        "owers": [(compensation.recover_from == each, each.label) for each in RecoverFrom],
        "signs": signed_cells(compensation, {"payee": (PAYEE,)}, {}), "recoveries": list(compensation.recoveries.all()),
    }


def _step(level: ApprovalLevel, row: Any, *, is_needed: bool) -> dict[str, Any]:
    return {
        "label": level.label, "row": row, "is_closed": row is None and not is_needed,
        "boxes": [(row is not None and row.decision == each, each.label) for each in Decision],
    }


COMPENSATION_SHEET = add_paper(Paper(
    key="PC", form_code="KF-PC", title="先行赔偿审批表", template="complaints/print/compensation.html", size="a4",
    model=Compensation, context=compensation_context, copies=("①客服中心存档", "②财务"),
    footnotes=(
        "申请人、各级审批人、支付人须为不同的人;金额改动后从第一步重新审批。",
        "按本案累计金额(含并入的案件)定审批级;本表含收款人个人信息,只供本案和财务使用。",
    ),
    signatures=(("requester", "申请人"), ("payer", "支付人"), ("payee", "收款人签字")),
))
