"""Who is to be called now, in which order, by a person with the telephone in one hand."""

import datetime as dt
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from complaints.callback_choices import AttemptOutcome, CallbackChannel, CallbackSource
from complaints.models import CallbackAttempt, CallbackPlan
from complaints.models.callbacks import CallbackPlanQuerySet
from servicedesk.periods import month_of
from servicedesk.services import preferences

MOST_QUEUED = 200


def queue(user: Any, now: dt.datetime) -> CallbackPlanQuerySet:
    """Appointments whose time has come, then what is due first; not what was tried a short while ago.

    Visits are no telephone calls, and what waits for the supervisor's word is not called meanwhile.
    """
    waited = now - dt.timedelta(minutes=preferences.value("complaints.callback_retry_minutes"))
    mine = CallbackPlan.objects.visible_to(user).begun(timezone.localdate(now)).callable_by(user)
    fresh = Q(next_at=None) & (Q(tried_at=None) | Q(tried_at__lte=waited))
    rows = mine.filter(fresh | Q(next_at__lte=now), asked_end="").exclude(source_kind=CallbackSource.VISIT)
    is_promised = Case(When(next_at__lte=now, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(place=is_promised).order_by("place", "next_at", "due_on", "pk")


def next_after(rows: list[CallbackPlan], after: CallbackPlan | None) -> CallbackPlan | None:
    """The next of a queue: a promise first, then whoever comes behind the last one, then from the front again."""
    others = [row for row in rows if after is None or row.pk != after.pk]
    if not others:
        return None
    if after is None or others[0].next_at is not None:
        return others[0]
    here = (after.due_on, after.pk)
    return next((row for row in others if (row.due_on, row.pk) > here), others[0])


def appointments(user: Any, now: dt.datetime) -> CallbackPlanQuerySet:
    """Times that visitors named and that are still to come, the next first."""
    rows = CallbackPlan.objects.visible_to(user).appointed().callable_by(user)
    return rows.filter(next_at__gt=now).order_by("next_at", "pk")


def visits_in(user: Any, month: dt.date) -> Any:
    """上门 visits of a month at which the visitor was met."""
    of = month_of(month)
    return CallbackAttempt.objects.filter(
        plan__in=CallbackPlan.objects.visible_to(user), channel=CallbackChannel.VISIT,
        outcome=AttemptOutcome.REACHED, at__gte=of.begins, at__lt=of.ends,
    )
