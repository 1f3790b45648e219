"""What a callback says to the case it belongs to, in the transaction in which it ends."""

from typing import Any

from complaints.callback_choices import CallbackSource
from complaints.choices import ActionKind, ComplaintState
from complaints.models import CallbackPlan, Complaint
from complaints.services.actions import note_beside
from complaints.services.merged import lock_case
from complaints.services.rounds import fail_callback, pass_callback

# Where a failed callback still opens the case again.
MAY_FAIL = (ComplaintState.CALLBACK, ComplaintState.CALLED)


def tell_case(plan: CallbackPlan, passed: bool, text: str, *, by: Any) -> None:
    """The case goes on: passed or signed off to 回访合格, failed to 回访不合格; an archived one gets an addendum."""
    if plan.complaint_id is None:
        return
    case = Complaint.objects.select_for_update(of=("self",)).get(pk=plan.complaint_id)
    if case.state == ComplaintState.CALLBACK and passed and plan.source_kind == CallbackSource.COMPLAINT:
        pass_callback(case, text, by=by)
    elif case.state in MAY_FAIL and not passed:
        fail_callback(case, text, by=by)
    else:
        note_beside(case, ActionKind.CALLBACK, text, by=by)
        if case.state == ComplaintState.MERGED and not passed:
            _fail_above(case, text, by=by)


def _fail_above(case: Complaint, text: str, *, by: Any) -> None:
    """What was merged is handled again in the case that it went into."""
    above = lock_case(case)
    words = f"并入的 {case.number} 回访不合格。{text}"
    if above.state in MAY_FAIL:
        fail_callback(above, words, by=by)
    else:
        note_beside(above, ActionKind.CALLBACK, words, by=by)
