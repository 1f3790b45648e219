"""装订: the reviewed days of a month that was archived."""

from django.db import transaction

from dutylog.choices import DayState
from dutylog.models import DutyDay
from servicedesk.periods import Period
from servicedesk.services.closedmonths import correcting
from servicedesk.services.transitions import move

REASON = "月度归档装订"


def bind_days(month: Period, *, by) -> int:
    """Mark what was reviewed as bound, a day at a time; what is bound stays so. Returns how many were marked."""
    reviewed = DutyDay.objects.filter(on__range=(month.first, month.last), state=DayState.REVIEWED)
    count = 0
    for key in reviewed.values_list("pk", flat=True):
        count += _bind(key, by)
    return count


@transaction.atomic
def _bind(key: int, by) -> bool:
    day = DutyDay.objects.select_for_update(of=("self",)).filter(pk=key, state=DayState.REVIEWED).first()
    if day is None:
        return False
    with correcting(REASON):
        move(day, DayState.BOUND, by=by, reason=REASON)
    return True
