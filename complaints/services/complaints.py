"""投诉: one save makes the case, the line of the day and the notice to the supervisor on duty."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import COMPLAINT_PREFIX, ActionKind, ComplaintState
from complaints.errors.complaints import NoSignatureHere, SignedAlready
from complaints.models import Complaint
from complaints.services.actions import note, refuse_closed
from complaints.services.complaint_facts import ComplaintFacts, check_facts, check_severity, columns_of
from complaints.services.notices import tell_first, tell_major
from complaints.services.recurrences import hear_again
from complaints.services.terms import term_columns
from dutylog.choices import EntryCategory
from dutylog.services.entries import record_in_log
from servicedesk.models import Signature
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, move

SIGNED_WORDS = "以上记录已核对。"
VISITOR = "投诉人"


@transaction.atomic
def register_complaint(
    facts: ComplaintFacts, *, by: Any, point: Any, known: tuple[str, str] = ("", "")
) -> Complaint:
    """Write a complaint into the book with all that falls out of it.

    Out come: the number, the clocks from the moment the visitor spoke, the first receiver, the line of the day, the
    notice to the supervisor on duty (of a major one to the duty manager too), the visitor's signature, the words of
    the search.

    Raises:
        WordsNeeded, ReachableNeeded, NoSuchCategory, NumberInText, ReceivedInFuture, HappenedAfterTold,
        OutsideNumberNeeded, DeadlineBeforeStart, AmountWithoutDemand, MajorNeedsReason, ReasonNeedsMajor: a slip of
        the hand.
        BackDated: only the supervisor writes down what is older.
        BadSignature: the strokes did not arrive.
    """
    check_facts(facts, by=by, known=known)
    complaint = Complaint(
        number=take_serial(COMPLAINT_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        first_receiver=by, handler=by, **columns_of(facts),
        **term_columns(facts.channel, facts.received_at, facts.outside_due_at),
    )
    complaint._history_user = by
    complaint.save()
    record_in_log(
        complaint, EntryCategory.COMPLAINT, line_of(complaint), by=by, happened_at=complaint.received_at,
        handling=complaint.soothing,
    )
    if complaint.soothing:
        note(complaint, ActionKind.SOOTHING, complaint.soothing, by=by, at=complaint.received_at)
    tell_first(complaint, by=by)
    if facts.signature_means:
        sign_complaint(complaint, facts.signature_means, facts.signature_image, by=by)
    index_record(complaint)
    hear_again(complaint, by=by)
    return complaint


def line_of(complaint: Complaint) -> str:
    """`投诉(服务态度 · 推诿):票务部,诉求 道歉、退款`: what is said of it to everybody; no visitor stands in it."""
    parts = [str(complaint.respondent_department or ""), f"诉求 {complaint.demands}" if complaint.demands else ""]
    more = ",".join(part for part in parts if part)
    way = f"{complaint.get_channel_display()}投诉({complaint.kind})"
    return f"{way}:{more}" if more else way


@transaction.atomic
def edit_complaint(complaint: Complaint, facts: ComplaintFacts, *, by: Any, version: int | None = None) -> Complaint:
    """Complete or put right what was typed; severity has its own step, the signature too.

    Raises:
        CaseLocked, CaseEnded, EditedMeanwhile: too late.
        The slips of `register_complaint`.
    """
    refuse_closed(complaint)
    check_facts(facts, by=by, kept=complaint)
    terms = term_columns(facts.channel, facts.received_at, facts.outside_due_at)
    amend(complaint, by=by, version=version, **columns_of(facts), **terms)
    index_record(complaint)
    hear_again(complaint, by=by)
    return complaint


@transaction.atomic
def set_severity(complaint: Complaint, severity: str, reasons: tuple[str, ...], *, by: Any) -> Complaint:
    """定级: ordinary, serious or major with its reasons; a major one is told to the duty manager at once.

    Raises:
        CaseLocked, CaseEnded: too late.
        MajorNeedsReason, ReasonNeedsMajor: a slip of the hand.
    """
    refuse_closed(complaint)
    check_severity(severity, reasons)
    was_major = complaint.is_major
    amend(complaint, by=by, reason="定级", severity=severity, major_reasons="、".join(reasons))
    words = complaint.get_severity_display() + (f"({complaint.major_reasons})" if reasons else "")
    note(complaint, ActionKind.APPROVAL, f"定为{words}", by=by)
    if complaint.is_major and not was_major:
        tell_major(complaint, by=by)
    index_record(complaint)
    return complaint


@transaction.atomic
def sign_complaint(complaint: Complaint, means: str, image: str, *, by: Any) -> Signature:
    """投诉人确认: the visitor signs what was written down, on the screen or on the paper.

    Raises:
        NoSignatureHere: the visitor was not at the desk.
        SignedAlready: it is signed.
        SignatureMissing, BadSignature: nothing was drawn, or it did not arrive.
    """
    refuse_closed(complaint)
    if not complaint.is_signed_here:
        raise NoSignatureHere(number=complaint.number, channel=complaint.get_channel_display())
    if Signature.objects.of(complaint).filter(role=VISITOR).exists():
        raise SignedAlready(number=complaint.number)
    text = f"{complaint.number} {complaint.words}\n{SIGNED_WORDS}"
    name = complaint.visitor_name or "匿名游客"
    return sign(complaint, VISITOR, text, by=by, signer_name=name, means=means, image=image)


@transaction.atomic
def accept_complaint(complaint: Complaint, *, by: Any) -> Complaint:
    """受理. Raises NotPossibleNow, SomeoneWasFaster."""
    move(complaint, ComplaintState.ACCEPTED, by=by)
    note(complaint, ActionKind.SYSTEM, "已受理", by=by)
    return complaint


@transaction.atomic
def begin_complaint(complaint: Complaint, *, by: Any) -> Complaint:
    """开始处理. Raises NotPossibleNow, SomeoneWasFaster."""
    move(complaint, ComplaintState.HANDLING, by=by)
    note(complaint, ActionKind.SYSTEM, "开始处理", by=by)
    return complaint
