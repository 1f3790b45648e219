"""经过: what was done about a case, a row each; a correction strikes the old row through, nothing is taken away."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import HAND_KINDS, ActionKind, ComplaintState
from complaints.errors.complaints import CaseEnded, CaseLocked
from complaints.errors.steps import (
    BeforeReceived,
    HandKindOnly,
    MomentInFuture,
    NotArchived,
    StruckAlready,
    SystemRow,
    TextNeeded,
)
from complaints.models import CaseAction, Complaint
from dutylog.services.enquiries import refuse_numbers
from servicedesk.services.closedmonths import note_addition

TOLERANCE = dt.timedelta(minutes=1)


def note(
    complaint: Complaint, kind: str, text: str, *, by: Any, at: dt.datetime | None = None, is_addendum: bool = False
) -> CaseAction:
    """Write a row that belongs to a step; the step has judged it."""
    now = timezone.now()
    return CaseAction.objects.create(
        complaint=complaint, kind=kind, round=complaint.round, at=at or now, entered_at=now, by=by,
        text=text.strip()[:2000], is_addendum=is_addendum,
    )


def note_beside(complaint: Complaint, kind: str, text: str, *, by: Any) -> CaseAction:
    """A row of what hangs at a case and may outlast it, a callback or money: below an archived one an addendum.

    Where the case is finished and its month closed, the archive is told of it, without the visitor's words.
    """
    row = note(complaint, kind, text, by=by, is_addendum=complaint.state == ComplaintState.ARCHIVED)
    note_addition(complaint, f"附记:{row.get_kind_display()}", by=by)
    return row


def check_moment(complaint: Complaint, at: dt.datetime, field: str = "at") -> None:
    """Raises MomentInFuture, BeforeReceived: a slip of the hand. What was typed has whole minutes."""
    if at > timezone.now() + TOLERANCE:
        raise MomentInFuture(at=said(at), field=field)
    if at < complaint.received_at.replace(second=0, microsecond=0):
        raise BeforeReceived(at=said(at), received=said(complaint.received_at), field=field)


def said(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%m-%d %H:%M}"


def refuse_closed(complaint: Complaint) -> None:
    """Raises CaseLocked, CaseEnded: it takes no more words."""
    if complaint.state == ComplaintState.ARCHIVED:
        raise CaseLocked(number=complaint.number)
    if not complaint.is_open_to_words:
        raise CaseEnded(number=complaint.number, state=complaint.get_state_display())


def needed(text: str, what: str, field: str) -> str:
    """The text without its edges. Raises TextNeeded, NumberInText."""
    if not text.strip():
        raise TextNeeded(what=what, field=field)
    refuse_numbers(text, field)
    return text.strip()


@transaction.atomic
def add_action(
    complaint: Complaint, kind: str, text: str, *, by: Any, at: dt.datetime | None = None
) -> CaseAction:
    """记经过: soothed, contacted, looked into, told back, forwarded.

    Raises:
        CaseLocked, CaseEnded: too late.
        HandKindOnly, TextNeeded, NumberInText, MomentInFuture, BeforeReceived: a slip of the hand.
    """
    refuse_closed(complaint)
    _check_kind(kind)
    text = needed(text, "做了什么", "text")
    if at is not None:
        check_moment(complaint, at)
    return note(complaint, kind, text, by=by, at=at)


def _check_kind(kind: str) -> None:
    if kind not in HAND_KINDS:
        raise HandKindOnly(kind=ActionKind(kind).label if kind in ActionKind.values else kind, field="kind")


@transaction.atomic
def correct_action(action: CaseAction, text: str, *, by: Any) -> CaseAction:
    """更正: a row more that strikes the old one through.

    Raises:
        CaseLocked, CaseEnded: too late.
        StruckAlready, SystemRow: not this row.
        TextNeeded, NumberInText: a slip of the hand.
    """
    refuse_closed(action.complaint)
    if action.kind not in HAND_KINDS or action.by is None:
        raise SystemRow
    if CaseAction.objects.filter(corrects=action).exists():
        raise StruckAlready
    return CaseAction.objects.create(
        complaint=action.complaint, kind=action.kind, round=action.round, at=action.at, entered_at=timezone.now(),
        by=by, text=needed(text, "更正后的内容", "text")[:2000], corrects=action,
    )


@transaction.atomic
def add_addendum(complaint: Complaint, text: str, *, by: Any) -> CaseAction:
    """补充附记: what is said of an archived case afterwards stands below it.

    Raises:
        NotArchived: it still takes rows of its own.
        TextNeeded, NumberInText: a slip of the hand.
    """
    if complaint.state != ComplaintState.ARCHIVED:
        raise NotArchived(number=complaint.number)
    action = note(complaint, ActionKind.SYSTEM, needed(text, "附记内容", "text"), by=by, is_addendum=True)
    note_addition(complaint, f"附记:{action.text}", by=by)
    return action
