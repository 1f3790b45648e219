"""The duty day: found or opened for a moment, once per date and desk."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from dutylog.choices import DAY_PREFIX
from dutylog.models import DutyDay, Shift
from dutylog.services.calendar import kind_of_day
from servicedesk.models import ServicePoint


def number_of_day(on: dt.date, point: ServicePoint) -> str:
    """`ZB-20250501`: one sheet a day, so the date is the number."""
    return f"{DAY_PREFIX}{point.serial_mark}-{on:%Y%m%d}"


def duty_day(on: dt.date, point: ServicePoint, *, by) -> DutyDay:
    """The sheet of a date at a desk; made when it is not there yet. Of two desks that make it one wins."""
    found = DutyDay.objects.filter(on=on, service_point=point).first()
    if found is not None:
        return found
    kind = kind_of_day(on)
    day = DutyDay(
        number=number_of_day(on, point), service_point=point, on=on, created_at=timezone.now(), created_by=by,
        day_kind=kind.kind, day_name=kind.name, is_provisional=kind.is_provisional,
    )
    day._history_user = by
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError:
        return DutyDay.objects.get(on=on, service_point=point)
    return day


def shift_at(moment: dt.datetime, point: ServicePoint) -> Shift | None:
    """The shift in which a moment lies: after the hand-over of the one before, until its own."""
    begun = Shift.objects.filter(day__service_point=point, starts_at__lte=moment, ends_at__gt=moment)
    return begun.select_related("day").order_by("-starts_at").first()


def duty_day_at(moment: dt.datetime, point: ServicePoint, *, by) -> tuple[DutyDay, Shift | None]:
    """The day and shift that a moment belongs to: a night shift's early hours are the day before's."""
    shift = shift_at(moment, point)
    if shift is not None:
        return shift.day, shift
    return duty_day(timezone.localdate(moment), point, by=by), None
