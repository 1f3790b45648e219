"""待游客补充: the visitor has to add something; meanwhile the net clock stands, the gross one goes on."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import ActionKind, ComplaintState
from complaints.errors.steps import PauseCapped
from complaints.models import CasePause, Complaint
from complaints.services.actions import needed, note
from complaints.services.terms import pause_cap, stood_for
from servicedesk.services.transitions import amend, move


@transaction.atomic
def wait_for_visitor(complaint: Complaint, reason: str, *, by: Any) -> CasePause:
    """Stop the net clock until the visitor has added what is missing.

    Raises:
        TextNeeded, NumberInText: it does not say what is missing.
        PauseCapped: it stood as long as the setting allows.
        NotPossibleNow, SomeoneWasFaster: it is not being handled; a running pause is one of these.
    """
    reason = needed(reason, "等游客补充什么", "reason")
    now = timezone.now()
    if stood_for(complaint.pauses.all(), now) >= pause_cap():
        raise PauseCapped(number=complaint.number, hours=int(pause_cap().total_seconds()) // 3600)
    move(complaint, ComplaintState.WAITING, by=by, reason=f"等游客补充:{reason}"[:100])
    pause = CasePause(complaint=complaint, reason=reason[:200], began_at=now, by=by)
    pause._history_user = by
    pause.save()
    note(complaint, ActionKind.PAUSE, f"等游客补充:{reason}", by=by)
    return pause


@transaction.atomic
def go_on(complaint: Complaint, text: str, *, by: Any) -> Complaint:
    """游客已补充, or nobody waits any longer: the clock goes on.

    Raises:
        TextNeeded, NumberInText: it does not say what came.
        NotPossibleNow, SomeoneWasFaster: nothing was waited for.
    """
    text = needed(text, "游客补充了什么", "text")
    move(complaint, ComplaintState.HANDLING, by=by)
    end_pause(complaint, by=by)
    note(complaint, ActionKind.PAUSE, f"恢复计时:{text}", by=by)
    return complaint


def end_pause(complaint: Complaint, *, by: Any) -> None:
    """End the running pause of a case, if there is one; in the caller's transaction."""
    now = timezone.now()
    for pause in complaint.pauses.filter(ended_at=None):
        amend(pause, by=by, ended_at=now, ended_by=by)
