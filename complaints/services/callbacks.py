"""回访: each try, and how a callback ends: by what the visitor says, or by the supervisor's word."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from complaints.callback_choices import (
    SIGNED_ENDS,
    AttemptOutcome,
    CallbackChannel,
    CallbackSource,
    CallbackState,
    Content,
)
from complaints.errors.callbacks import (
    AppointmentNeeded,
    AppointmentNotWanted,
    AppointmentPast,
    AppointmentTooFar,
    AttemptBeforePlan,
    AttemptInFuture,
    CauseNeeded,
    ContentNeeded,
    NotAnEnd,
    NothingToSign,
    NotReachedYet,
    OutcomeOfCallNeeded,
    SignerCalled,
    SolvedNeeded,
    WordsOfRefusalNeeded,
)
from complaints.models import CallbackAttempt, CallbackPlan
from complaints.services.actions import TOLERANCE, needed, said
from complaints.services.callback_cases import tell_case
from complaints.services.callback_checks import is_drawn
from complaints.services.callback_notices import tell_asked, tell_failed, tell_sent_back
from complaints.services.callback_plans import supersede
from complaints.services.callback_rules import (
    is_passed,
    refuse_caller,
    refuse_early,
    refuse_ended,
    refuse_unrefused,
    refuse_untried,
)
from dutylog.services.enquiries import refuse_numbers
from servicedesk.models import ServicePoint
from servicedesk.services import preferences
from servicedesk.services.inbox import settle_all
from servicedesk.services.transitions import amend, move

NO_REQUEST: dict[str, Any] = {"asked_end": "", "asked_reason": "", "asked_by": None, "asked_at": None}


@dataclass(frozen=True, kw_only=True)
class AttemptFacts:
    """What came of a try. `at` is now when it is left out."""

    outcome: str
    channel: str = CallbackChannel.PHONE
    is_solved: bool | None = None
    satisfaction: int | None = None
    cause: str = ""
    comment: str = ""
    next_at: dt.datetime | None = None
    at: dt.datetime | None = None


def hold(plan: CallbackPlan) -> CallbackPlan:
    """The row as it stands now, held until the transaction ends. Raises CallbackEnded."""
    CallbackPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    plan.refresh_from_db()
    refuse_ended(plan)
    return plan


@transaction.atomic
def record_attempt(plan: CallbackPlan, facts: AttemptFacts, *, by: Any) -> CallbackAttempt:
    """记一次回访: a row of the 台帐, and what follows from it.

    Spoken to, the visitor's answers decide: passed, or failed, and the case with it. An appointment comes up at its
    time. Who does not want to be called is brought before the supervisor.

    Raises:
        CallbackEnded: a colleague was faster.
        CallerComplainedAbout, ManagerCalls: not theirs to call.
        CalledTooEarly, AttemptInFuture, AttemptBeforePlan, OutcomeOfCallNeeded, SolvedNeeded, ContentNeeded,
        CauseNeeded, NotReachedYet, AppointmentNeeded, AppointmentPast, AppointmentTooFar, AppointmentNotWanted,
        WordsOfRefusalNeeded, NumberInText: a slip of the hand.
    """
    hold(plan)
    refuse_caller(plan, by)
    now = timezone.now()
    moment = facts.at or now
    _check(plan, facts, moment, now)
    reached = facts.outcome == AttemptOutcome.REACHED
    passed = reached and is_passed(_solved(plan, facts), facts.satisfaction or 0)
    attempt = CallbackAttempt.objects.create(
        plan=plan, at=moment, entered_at=now, by=by, channel=facts.channel, outcome=facts.outcome,
        is_solved=_solved(plan, facts), satisfaction=facts.satisfaction, comment=facts.comment.strip()[:500],
        cause=_cause(facts, reached, passed), next_at=facts.next_at,
    )
    _tried(plan, attempt, by=by)
    if reached:
        _finish(plan, attempt, passed, by=by)
    elif facts.outcome == AttemptOutcome.REFUSED:
        _ask(plan, CallbackState.REFUSED, attempt.comment, by=by)
    return attempt


def _solved(plan: CallbackPlan, facts: AttemptFacts) -> bool | None:
    return facts.is_solved if plan.asks_solved else None


def _cause(facts: AttemptFacts, reached: bool, passed: bool) -> str:
    """Why it failed; what passed has no cause."""
    if not reached or passed:
        return ""
    if not facts.cause:
        raise CauseNeeded(field="cause")
    return facts.cause


def _check(plan: CallbackPlan, facts: AttemptFacts, moment: dt.datetime, now: dt.datetime) -> None:
    if facts.outcome not in AttemptOutcome.values:
        raise OutcomeOfCallNeeded(field="outcome")
    if moment > now + TOLERANCE:
        raise AttemptInFuture(at=said(moment), field="at")
    if timezone.localdate(moment) < min(plan.from_on, timezone.localdate(plan.created_at)):
        raise AttemptBeforePlan(at=said(moment), begun=f"{plan.from_on:%m-%d}", field="at")
    refuse_early(plan, moment)
    refuse_numbers(facts.comment, "comment")
    _check_appointment(facts, now)
    if facts.outcome == AttemptOutcome.REFUSED and not facts.comment.strip():
        raise WordsOfRefusalNeeded(field="comment")
    if facts.outcome == AttemptOutcome.REACHED:
        _check_answers(plan, facts)
    elif facts.is_solved is not None or facts.satisfaction is not None:
        raise NotReachedYet(outcome=AttemptOutcome(facts.outcome).label, field="outcome")


def _check_answers(plan: CallbackPlan, facts: AttemptFacts) -> None:
    if plan.asks_solved and facts.is_solved is None:
        raise SolvedNeeded(field="is_solved")
    if facts.satisfaction not in Content.values:
        raise ContentNeeded(field="satisfaction")


def _check_appointment(facts: AttemptFacts, now: dt.datetime) -> None:
    if facts.outcome != AttemptOutcome.LATER:
        if facts.next_at is not None:
            raise AppointmentNotWanted(field="outcome")
        return
    if facts.next_at is None:
        raise AppointmentNeeded(field="next_at")
    if facts.next_at <= now:
        raise AppointmentPast(at=said(facts.next_at), field="next_at")
    days = preferences.value("complaints.callback_appointment_days")
    if facts.next_at > now + dt.timedelta(days=days):
        raise AppointmentTooFar(at=said(facts.next_at), days=days, field="next_at")


def _tried(plan: CallbackPlan, attempt: CallbackAttempt, *, by: Any) -> None:
    """进行中 with the first try; an answer or an appointment takes a request to end it back."""
    changes: dict[str, Any] = {"tried_at": attempt.at, "next_at": attempt.next_at}
    if attempt.outcome in (AttemptOutcome.REACHED, AttemptOutcome.LATER):
        changes |= NO_REQUEST
    reason = attempt.get_outcome_display()
    if plan.state == CallbackState.WAITING:
        move(plan, CallbackState.RUNNING, by=by, reason=reason, **changes)
    else:
        amend(plan, by=by, reason=reason, **changes)


def _finish(plan: CallbackPlan, attempt: CallbackAttempt, passed: bool, *, by: Any) -> None:
    """合格 or 不合格: it gets its place in the order of its desk, by which the re-check is drawn."""
    ServicePoint.objects.select_for_update(no_key=True).get(pk=plan.service_point_id)
    last = CallbackPlan.objects.filter(service_point=plan.service_point_id).aggregate(m=Max("finished_order"))["m"]
    order = (last or 0) + 1
    move(
        plan, CallbackState.PASSED if passed else CallbackState.FAILED, by=by, reason=attempt.said[:100],
        done_at=attempt.at, finished_order=order, is_drawn=is_drawn(plan.service_point_id, order),
    )
    settle_all(plan)
    words = f"。游客意见:{attempt.comment}" if attempt.comment else ""
    tell_case(plan, passed, f"{attempt.get_channel_display()}回访 {plan.number}:{attempt.said}{words}", by=by)
    if not passed:
        tell_failed(plan, by=by)


# ---- ends by the supervisor's word --------------------------------------------------------
@transaction.atomic
def ask_end(plan: CallbackPlan, end: str, reason: str, *, by: Any) -> CallbackPlan:
    """报签批: whoever calls asks the supervisor to end it as 无法联系, 拒访 or 免访.

    Raises:
        CallbackEnded: a colleague was faster.
        CallerComplainedAbout, ManagerCalls: not theirs to call.
        NotAnEnd, TextNeeded, NumberInText, TriesNotEnough, NobodyRefused: not so.
    """
    hold(plan)
    refuse_caller(plan, by)
    reason = needed(reason, "原因", "reason")
    _check_end(plan, end)
    _ask(plan, end, reason, by=by)
    return plan


def _ask(plan: CallbackPlan, end: str, reason: str, *, by: Any) -> None:
    amend(
        plan, by=by, reason=f"报签批:{CallbackState(end).label}", asked_end=end, asked_reason=reason[:200],
        asked_by=by, asked_at=timezone.now(), next_at=None,
    )
    tell_asked(plan, by=by)


def _check_end(plan: CallbackPlan, end: str) -> None:
    if end not in SIGNED_ENDS:
        raise NotAnEnd(field="end")
    if end == CallbackState.UNREACHABLE:
        refuse_untried(plan, plan.attempts.all())
    if end == CallbackState.REFUSED:
        refuse_unrefused(plan, plan.attempts.all())


@transaction.atomic
def sign_end(plan: CallbackPlan, end: str, reason: str, *, by: Any) -> CallbackPlan:
    """签批: ended as 无法联系, 拒访 or 免访; the case may be archived.

    Raises:
        CallbackEnded: a colleague was faster.
        CallerComplainedAbout: by whom it is about.
        SignerCalled: by somebody who called.
        NotAnEnd, TextNeeded, NumberInText, TriesNotEnough, NobodyRefused: not so.
    """
    hold(plan)
    _refuse_signer(plan, by)
    reason = needed(reason, "签批意见", "reason")
    _check_end(plan, end)
    move(
        plan, end, by=by, reason=f"签批:{reason}"[:100], signed_by=by, sign_reason=reason[:200], next_at=None,
        done_at=timezone.now(),
    )
    settle_all(plan)
    tell_case(plan, True, f"回访 {plan.number} {plan.get_state_display()},{by.name} 签批:{reason}", by=by)
    if end != CallbackState.UNREACHABLE and plan.source_kind == CallbackSource.COMPLAINT:
        _let_off_later(plan, by=by)
    return plan


def _refuse_signer(plan: CallbackPlan, by: Any) -> None:
    """Whoever called does not judge the calls."""
    if plan.complaint is not None and plan.complaint.respondent_person_id == by.pk:
        refuse_caller(plan, by)
    if plan.attempts.filter(by=by).exists():
        raise SignerCalled(number=plan.number)


def _let_off_later(plan: CallbackPlan, *, by: Any) -> None:
    """Who does not want to be called, or need not be, is not called after a month either."""
    later = CallbackPlan.objects.open().filter(
        complaint=plan.complaint, source_kind=CallbackSource.LATER, round=plan.round
    )
    supersede(later.select_for_update(), f"{plan.number} {plan.get_state_display()},不再回访", by=by)


@transaction.atomic
def send_back(plan: CallbackPlan, reason: str, *, by: Any) -> CallbackPlan:
    """退回: the request is not granted, whoever asked is told to go on calling.

    Raises:
        CallbackEnded, NothingToSign: nothing is asked.
        TextNeeded, NumberInText: no reason.
    """
    hold(plan)
    reason = needed(reason, "退回原因", "reason")
    if not plan.asked_end:
        raise NothingToSign(number=plan.number)
    asker = plan.asked_by
    amend(plan, by=by, reason=f"退回:{reason}"[:100], **NO_REQUEST)
    settle_all(plan)
    if asker is not None:
        tell_sent_back(plan, asker, reason)
    return plan
