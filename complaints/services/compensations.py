"""先行赔偿 is asked for: drafted at a case, submitted, changed (which starts the approval over), cancelled."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from complaints.choices import (
    COMPENSATION_PREFIX,
    UNDECIDED_STATES,
    ActionKind,
    ApprovalLevel,
    CompensationState,
    ComplaintState,
)
from complaints.errors.compensations import (
    CaseNotHandled,
    MoneyApproved,
    MoneyPaid,
    NothingChanged,
    NotTheRequester,
    NotYoursToCancel,
    PaidAlready,
)
from complaints.models import CaseAction, Compensation, Complaint
from complaints.models.compensations import right_of
from complaints.services.actions import needed, note_beside, refuse_closed
from complaints.services.compensation_sums import check_amount, levels_for, total_of
from complaints.services.merged import cases_of, lock_case
from complaints.services.rounds import await_payment, payment_decided
from dutylog.services.followup_steps import people_who_may
from servicedesk.errors import EditedMeanwhile
from servicedesk.services.inbox import settle_all, tell
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, last_editor, move

CANCEL_ANY = "complaints.approve_compensation_manager"
MOST_TOLD = 20


@dataclass(frozen=True, kw_only=True)
class CompensationFacts:
    """What the requester asks for."""

    amount: Decimal
    grounds: str
    payee_name: str
    payee_account: str = ""


def _columns(facts: CompensationFacts) -> dict[str, Any]:
    return {
        "amount": check_amount(facts.amount), "grounds": needed(facts.grounds, "为什么赔偿", "grounds")[:500],
        "payee_name": needed(facts.payee_name, "收款人", "payee_name")[:100],
        "payee_account": facts.payee_account.strip(),
    }


def page_of(compensation: Compensation) -> str:
    return reverse("complaints:compensation_detail", args=[compensation.pk])


def said(amount: Decimal) -> str:
    return f"¥{amount:,.2f}"


def say_in_case(complaint: Complaint, text: str, *, by: Any) -> CaseAction:
    """What becomes of the money, in the time line of its case."""
    return note_beside(complaint, ActionKind.APPROVAL, text, by=by)


def lock(compensation: Compensation, version: int | None = None) -> Complaint:
    """Lock the case, then the request, and read the request again; returns the case.

    Raises:
        EditedMeanwhile: it is another than the one that was looked at.
    """
    root = lock_case(compensation.complaint)
    now = Compensation.objects.select_for_update(no_key=True).get(pk=compensation.pk)
    compensation.refresh_from_db()
    if version is not None and now.version != version:
        raise EditedMeanwhile(number=str(compensation), who=last_editor(compensation))
    return root


@transaction.atomic
def draft_compensation(complaint: Complaint, facts: CompensationFacts, *, by: Any) -> Compensation:
    """草稿 of a request at a case; the person who writes it is its requester, for good.

    Raises:
        CaseLocked, CaseEnded: the case takes no more.
        AmountNotPositive, AmountTooFine, AmountTooLarge, TextNeeded, NumberInText: a slip of the hand.
    """
    refuse_closed(complaint)
    compensation = Compensation(
        number=take_serial(COMPENSATION_PREFIX, complaint.service_point), service_point=complaint.service_point,
        created_at=timezone.now(), created_by=by, complaint=complaint, **_columns(facts),
    )
    compensation._history_user = by
    compensation.save()
    index_record(compensation)
    return compensation


@transaction.atomic
def submit_compensation(compensation: Compensation, *, by: Any) -> Compensation:
    """提交审批: the case waits for the money; the first step is told.

    Raises:
        NotTheRequester: somebody else's request.
        CaseNotHandled: the case is not being handled.
        NotPossibleNow, SomeoneWasFaster: it is submitted already, or has ended.
    """
    root = lock(compensation)
    _refuse_others(compensation, by)
    started_before = compensation.state == CompensationState.RETURNED
    _begin_round(compensation, root, by=by, round=compensation.round + started_before)
    return compensation


def _begin_round(compensation: Compensation, root: Complaint, *, by: Any, **changes: Any) -> None:
    """The first step of an approval; `changes` come with it."""
    if root.state not in (ComplaintState.HANDLING, ComplaintState.PAYING):
        raise CaseNotHandled(number=root.number, state=root.get_state_display())
    total = total_of(root, besides=compensation) + changes.get("amount", compensation.amount)
    move(
        compensation, CompensationState.PENDING, by=by, level=ApprovalLevel.SUPERVISOR, total=total,
        submitted_at=timezone.now(), approved_at=None, decision="", **changes,
    )
    if root.state == ComplaintState.HANDLING:
        await_payment(root, by=by)
    again = f",第 {compensation.round} 轮审批" if compensation.round > 1 else ""
    steps = "、".join(level.label for level in levels_for(total))
    say_in_case(
        root, f"申请先行赔偿 {compensation.number} {said(compensation.amount)}(本案累计 {said(total)},"
              f"须{steps}审批{again})",
        by=by,
    )
    tell_level(compensation)
    index_record(compensation)


def tell_level(compensation: Compensation) -> None:
    """Whoever may take the step that it waits for is told; what others were told is done with."""
    settle_all(compensation)
    people = people_who_may(right_of(compensation.level)).at(compensation.service_point)
    tell(
        people.exclude(pk=compensation.created_by_id)[:MOST_TOLD],
        f"{compensation.number} 先行赔偿 {said(compensation.amount)} 等{compensation.get_level_display()}审批",
        url=page_of(compensation), about=compensation,
    )


def _refuse_others(compensation: Compensation, by: Any) -> None:
    if compensation.created_by != by:
        raise NotTheRequester(number=compensation.number, name=compensation.created_by.name)


@transaction.atomic
def edit_compensation(
    compensation: Compensation, facts: CompensationFacts, *, by: Any, version: int | None = None
) -> Compensation:
    """Put a request right. One that is under approval, or approved, starts over with its first step.

    Raises:
        NotTheRequester: somebody else's request.
        PaidAlready, NotPossibleNow: too late.
        NothingChanged: the approval would start over for nothing.
        CaseNotHandled, EditedMeanwhile, and the slips of `draft_compensation`.
    """
    root = lock(compensation, version)
    _refuse_others(compensation, by)
    if compensation.is_paid:
        raise PaidAlready(number=compensation.number)
    columns = _columns(facts)
    if compensation.state in (CompensationState.DRAFT, CompensationState.RETURNED):
        amend(compensation, by=by, **columns)
        index_record(compensation)
        return compensation
    if all(getattr(compensation, name) == value for name, value in columns.items()):
        raise NothingChanged(number=compensation.number)
    _begin_round(compensation, root, by=by, round=compensation.round + 1, **columns)
    return compensation


@transaction.atomic
def cancel_compensation(compensation: Compensation, reason: str, *, by: Any) -> Compensation:
    """撤销 before anything was paid: by the requester, or by who may approve as manager.

    Raises:
        TextNeeded, NumberInText: no reason.
        NotYoursToCancel: somebody else's request.
        NotPossibleNow, SomeoneWasFaster: too late.
    """
    reason = needed(reason, "为什么撤销", "reason")
    root = lock(compensation)
    if compensation.created_by != by and not by.has_perm(CANCEL_ANY):
        raise NotYoursToCancel(number=compensation.number, name=compensation.created_by.name)
    _cancel(compensation, reason, by=by)
    case_goes_on(root, f"先行赔偿 {compensation.number} 已撤销:{reason}", by=by)
    return compensation


def _cancel(compensation: Compensation, reason: str, *, by: Any) -> None:
    move(
        compensation, CompensationState.CANCELLED, by=by, reason=reason[:100], decision=reason[:200], level="",
        ended_at=timezone.now(),
    )
    settle_all(compensation)


def case_goes_on(root: Complaint, text: str, *, by: Any) -> None:
    """A request was decided: the case is handled on, unless another of its requests still waits."""
    waiting = Compensation.objects.filter(state=CompensationState.PENDING, complaint__in=cases_of(root))
    if root.state == ComplaintState.PAYING and not waiting.exists():
        payment_decided(root, text, by=by)
    else:
        say_in_case(root, text, by=by)


def end_requests(complaint: Complaint, act: str, *, by: Any, is_void: bool = False) -> None:
    """The case ends otherwise: what nobody approved ends with it. Call it once the case has left its state.

    Raises:
        MoneyApproved: a sum is approved and not yet paid: somebody has to say what becomes of it.
        MoneyPaid: a case for which money was paid is no mistake of the pen.
    """
    rows = list(Compensation.objects.select_for_update().filter(complaint__in=cases_of(complaint)).order_by("pk"))
    for row in rows:
        if row.state == CompensationState.APPROVED:
            raise MoneyApproved(number=complaint.number, money=row.number, act=act)
        if is_void and row.is_paid:
            raise MoneyPaid(number=complaint.number, money=row.number)
    for row in rows:
        if row.state in UNDECIDED_STATES:
            _cancel(row, f"投诉{act}", by=by)
            say_in_case(complaint, f"先行赔偿 {row.number} 随投诉{act}撤销", by=by)


def refuse_unpaid(complaint: Complaint, act: str) -> None:
    """Raises MoneyApproved: an approved sum is not paid yet."""
    row = Compensation.objects.filter(complaint__in=cases_of(complaint), state=CompensationState.APPROVED).first()
    if row is not None:
        raise MoneyApproved(number=complaint.number, money=row.number, act=act)
