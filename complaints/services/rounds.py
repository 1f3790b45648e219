"""The doors between a solved case and its callback, and a case that waits for money. One move each.

Whoever plans callbacks and approves money calls these in the transaction of their own record.
"""

from typing import Any

from django.db import transaction
from django.db.models import F

from complaints.choices import ActionKind, ComplaintState
from complaints.models import Complaint
from complaints.services.actions import needed, note
from complaints.services.callback_plans import supersede_round
from servicedesk.services.transitions import move


@transaction.atomic
def await_callback(complaint: Complaint, *, by: Any) -> Complaint:
    """待回访: the callback is planned. Raises NotPossibleNow, SomeoneWasFaster."""
    move(complaint, ComplaintState.CALLBACK, by=by)
    return complaint


@transaction.atomic
def pass_callback(complaint: Complaint, text: str, *, by: Any) -> Complaint:
    """回访合格, or signed off by the supervisor. Raises TextNeeded, NotPossibleNow, SomeoneWasFaster."""
    text = needed(text, "回访结果", "text")
    move(complaint, ComplaintState.CALLED, by=by)
    note(complaint, ActionKind.CALLBACK, text, by=by)
    return complaint


@transaction.atomic
def fail_callback(complaint: Complaint, text: str, *, by: Any) -> Complaint:
    """回访不合格: not solved, or not content; also of one that had passed. Raises TextNeeded, NotPossibleNow,
    SomeoneWasFaster.
    """
    text = needed(text, "回访结果", "text")
    move(complaint, ComplaintState.FAILED, by=by)
    note(complaint, ActionKind.CALLBACK, text, by=by)
    return complaint


@transaction.atomic
def reopen_complaint(complaint: Complaint, reason: str, *, by: Any) -> Complaint:
    """重办: a round more. The clocks go on as they were: what was late stays late, once. Callbacks that are still
    open give way to those of the new round.

    Raises:
        TextNeeded, NumberInText: no reason.
        NotPossibleNow, SomeoneWasFaster: its callback did not fail.
    """
    reason = needed(reason, "为什么重办", "reason")
    move(
        complaint, ComplaintState.HANDLING, by=by, reason=f"重办:{reason}"[:100], round=F("round") + 1,
        solved_at=None, outcome="", satisfaction="", visitor_opinion="",
    )
    supersede_round(complaint, by=by)
    note(complaint, ActionKind.SYSTEM, f"重办,第 {complaint.round} 轮:{reason}", by=by)
    return complaint


@transaction.atomic
def await_payment(complaint: Complaint, *, by: Any) -> Complaint:
    """待赔偿审批: money is asked for. Raises NotPossibleNow, SomeoneWasFaster."""
    move(complaint, ComplaintState.PAYING, by=by)
    return complaint


@transaction.atomic
def payment_decided(complaint: Complaint, text: str, *, by: Any) -> Complaint:
    """The money is approved, refused or withdrawn: handling goes on. Raises TextNeeded, NotPossibleNow,
    SomeoneWasFaster.
    """
    text = needed(text, "审批结果", "text")
    move(complaint, ComplaintState.HANDLING, by=by)
    note(complaint, ActionKind.APPROVAL, text, by=by)
    return complaint
