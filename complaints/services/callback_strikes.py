"""划去: a try that was typed wrongly is struck through, and what followed from it is taken back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.callback_choices import AttemptOutcome, CallbackState
from complaints.errors.callbacks import AttemptStruck
from complaints.models import CallbackAttempt, CallbackPlan, CallbackStrike
from complaints.services.actions import needed
from complaints.services.callback_rules import is_tried_enough, refuse_caller
from complaints.services.callbacks import NO_REQUEST, hold
from servicedesk.services.inbox import settle_all
from servicedesk.services.transitions import amend


@transaction.atomic
def strike_attempt(attempt: CallbackAttempt, reason: str, *, by: Any) -> CallbackStrike:
    """The row stays, struck through; it counts no more. The right one is written down by `record_attempt`.

    Of a finished callback nothing is struck: the supervisor's second look has it called again.

    Raises:
        CallbackEnded: it is finished or signed off.
        CallerComplainedAbout, ManagerCalls: not theirs to call.
        AttemptStruck: somebody did.
        TextNeeded, NumberInText: no reason.
    """
    plan = hold(attempt.plan)
    refuse_caller(plan, by)
    reason = needed(reason, "原因", "reason")
    if CallbackStrike.objects.filter(attempt=attempt).exists():
        raise AttemptStruck(number=plan.number)
    made = CallbackStrike.objects.create(attempt=attempt, at=timezone.now(), by=by, reason=reason[:200])
    _take_back(plan, f"划去{attempt.get_outcome_display()}:{reason}"[:100], by=by)
    return made


def _take_back(plan: CallbackPlan, reason: str, *, by: Any) -> None:
    """When it was tried and what is promised follow from what stands; a request that has lost its ground falls."""
    rows = list(plan.attempts.filter(strike=None))
    last = rows[-1] if rows else None
    changes: dict[str, Any] = {"tried_at": last.at if last else None, "next_at": last.next_at if last else None}
    falls = _has_no_ground(plan, rows)
    if falls:
        changes |= NO_REQUEST
    amend(plan, by=by, reason=reason, **changes)
    if falls:
        settle_all(plan)


def _has_no_ground(plan: CallbackPlan, rows: list[CallbackAttempt]) -> bool:
    if plan.asked_end == CallbackState.REFUSED:
        return all(row.outcome != AttemptOutcome.REFUSED for row in rows)
    return plan.asked_end == CallbackState.UNREACHABLE and not is_tried_enough(rows)
