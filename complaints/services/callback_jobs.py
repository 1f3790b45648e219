"""What the runner does about callbacks. Plans are made by what was solved; pages are right without it."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from complaints.callback_choices import CallbackSource
from complaints.choices import ComplaintState
from complaints.models import CallbackPlan, Complaint
from complaints.services.callback_notices import remind_appointment
from complaints.services.callback_plans import plan_for_case
from complaints.services.rounds import await_callback

# The rest waits for the next time.
MOST_AT_ONCE = 500


def unplanned() -> QuerySet[Complaint]:
    """Solved cases without the callback of their round: from before there were any."""
    waiting = Complaint.objects.filter(state__in=(ComplaintState.SOLVED, ComplaintState.CALLBACK)).exclude(
        solved_at=None
    )
    planned = CallbackPlan.objects.filter(
        complaint__in=waiting, source_kind=CallbackSource.COMPLAINT, complaint__round=F("round")
    )
    return waiting.exclude(pk__in=planned.values("complaint")).order_by("pk")


def make_missing_plans() -> str:
    """The job: each such case gets its callback. Running it twice changes nothing."""
    count = sum(map(_make_missing, list(unplanned().values_list("pk", flat=True)[:MOST_AT_ONCE])))
    return f"补 {count} 个回访计划" if count else ""


@transaction.atomic
def _make_missing(pk: int) -> bool:
    Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
    case = unplanned().filter(pk=pk).select_related("service_point", "handler").first()
    if case is None:
        return False
    assert case.solved_at is not None
    plan_for_case(case, case.solved_at, by=case.handler)
    if case.state == ComplaintState.SOLVED:
        await_callback(case, by=case.handler)
    return True


def remind_appointments() -> str:
    """The job: whoever made an appointment hears at its time, once."""
    due = CallbackPlan.objects.appointed().filter(next_at__lte=timezone.now()).order_by("next_at")
    count = sum(map(remind_appointment, due))
    return f"提醒约时回访 {count} 个" if count else ""
