"""审批 of a compensation: each step by another person than the requester and the steps before it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import CompensationState, Decision
from complaints.errors.compensations import NotYourLevel, OwnRequest, SignedBefore
from complaints.models import Compensation, CompensationApproval, Complaint
from complaints.models.compensations import right_of
from complaints.services.actions import needed
from complaints.services.compensation_sums import level_after, total_of
from complaints.services.compensations import case_goes_on, lock, page_of, said, say_in_case, tell_level
from dutylog.services.followup_steps import people_who_may
from servicedesk.choices import SignatureMeans
from servicedesk.errors import NotPossibleNow, Refusal
from servicedesk.services.inbox import settle_all, tell
from servicedesk.services.search import index_record
from servicedesk.services.signing import sign
from servicedesk.services.transitions import move

PAY = "complaints.pay_compensation"
MOST_TOLD = 20


def objection_to_approving(
    compensation: Compensation, person: Any, approvals: Iterable[CompensationApproval]
) -> Refusal | None:
    """Why a person may not take the step that a request waits for; None when they may."""
    if compensation.created_by == person:
        return OwnRequest(number=compensation.number, act="审批自己的申请")
    if before := _signed(compensation, person, approvals):
        return SignedBefore(number=compensation.number, level=before.get_level_display(), act="审批另一步")
    if not person.has_perm(right_of(compensation.level)):
        return NotYourLevel(number=compensation.number, level=compensation.get_level_display())
    return None


def objection_to_paying(
    compensation: Compensation, person: Any, approvals: Iterable[CompensationApproval]
) -> Refusal | None:
    """Why a person may not pay: they asked for the money, or said yes to it, in whatever round."""
    if compensation.created_by == person:
        return OwnRequest(number=compensation.number, act="支付自己的申请")
    before = next((row for row in approvals if row.by == person), None)
    if before is not None:
        return SignedBefore(number=compensation.number, level=before.get_level_display(), act="支付")
    return None


def _signed(
    compensation: Compensation, person: Any, approvals: Iterable[CompensationApproval]
) -> CompensationApproval | None:
    return next((row for row in approvals if row.by == person and row.round == compensation.round), None)


@transaction.atomic
def approve_compensation(
    compensation: Compensation, opinion: str, *, by: Any, version: int | None = None
) -> Compensation:
    """同意: the next step is told, or the request is approved. The sum of the case is judged anew, under lock.

    Raises:
        NotPossibleNow, EditedMeanwhile: it does not wait, or is another than the one looked at.
        OwnRequest, SignedBefore, NotYourLevel: not by this person.
        NumberInText: a number in the opinion.
    """
    opinion = needed(opinion or "同意", "意见", "opinion")
    root = _begin(compensation, CompensationState.APPROVED, version, by=by)
    total = total_of(root, besides=compensation) + compensation.amount
    level, further = compensation.get_level_display(), level_after(total, compensation.level)
    _write(compensation, Decision.AGREED, opinion, total, by=by)
    if further is None:
        _approved(compensation, root, level, total, by=by)
        return compensation
    move(compensation, CompensationState.PENDING, by=by, reason=f"{level}同意", level=further, total=total)
    say_in_case(root, f"先行赔偿 {compensation.number} {level}同意,转{further.label}审批", by=by)
    tell_level(compensation)
    return compensation


def _begin(compensation: Compensation, wanted: str, version: int | None, *, by: Any) -> Complaint:
    root = lock(compensation, version)
    if compensation.state != CompensationState.PENDING:
        raise NotPossibleNow(
            number=str(compensation), state=compensation.get_state_display(), wanted=CompensationState(wanted).label
        )
    if objection := objection_to_approving(compensation, by, compensation.approvals.select_related("by")):
        raise objection
    return root


def _write(compensation: Compensation, decision: str, opinion: str, total: Any, *, by: Any) -> None:
    """The row of the step, and the signature under the very sum that was on the table."""
    row = CompensationApproval.objects.create(
        compensation=compensation, round=compensation.round, level=compensation.level, decision=decision,
        opinion=opinion[:200], amount=compensation.amount, total=total, at=timezone.now(), by=by,
    )
    money = f"{said(compensation.amount)}(本案累计 {said(total)})"
    text = f"{compensation.number} {money}{row.get_decision_display()}:{opinion}"
    sign(
        compensation, f"{row.get_level_display()}审批", text, by=by, signer=by, signer_name=by.name,
        means=SignatureMeans.ACCOUNT,
    )


def _approved(compensation: Compensation, root: Complaint, level: str, total: Any, *, by: Any) -> None:
    move(
        compensation, CompensationState.APPROVED, by=by, reason=f"{level}同意", level="", total=total,
        approved_at=timezone.now(),
    )
    settle_all(compensation)
    payers = people_who_may(PAY).at(compensation.service_point).exclude(pk=compensation.created_by_id)
    signed = compensation.approvals.values("by")
    tell(
        payers.exclude(pk__in=signed)[:MOST_TOLD],
        f"{compensation.number} 先行赔偿 {said(compensation.amount)} 已批准,等支付", url=page_of(compensation),
        about=compensation,
    )
    case_goes_on(root, f"先行赔偿 {compensation.number} {said(compensation.amount)} 已批准({level})", by=by)
    index_record(compensation)


@transaction.atomic
def return_compensation(
    compensation: Compensation, reason: str, *, by: Any, version: int | None = None
) -> Compensation:
    """退回 to the requester, who puts it right and submits it again. Raises TextNeeded and as the approval."""
    return _refuse(compensation, CompensationState.RETURNED, Decision.RETURNED, reason, version, by=by)


@transaction.atomic
def reject_compensation(
    compensation: Compensation, reason: str, *, by: Any, version: int | None = None
) -> Compensation:
    """否决, for good. Raises TextNeeded and as the approval."""
    return _refuse(
        compensation, CompensationState.REJECTED, Decision.REJECTED, reason, version, by=by, ended_at=timezone.now()
    )


def _refuse(
    compensation: Compensation, state: str, decision: str, reason: str, version: int | None, *, by: Any, **more: Any
) -> Compensation:
    reason = needed(reason, "原因", "reason")
    root = _begin(compensation, state, version, by=by)
    level = compensation.get_level_display()
    _write(compensation, decision, reason, compensation.total, by=by)
    move(compensation, state, by=by, reason=reason[:100], decision=reason[:200], level="", **more)
    word = Decision(decision).label
    settle_all(compensation)
    tell(
        [compensation.created_by], f"{compensation.number} 先行赔偿被{level}{word}:{reason}"[:300],
        url=page_of(compensation), about=compensation,
    )
    case_goes_on(root, f"先行赔偿 {compensation.number} {level}{word}:{reason}", by=by)
    index_record(compensation)
    return compensation
