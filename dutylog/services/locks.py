"""The lock of a closed sheet, asked in the transaction of the change."""

from django.db import transaction

from dutylog.errors.days import DayLocked
from dutylog.models import DutyDay


@transaction.atomic(savepoint=False)
def hold_open(day: DutyDay) -> bool:
    """Whether a sheet is still open; its row is held until the caller's transaction ends.

    So nobody closes a day in the middle of a change, and no change slips into a day that was just closed.
    """
    return not DutyDay.objects.select_for_update(of=("self",)).get(pk=day.pk).is_locked


def refuse_locked(day: DutyDay) -> None:
    """Raises DayLocked once a sheet is closed; holds it open for the caller's transaction."""
    if not hold_open(day):
        raise DayLocked(number=day.number)
