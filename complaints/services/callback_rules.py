"""What of a callback may not be: who may not call, when 无法联系 is earned, when it is passed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from complaints.callback_choices import AttemptOutcome, CallbackSource
from complaints.dayparts import DayPart, part_of, read_part
from complaints.errors.callbacks import (
    CallbackEnded,
    CalledTooEarly,
    CallerComplainedAbout,
    ManagerCalls,
    NobodyRefused,
    TriesNotEnough,
)
from complaints.models import CallbackAttempt, CallbackPlan
from complaints.models.callbacks import CALLS_MAJOR
from servicedesk.services import preferences


def refuse_caller(plan: CallbackPlan, by: Any) -> None:
    """Raises CallerComplainedAbout, ManagerCalls: it is not theirs to call, nor to see the number of."""
    complaint = plan.complaint
    if complaint is not None and complaint.respondent_person_id == by.pk:
        raise CallerComplainedAbout(number=plan.number)
    if plan.is_major and not by.has_perm(CALLS_MAJOR):
        raise ManagerCalls(number=plan.number)


def refuse_ended(plan: CallbackPlan) -> None:
    """Raises CallbackEnded: nobody is called any more."""
    if not plan.is_open:
        raise CallbackEnded(number=plan.number, state=plan.get_state_display())


def refuse_early(plan: CallbackPlan, at: dt.datetime) -> None:
    """Raises CalledTooEarly: what asks how it is after a month is not asked after a week."""
    if plan.source_kind == CallbackSource.LATER and timezone.localdate(at) < plan.from_on:
        days = preferences.value("complaints.callback_later_days")
        raise CalledTooEarly(number=plan.number, days=days, on=f"{plan.from_on:%m-%d}", field="at")


def day_parts() -> list[DayPart]:
    """The parts of the day of the setting."""
    return [part for part in map(read_part, preferences.value("complaints.callback_parts")) if part]


def tries_of(attempts: Iterable[CallbackAttempt]) -> tuple[set[dt.date], set[str]]:
    """The days and the parts of the day in which nobody was found."""
    parts, missed = day_parts(), [each for each in attempts if each.is_missed and not each.is_struck]
    found = {part_of(attempt.at, parts) for attempt in missed}
    return {timezone.localdate(attempt.at) for attempt in missed}, found - {""}


def is_tried_enough(attempts: Iterable[CallbackAttempt]) -> bool:
    """On as many days and in as many parts of the day as the settings say."""
    days, parts = tries_of(attempts)
    return len(days) >= preferences.value("complaints.callback_days_tried") and len(parts) >= _parts_wanted()


def _parts_wanted() -> int:
    """No more than the day has."""
    return min(preferences.value("complaints.callback_parts_tried"), len(day_parts()))


def refuse_untried(plan: CallbackPlan, attempts: Iterable[CallbackAttempt]) -> None:
    """Raises TriesNotEnough: it says what is still missing."""
    rows = list(attempts)
    if is_tried_enough(rows):
        return
    days, parts = tries_of(rows)
    raise TriesNotEnough(
        number=plan.number, days=preferences.value("complaints.callback_days_tried"), parts=_parts_wanted(),
        names="、".join(part.name for part in day_parts()), have_days=len(days), have_parts=len(parts), field="end",
    )


def refuse_unrefused(plan: CallbackPlan, attempts: Iterable[CallbackAttempt]) -> None:
    """Raises NobodyRefused: no try says that the visitor does not want to be called."""
    if not any(attempt.outcome == AttemptOutcome.REFUSED and not attempt.is_struck for attempt in attempts):
        raise NobodyRefused(number=plan.number, field="end")


def is_passed(is_solved: bool | None, satisfaction: int) -> bool:
    """Solved, and at least as content as the setting says."""
    return is_solved is not False and satisfaction >= preferences.value("complaints.callback_pass_score")
