"""From the first reply to the solution that the visitor accepts, and back when they do not."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from complaints.choices import ActionKind, ComplaintState, Outcome
from complaints.errors.steps import OutcomeNeeded, RepliedAlready, ReplyFirst
from complaints.models import Complaint
from complaints.services.actions import check_moment, needed, note, refuse_closed, said
from complaints.services.callback_plans import plan_for_case
from complaints.services.escalations import escalate_declined
from complaints.services.merged import merged_below
from complaints.services.rounds import await_callback
from dutylog.choices import EntryCategory
from dutylog.services.enquiries import refuse_numbers
from dutylog.services.entries import record_in_log
from servicedesk.services.inbox import settle_all
from servicedesk.services.search import index_record
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, move

RESULT_SIGNER = "投诉人(结果)"


@transaction.atomic
def reply_first(complaint: Complaint, text: str, *, by: Any, at: dt.datetime | None = None) -> Complaint:
    """首次答复: what the visitor was told first, and when; it stops the first clock for good.

    Raises:
        CaseLocked, CaseEnded, RepliedAlready: too late.
        TextNeeded, NumberInText, MomentInFuture, BeforeReceived: a slip of the hand.
    """
    refuse_closed(complaint)
    if complaint.replied_at is not None:
        raise RepliedAlready(number=complaint.number, at=said(complaint.replied_at))
    text = needed(text, "怎样答复的", "text")
    moment = at or timezone.now()
    check_moment(complaint, moment)
    # Two replies sent at once: the version says which was the first.
    amend(
        complaint, by=by, version=complaint.version, reason="首次答复", replied_at=moment, replied_by=by,
        first_reply=text[:1000],
    )
    note(complaint, ActionKind.FEEDBACK, f"首次答复:{text}", by=by, at=moment)
    index_record(complaint)
    return complaint


@transaction.atomic
def offer_solution(complaint: Complaint, solution: str, *, by: Any, at: dt.datetime | None = None) -> Complaint:
    """反馈方案: the visitor is told how it can end. It is the first reply too where none was given.

    Raises:
        TextNeeded, NumberInText, MomentInFuture, BeforeReceived: a slip of the hand.
        NotPossibleNow, SomeoneWasFaster: it is not being handled.
    """
    solution = needed(solution, "处理方案", "solution")
    moment = at or timezone.now()
    check_moment(complaint, moment)
    first = {} if complaint.replied_at else {
        "replied_at": moment, "replied_by": by, "first_reply": f"反馈方案:{solution}"[:1000],
    }
    move(complaint, ComplaintState.OFFERED, by=by, solution=solution[:2000], offered_at=moment, **first)
    note(complaint, ActionKind.FEEDBACK, f"反馈方案:{solution}", by=by, at=moment)
    index_record(complaint)
    return complaint


@transaction.atomic
def decline_solution(complaint: Complaint, reason: str, *, by: Any) -> Complaint:
    """游客不接受: back to handling, and one level up.

    Raises:
        TextNeeded, NumberInText: it does not say why.
        NotPossibleNow, SomeoneWasFaster: nothing was offered.
    """
    reason = needed(reason, "游客为什么不接受", "reason")
    move(complaint, ComplaintState.HANDLING, by=by, reason="游客不接受方案")
    note(complaint, ActionKind.FEEDBACK, f"游客不接受方案:{reason}", by=by)
    escalate_declined(complaint, by=by)
    return complaint


@transaction.atomic
def accept_solution(
    complaint: Complaint, result: str, *, by: Any, at: dt.datetime | None = None, satisfaction: str = "",
    opinion: str = "", signature: dict[str, str] | None = None,
) -> Complaint:
    """已解决: the visitor accepts; what they think of it, and their signature where they are at the desk.

    In the same transaction the callback is planned, and the case goes on to 待回访.

    Raises:
        ReplyFirst: nobody has answered them yet.
        OutcomeNeeded, NumberInText, MomentInFuture, BeforeReceived: a slip of the hand.
        NotPossibleNow, SomeoneWasFaster: no solution stands.
    """
    return _solve(
        complaint, result, Outcome.ACCEPTED, by=by, at=at, satisfaction=satisfaction, opinion=opinion,
        signature=signature,
    )


@transaction.atomic
def give_final_answer(complaint: Complaint, result: str, *, by: Any, opinion: str = "") -> Complaint:
    """最终答复: the visitor does not accept, and the house stands by its answer. Raises as `accept_solution`."""
    return _solve(complaint, result, Outcome.FINAL, by=by, opinion=opinion)


def _solve(
    complaint: Complaint, result: str, outcome: str, *, by: Any, at: dt.datetime | None = None,
    satisfaction: str = "", opinion: str = "", signature: dict[str, str] | None = None,
) -> Complaint:
    if not result.strip():
        raise OutcomeNeeded(field="result")
    refuse_numbers(result, "result")
    refuse_numbers(opinion, "opinion")
    if complaint.replied_at is None:
        raise ReplyFirst(number=complaint.number)
    moment = at or timezone.now()
    check_moment(complaint, moment)
    move(
        complaint, ComplaintState.SOLVED, by=by, result=result.strip()[:1000], outcome=outcome, solved_at=moment,
        satisfaction=satisfaction, visitor_opinion=opinion.strip()[:300],
    )
    note(complaint, ActionKind.FEEDBACK, f"{Outcome(outcome).label}:{result}", by=by, at=moment)
    _solve_children(complaint, outcome, by=by, moment=moment)
    record_in_log(
        complaint, EntryCategory.COMPLAINT, f"投诉办结({complaint.kind})", by=by, happened_at=moment,
        result=Outcome(outcome).label,
    )
    if signature:
        name = complaint.visitor_name or "匿名游客"
        said_of_it = f"{complaint.get_satisfaction_display()} {opinion}".strip()
        text = f"{complaint.number} 处理结果:{complaint.result}\n{said_of_it}"
        sign(complaint, RESULT_SIGNER, text, by=by, signer_name=name, means=signature["means"],
             image=signature["image"])
    settle_all(complaint)
    index_record(complaint)
    plan_for_case(complaint, moment, by=by)
    await_callback(complaint, by=by)
    return complaint


def _solve_children(complaint: Complaint, outcome: str, *, by: Any, moment: dt.datetime) -> None:
    """What was merged into a case ends with it, each by its own clock and with its own callback.

    In a later round it is called back again: what is asked about is another result. Its clock stopped the first time.
    """
    for child in merged_below(complaint):
        again: dict[str, Any] = {"solved_at": moment}
        if child.solved_at is not None:
            again = {"round": F("round") + 1}
        amend(
            child, by=by, reason=f"{complaint.number} 已解决", outcome=outcome, result=complaint.result, **again
        )
        note(child, ActionKind.SYSTEM, f"{complaint.number} 已解决:{complaint.result}", by=by, at=moment)
        plan_for_case(child, moment, by=by)


@transaction.atomic
def note_cause(
    complaint: Complaint, *, by: Any, liability: str = "", root_cause: str = "", correction: str = "",
    version: int | None = None,
) -> Complaint:
    """责任与原因: who answers for it, why it came to it, what is changed.

    Raises:
        CaseLocked, CaseEnded, EditedMeanwhile: too late.
        NumberInText: a slip of the hand.
    """
    refuse_closed(complaint)
    for field, text in (("root_cause", root_cause), ("correction", correction)):
        refuse_numbers(text, field)
    amend(
        complaint, by=by, version=version, reason="责任与原因", liability=liability,
        root_cause=root_cause.strip()[:500], correction=correction.strip()[:500],
    )
    index_record(complaint)
    return complaint
