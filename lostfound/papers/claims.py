"""不予发还告知: what a claimant gets whose claim was not passed."""

from typing import Any

from lostfound.choices import ClaimState
from lostfound.models import Claim
from servicedesk.paper import Paper, add_paper


def refusal_context(claim: Claim | None) -> dict[str, Any]:
    """The claim, the thing in public words, the reason."""
    if claim is None:
        return {"claim": None, "is_filled": False, "reason": ""}
    item = claim.item
    return {
        "claim": claim, "item": item, "is_filled": True, "thing": item.thing,
        "reason": claim.reject_reason or claim.blocked_reason, "point": claim.service_point,
    }


def is_refused(claim: Claim) -> bool:
    """A claim that the claimant took back needs no note."""
    return claim.state in (ClaimState.REJECTED, ClaimState.BLOCKED) and not claim.is_withdrawn


REFUSAL = add_paper(Paper(
    key="refusal", form_code="KF-3.3-JG", title="不予发还告知", template="lostfound/print/refusal.html",
    size="a5-landscape", model=Claim, context=refusal_context, fits=is_refused,
    footnotes=("补齐材料后可再次申请认领;对处理有异议,可向服务中心负责人或公安机关反映。",),
    signatures=(("releaser", "经办人"), ("claimant", "认领人签收")),
))
