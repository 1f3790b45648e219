"""回访质检: which of the finished ones are looked at again, and what was found."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.callback_choices import CallbackState, CheckWay
from complaints.choices import ActionKind
from complaints.errors.callbacks import CheckedAlready, CheckerCalled, FindingNeeded, NotFinished
from complaints.models import CallbackCheck, CallbackPlan
from complaints.services.actions import note_beside
from complaints.services.callback_notices import tell_recheck
from complaints.services.callback_plans import plan_again
from complaints.services.callback_rules import refuse_caller
from dutylog.services.enquiries import refuse_numbers
from servicedesk.models import User
from servicedesk.sealing import digest
from servicedesk.services import preferences

# The draw is made anew for each so many: the share is kept, and nobody can reckon which it will be.
BLOCK = 10


def is_drawn(point: int, order: int, percent: int | None = None) -> bool:
    """Whether the `order`-th finished callback of a desk (from 1) is looked at again.

    By keyed hash within each ten: the same order always gives the same answer, the share of the setting (in
    per cent) is met over each ten, rounded up over all. No error: any order and any percent have an answer.
    """
    share = preferences.value("complaints.callback_check_percent") if percent is None else percent
    block, place = divmod(order - 1, BLOCK)
    quota = _up(share * BLOCK * (block + 1)) - _up(share * BLOCK * block)
    ranked = sorted(range(BLOCK), key=lambda each: digest(f"callback {point} {block} {each}"))
    return place in ranked[:quota]


def _up(hundredths: int) -> int:
    return -(-hundredths // 100)


@transaction.atomic
def check_callback(plan: CallbackPlan, way: str, is_good: bool, finding: str, *, by: Any) -> CallbackCheck:
    """质检: the supervisor's second look. One that passed wrongly is called again, and the case waits for that.

    Raises:
        NotFinished: the visitor was not spoken to.
        CheckedAlready: somebody did.
        CheckerCalled, CallerComplainedAbout: not by who called, nor by whom it is about.
        FindingNeeded, NumberInText: it does not say what is wrong.
    """
    CallbackPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    plan.refresh_from_db()
    if not plan.is_reached:
        raise NotFinished(number=plan.number, state=plan.get_state_display())
    known = CallbackCheck.objects.filter(plan=plan).select_related("by").first()
    if known is not None:
        raise CheckedAlready(number=plan.number, name=known.by.name)
    _refuse_checker(plan, by)
    if not is_good and not finding.strip():
        raise FindingNeeded(field="finding")
    refuse_numbers(finding, "finding")
    made = CallbackCheck.objects.create(
        plan=plan, at=timezone.now(), by=by, way=CheckWay(way), is_good=is_good, finding=finding.strip()[:300]
    )
    if not is_good:
        _call_again(plan, made, by=by)
    return made


def _refuse_checker(plan: CallbackPlan, by: Any) -> None:
    if plan.attempts.filter(by=by).exists():
        raise CheckerCalled(number=plan.number)
    if plan.complaint is not None and plan.complaint.respondent_person_id == by.pk:
        refuse_caller(plan, by)


def _call_again(plan: CallbackPlan, made: CallbackCheck, *, by: Any) -> None:
    again = plan_again(plan, by=by) if plan.state == CallbackState.PASSED else None
    callers = User.objects.filter(pk__in=plan.attempts.values("by"))
    tell_recheck(plan, list(callers), again)
    if plan.complaint is not None:
        more = f",重访 {again.number}" if again else ""
        note_beside(plan.complaint, ActionKind.CALLBACK, f"回访 {plan.number} 质检不合格:{made.finding}{more}", by=by)
