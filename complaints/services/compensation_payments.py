"""Money goes out and comes back: payment by a third person, recovery from who caused it, write-off, end."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import CompensationState, PayWay, RecoverFrom
from complaints.errors.compensations import (
    BeforePaid,
    MoreThanOwed,
    MoreThanPaid,
    OwerNeeded,
    PaidTooEarly,
    ReceiptNeeded,
    VoucherNeeded,
)
from complaints.errors.steps import MomentInFuture
from complaints.models import Compensation, CompensationRecovery
from complaints.services.actions import TOLERANCE, needed
from complaints.services.actions import said as clock_of
from complaints.services.compensation_approvals import objection_to_paying
from complaints.services.compensation_sums import check_amount
from complaints.services.compensations import lock, said, say_in_case
from dutylog.services.enquiries import refuse_numbers
from servicedesk.errors import NotPossibleNow
from servicedesk.services.inbox import settle_all
from servicedesk.services.search import index_record
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, move

PAYEE = "收款人"
RECEIVED = "今收到景区先行赔偿 {amount}({number}),本次投诉的赔偿已结清。"


@dataclass(frozen=True, kw_only=True)
class PaymentFacts:
    """How the money went: without `paid_at` now; `signature` is `{"means": …, "image": …}` of the payee."""

    way: str
    paid_at: dt.datetime | None = None
    voucher: str = ""
    note: str = ""
    signature: dict[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class RecoveryFacts:
    """Who gives the money back, how much of it, and why they."""

    source: str
    amount: Decimal
    reason: str
    merchant: str = ""
    department: Any = None
    person: Any = None


def _refuse_unless(compensation: Compensation, state: str, wanted: str) -> None:
    if compensation.state != state:
        raise NotPossibleNow(
            number=str(compensation), state=compensation.get_state_display(), wanted=CompensationState(wanted).label
        )


@transaction.atomic
def pay_compensation(
    compensation: Compensation, facts: PaymentFacts, *, by: Any, version: int | None = None
) -> Compensation:
    """支付, by somebody who neither asked nor approved; cash against the payee's signature, else with a voucher.

    Raises:
        NotPossibleNow, EditedMeanwhile: it is not approved, or another than the one looked at.
        OwnRequest, SignedBefore: not by this person.
        ReceiptNeeded, VoucherNeeded, MomentInFuture, PaidTooEarly, NumberInText, BadSignature: a slip of the hand.
    """
    root = lock(compensation, version)
    _refuse_unless(compensation, CompensationState.APPROVED, CompensationState.PAID)
    if objection := objection_to_paying(compensation, by, compensation.approvals.select_related("by")):
        raise objection
    paid_at = _check_payment(compensation, facts)
    move(
        compensation, CompensationState.PAID, by=by, way=facts.way, paid_at=paid_at, paid_by=by,
        voucher=facts.voucher.strip()[:60], pay_note=facts.note.strip()[:200],
    )
    if facts.signature:
        sign(
            compensation, PAYEE, RECEIVED.format(amount=said(compensation.amount), number=compensation.number), by=by,
            signer_name=compensation.payee_name, means=facts.signature["means"], image=facts.signature["image"],
        )
    settle_all(compensation)
    way = compensation.get_way_display()
    say_in_case(root, f"先行赔偿 {compensation.number} {said(compensation.amount)} 已支付({way})", by=by)
    index_record(compensation)
    return compensation


def _check_payment(compensation: Compensation, facts: PaymentFacts) -> dt.datetime:
    refuse_numbers(facts.note, "note")
    if facts.way == PayWay.CASH and not facts.signature:
        raise ReceiptNeeded(field="signature")
    if facts.way != PayWay.CASH and not facts.voucher.strip():
        raise VoucherNeeded(way=PayWay(facts.way).label, field="voucher")
    paid_at, approved = facts.paid_at or timezone.now(), compensation.approved_at
    if paid_at > timezone.now() + TOLERANCE:
        raise MomentInFuture(at=clock_of(paid_at), field="paid_at")
    if approved and paid_at < approved.replace(second=0, microsecond=0):
        raise PaidTooEarly(at=clock_of(paid_at), approved=clock_of(approved), field="paid_at")
    return paid_at


@transaction.atomic
def begin_recovery(compensation: Compensation, facts: RecoveryFacts, *, by: Any) -> Compensation:
    """追偿: who gives how much of it back.

    Raises:
        NotPossibleNow: it is not paid, or asked back already.
        OwerNeeded, MoreThanPaid, TextNeeded, NumberInText and the slips of an amount.
    """
    root = lock(compensation)
    amount, reason = check_amount(facts.amount), needed(facts.reason, "追偿依据", "reason")
    if amount > compensation.amount:
        raise MoreThanPaid(asked=f"{amount:,.2f}", paid=f"{compensation.amount:,.2f}", field="amount")
    source = RecoverFrom(facts.source)
    ower = {
        RecoverFrom.MERCHANT: facts.merchant.strip(), RecoverFrom.DEPARTMENT: facts.department,
        RecoverFrom.PERSON: facts.person,
    }[source]
    if not ower:
        raise OwerNeeded(what=source.label, field=source.value)
    move(
        compensation, CompensationState.RECOVERING, by=by, recover_from=source, recover_amount=amount,
        recover_reason=reason[:200], recover_merchant=ower[:100] if source == RecoverFrom.MERCHANT else "",
        recover_department=ower if source == RecoverFrom.DEPARTMENT else None,
        recover_person=ower if source == RecoverFrom.PERSON else None,
    )
    say_in_case(root, f"先行赔偿 {compensation.number} 向{compensation.owes}追偿 {said(amount)}", by=by)
    index_record(compensation)
    return compensation


@transaction.atomic
def add_recovery(
    compensation: Compensation, amount: Decimal, *, by: Any, at: dt.datetime | None = None, note: str = ""
) -> Compensation:
    """记追回: a part, or the rest, which brings it to 已追回.

    Raises:
        NotPossibleNow: nothing is asked back.
        MoreThanOwed, MomentInFuture, BeforePaid, NumberInText and the slips of an amount.
    """
    root = lock(compensation)
    _refuse_unless(compensation, CompensationState.RECOVERING, CompensationState.RECOVERED)
    amount, now = check_amount(amount), timezone.now()
    at = at or now
    if amount > compensation.outstanding:
        raise MoreThanOwed(asked=f"{amount:,.2f}", left=f"{compensation.outstanding:,.2f}", field="amount")
    if at > now + TOLERANCE:
        raise MomentInFuture(at=clock_of(at), field="at")
    if compensation.paid_at and at < compensation.paid_at.replace(second=0, microsecond=0):
        raise BeforePaid(at=clock_of(at), paid=clock_of(compensation.paid_at), field="at")
    refuse_numbers(note, "note")
    CompensationRecovery.objects.create(
        compensation=compensation, amount=amount, at=at, entered_at=now, note=note.strip()[:200], by=by
    )
    recovered = compensation.recovered + amount
    if recovered == compensation.recover_amount:
        move(compensation, CompensationState.RECOVERED, by=by, recovered=recovered)
    else:
        amend(compensation, by=by, reason=f"追回 {said(amount)}", recovered=recovered)
    rest = said(compensation.outstanding)
    say_in_case(root, f"先行赔偿 {compensation.number} 追回 {said(amount)},还差 {rest}", by=by)
    return compensation


@transaction.atomic
def write_off_compensation(compensation: Compensation, reason: str, *, by: Any) -> Compensation:
    """核销: what has not come back is given up, with the reason. Raises TextNeeded, NumberInText, NotPossibleNow."""
    reason = needed(reason, "为什么核销", "reason")
    root = lock(compensation)
    move(
        compensation, CompensationState.WRITTEN_OFF, by=by, reason=reason[:100], write_off_reason=reason[:200],
        written_off_by=by,
    )
    say_in_case(root, f"先行赔偿 {compensation.number} 核销 {said(compensation.outstanding)}:{reason}", by=by)
    return compensation


@transaction.atomic
def close_compensation(compensation: Compensation, *, by: Any) -> Compensation:
    """完结: paid, and asked back or not to be. Raises NotPossibleNow, SomeoneWasFaster."""
    root = lock(compensation)
    move(compensation, CompensationState.CLOSED, by=by, ended_at=timezone.now())
    say_in_case(root, f"先行赔偿 {compensation.number} 完结", by=by)
    return compensation
