"""Which shift a moment belongs to, and the moment at which a shift was handed over.

A shift's lines are those after the hand-over of the shift before it, until its own. A shift that was not handed
over ends where its hours end. The hand-over itself still belongs to the shift that ends.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from dutylog.choices import ShiftKind
from dutylog.errors.days import FreezeOutsideShift, ShiftAlreadyHandedOver
from dutylog.models import DutyDay, LogEntry, Shift
from dutylog.shiftpatterns import Pattern, read_pattern
from servicedesk.models import ServicePoint
from servicedesk.services import preferences
from servicedesk.services.transitions import amend, note_history

# How far from its planned hours a shift may still reach.
REACH = dt.timedelta(hours=36)


def patterns_for(*, is_holiday: bool) -> list[Pattern]:
    """The shifts that a new sheet gets, by the settings."""
    lines = (preferences.value("dutylog.shifts_holiday") if is_holiday else None) or preferences.value("dutylog.shifts")
    return [pattern for pattern in map(read_pattern, lines) if pattern is not None]


def crosses_midnight() -> bool:
    """Whether any shift of the settings runs into the next morning."""
    lines = [*preferences.value("dutylog.shifts"), *preferences.value("dutylog.shifts_holiday")]
    return any(pattern.ends <= pattern.begins for pattern in map(read_pattern, lines) if pattern is not None)


def end_of(shift: Shift) -> dt.datetime:
    """Its hand-over, else the end of its hours."""
    return shift.frozen_at or shift.ends_at


def _follows(before: Shift, shift: Shift) -> bool:
    """Whether a shift takes over from the one before it: no gap between the hours, or handed over the same day."""
    return before.ends_at >= shift.starts_at or (before.frozen_at is not None and before.day_id == shift.day_id)


def shift_of(moment: dt.datetime, shifts: Sequence[Shift]) -> Shift | None:
    """The one shift among neighbours (in the order of their beginning) that a moment belongs to; None outside."""
    before: Shift | None = None
    for shift in shifts:
        if before is not None and _follows(before, shift):
            has_begun = moment > end_of(before)
        else:
            has_begun = moment >= shift.starts_at
        if has_begun and moment <= end_of(shift):
            return shift
        before = shift
    return None


def shifts_around(moment: dt.datetime, *points: ServicePoint) -> list[Shift]:
    """The shifts of desks that could reach a moment, with their sheets, in the order of their beginning."""
    rows = Shift.objects.filter(
        day__service_point__in=points, starts_at__gt=moment - REACH, starts_at__lt=moment + REACH
    )
    return list(rows.select_related("day__service_point").order_by("starts_at", "ends_at", "pk"))


def make_shifts(day: DutyDay, patterns: Sequence[Pattern], *, by) -> list[Shift]:
    """The shifts of a new sheet, each once."""
    made = []
    for pattern in patterns:
        starts_at, ends_at = pattern.on(day.on)
        shift = Shift(day=day, kind=pattern.kind, starts_at=starts_at, ends_at=ends_at)
        shift._history_user = by
        shift.save()
        made.append(shift)
    return made


@transaction.atomic
def freeze_shift(shift: Shift, at: dt.datetime, *, by) -> Shift:
    """Hand a shift over at the moment `at`: what happened later belongs to the next one.

    Lines that stand on the other side of the hand-over are put to the shift they happened in.

    Raises:
        ShiftAlreadyHandedOver: it has its moment.
        FreezeOutsideShift: before the shift began, or in the future.
    """
    label = ShiftKind(shift.kind).label
    if at <= shift.starts_at or at > timezone.now():
        raise FreezeOutsideShift(shift=label, begins=f"{timezone.localtime(shift.starts_at):%H:%M}")
    if not Shift.objects.filter(pk=shift.pk, frozen_at__isnull=True).update(frozen_at=at):
        shift.refresh_from_db()
        raise ShiftAlreadyHandedOver(shift=label, at=f"{timezone.localtime(shift.frozen_at):%H:%M}")
    shift.refresh_from_db()
    note_history(shift, by)
    place_lines(shift, by=by)
    return shift


def place_lines(shift: Shift, *, by) -> int:
    """Put the lines around a hand-over into the shift they happened in; returns how many moved.

    A line of a closed sheet stays where it was sealed, and none goes into one.
    """
    point, last = shift.day.service_point, max(shift.ends_at, end_of(shift))
    lines = LogEntry.objects.filter(
        day__service_point=point, happened_at__gte=shift.starts_at, happened_at__lte=last
    ).select_related("day", "shift")
    shifts, moved = shifts_around(last, point), 0
    for entry in lines:
        right = shift_of(entry.happened_at, shifts)
        day = right.day if right else entry.day
        if entry.shift == right or entry.day.is_locked or day.is_locked or entry.is_sealed:
            continue
        amend(entry, by=by, reason="交班后归入所在班次", day=day, shift=right)
        moved += 1
    return moved
