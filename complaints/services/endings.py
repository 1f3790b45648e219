"""Ways in which a case ends without a solution, and the archive."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import ActionKind, ComplaintState
from complaints.errors.steps import MergeTargetEnded, MergeWithSelf, NoSuchCase, TargetNeeded
from complaints.models import Complaint
from complaints.services.actions import needed, note
from complaints.services.callback_plans import refuse_uncalled
from complaints.services.compensations import end_requests, refuse_unpaid
from complaints.services.pauses import end_pause
from dutylog.choices import EntryCategory
from dutylog.services.entries import record_in_log
from dutylog.services.registerlines import strike_lines_about
from servicedesk.services.inbox import settle_all
from servicedesk.services.search import index_record
from servicedesk.services.transitions import move


@transaction.atomic
def refuse_complaint(complaint: Complaint, reason: str, *, by: Any) -> Complaint:
    """不予受理, with the reason. Raises TextNeeded, NumberInText, NotPossibleNow, SomeoneWasFaster."""
    return _end(complaint, ComplaintState.REFUSED, reason, by=by)


@transaction.atomic
def pass_on_complaint(complaint: Complaint, passed_to: str, reason: str, *, by: Any) -> Complaint:
    """转出: another house answers for it. Raises TargetNeeded and as `refuse_complaint`."""
    if not passed_to.strip():
        raise TargetNeeded(field="passed_to")
    return _end(complaint, ComplaintState.PASSED_ON, reason, by=by, passed_to=passed_to.strip()[:100])


@transaction.atomic
def withdraw_complaint(complaint: Complaint, reason: str, *, by: Any) -> Complaint:
    """撤诉: the visitor asks for nothing any more; it stays listed and leaves the figures.

    Money that nobody approved is cancelled with it. Raises MoneyApproved (approved and not paid), and as the others.
    """
    return _end(complaint, ComplaintState.WITHDRAWN, reason, by=by)


def _end(complaint: Complaint, state: str, reason: str, *, by: Any, **more: Any) -> Complaint:
    reason = needed(reason, "原因", "reason")
    move(
        complaint, state, by=by, reason=reason[:100], ended_at=timezone.now(), end_reason=reason[:200], **more
    )
    end_requests(complaint, complaint.get_state_display(), by=by)
    end_pause(complaint, by=by)
    target = f"给 {complaint.passed_to}" if complaint.passed_to else ""
    note(complaint, ActionKind.SYSTEM, f"{complaint.get_state_display()}{target}:{reason}", by=by)
    record_in_log(
        complaint, EntryCategory.COMPLAINT, f"投诉{complaint.get_state_display()}({complaint.kind})", by=by,
        result=complaint.get_state_display(),
    )
    settle_all(complaint)
    index_record(complaint)
    return complaint


@transaction.atomic
def void_complaint(complaint: Complaint, reason: str, *, by: Any) -> Complaint:
    """作废: written by mistake; it stays listed, leaves the figures, its line of the day is struck.

    Raises:
        TextNeeded, NumberInText: no reason.
        NotPossibleNow, SomeoneWasFaster: it has ended.
        MoneyApproved, MoneyPaid: money hangs on it.
    """
    reason = needed(reason, "原因", "reason")
    move(
        complaint, ComplaintState.VOID, by=by, reason=reason[:100], ended_at=timezone.now(), end_reason=reason[:200]
    )
    end_requests(complaint, "作废", by=by, is_void=True)
    end_pause(complaint, by=by)
    note(complaint, ActionKind.SYSTEM, f"作废:{reason}", by=by)
    strike_lines_about(complaint, f"投诉作废:{reason}", by=by)
    settle_all(complaint)
    index_record(complaint)
    return complaint


@transaction.atomic
def merge_complaint(complaint: Complaint, number: str, reason: str, *, by: Any) -> Complaint:
    """并案: one visitor's second complaint goes on in the first; it keeps its own clock and gets its own callback.

    Raises:
        NoSuchCase, MergeWithSelf, MergeTargetEnded: not that one.
        TextNeeded, NumberInText: no reason.
        NotPossibleNow, SomeoneWasFaster: it is too far on its way.
    """
    reason = needed(reason, "为什么并案", "reason")
    into = Complaint.objects.visible_to(by).filter(number=number.strip().upper()).first()
    if into is None:
        raise NoSuchCase(number=number.strip(), field="number")
    if into.pk == complaint.pk:
        raise MergeWithSelf(field="number")
    # Both rows, always in one order: of two cases that are merged into each other one goes on.
    both = Complaint.objects.select_for_update(no_key=True).filter(pk__in=(complaint.pk, into.pk)).order_by("pk")
    into = {row.pk: row for row in both}[into.pk]
    if not into.is_running:
        raise MergeTargetEnded(number=into.number, state=into.get_state_display(), field="number")
    move(complaint, ComplaintState.MERGED, by=by, reason=reason[:100], merged_into=into, end_reason=reason[:200])
    note(complaint, ActionKind.SYSTEM, f"并入 {into.number}:{reason}", by=by)
    note(into, ActionKind.SYSTEM, f"{complaint.number} 并入本案:{reason}", by=by)
    index_record(complaint)
    return complaint


@transaction.atomic
def archive_complaint(complaint: Complaint, *, by: Any) -> Complaint:
    """归档 after a callback that is finished or signed off; from now on it is locked.

    Raises:
        CallbackStillOpen: a callback of it, or of what was merged into it, is neither finished nor signed off.
        NotPossibleNow, SomeoneWasFaster: the callback is not done.
        MoneyApproved: a sum is approved and not paid.
    """
    refuse_unpaid(complaint, "归档")
    refuse_uncalled(complaint)
    move(complaint, ComplaintState.ARCHIVED, by=by, archived_at=timezone.now())
    note(complaint, ActionKind.SYSTEM, "已归档", by=by)
    return complaint
