"""The duty day: found or opened for a moment, once per date and desk."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from dutylog.choices import DAY_PREFIX, DayKind, DayState
from dutylog.errors.days import HoursTakenInRow
from dutylog.models import DutyDay, Shift
from dutylog.services.calendar import KindOfDay, kind_of_day
from dutylog.services.locks import refuse_locked
from dutylog.services.roster import propose_roster
from dutylog.services.shifts import crosses_midnight, make_shifts, patterns_for, shift_of, shifts_around
from servicedesk.choices import Role
from servicedesk.models import ServicePoint, User
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.transitions import amend, move

SYSTEM_STAFF_NO = "SYSTEM"


def number_of_day(on: dt.date, point: ServicePoint) -> str:
    """`ZB-20250501`: one sheet a day, so the date is the number."""
    return f"{DAY_PREFIX}{point.serial_mark}-{on:%Y%m%d}"


def system_person() -> User:
    """Who a job writes as when nobody is at the desk; never signs in."""
    person, _ = User.objects.get_or_create(
        staff_no=SYSTEM_STAFF_NO,
        defaults={"name": "系统", "is_active": False, "position": "自动任务", "password": make_password(None)},
    )
    return person


def duty_day(on: dt.date, point: ServicePoint, *, by) -> DutyDay:
    """The sheet of a date at a desk; made with its shifts and roster when it is not there yet.

    Of two desks that make it one wins. A sheet whose date has come is opened.
    """
    found = DutyDay.objects.filter(on=on, service_point=point).select_related("service_point").first()
    if found is None:
        try:
            with transaction.atomic():
                found = _make_day(on, point, by=by)
        except IntegrityError:
            found = DutyDay.objects.select_related("service_point").get(on=on, service_point=point)
    return _begun(found, by=by)


def _make_day(on: dt.date, point: ServicePoint, *, by) -> DutyDay:
    kind = kind_of_day(on)
    day = DutyDay(
        number=number_of_day(on, point), service_point=point, on=on, created_at=timezone.now(), created_by=by,
        day_kind=kind.kind, day_name=kind.name, is_provisional=kind.is_provisional,
        opens_at=preferences.value("dutylog.opens_at"), closes_at=preferences.value("dutylog.closes_at"),
        head=User.objects.active().at(point).holding(Role.MANAGER).order_by("staff_no").first(),
    )
    day._history_user = by
    day.save()
    propose_roster(day, make_shifts(day, _patterns(kind), by=by), by=by)
    index_record(day)
    return day


def _patterns(kind: KindOfDay) -> list:
    return patterns_for(is_holiday=kind.kind == DayKind.HOLIDAY)


def _begun(day: DutyDay, *, by) -> DutyDay:
    """A sheet made ahead is opened on its day, by the first who comes."""
    if day.state == DayState.NOT_OPEN and day.on <= timezone.localdate():
        with transaction.atomic():
            fresh = DutyDay.objects.select_for_update().get(pk=day.pk)
            if fresh.state == DayState.NOT_OPEN:
                move(fresh, DayState.ON_DUTY, by=by, opened_at=timezone.now())
        return fresh
    return day


def open_today(point: ServicePoint, *, by=None) -> DutyDay:
    """Open the sheet of today at a desk; a job calls it without a person. Calling it again changes nothing."""
    return duty_day(timezone.localdate(), point, by=by or system_person())


def first_due_at(on: dt.date) -> dt.datetime:
    """When the first people of a date have to be there, by the settings."""
    begins = min(pattern.on(on)[0] for pattern in _patterns(kind_of_day(on)))
    return begins - dt.timedelta(minutes=preferences.value("dutylog.sign_in_before_minutes"))


def shift_at(moment: dt.datetime, point: ServicePoint) -> Shift | None:
    """The shift in which a moment lies: after the hand-over of the one before, until its own."""
    return shift_of(moment, shifts_around(moment, point))


def duty_day_at(moment: dt.datetime, point: ServicePoint, *, by) -> tuple[DutyDay, Shift | None]:
    """The day and shift that a moment belongs to: a night shift's early hours are the day before's.

    Outside all shift hours it is the calendar date's. The sheet is made when it is not there yet.
    """
    shifts = shifts_around(moment, point)
    shift = shift_of(moment, shifts)
    if shift is None:
        day = duty_day(_date_outside(moment, shifts), point, by=by)
        # With its shifts there, the one before it that was handed over may say that its own has begun.
        shift = shift_at(moment, point)
        return day, shift if shift and shift.day_id == day.pk else None
    day = _begun(shift.day, by=by)
    return day, shift


def duty_date(moment: dt.datetime, point: ServicePoint) -> dt.date:
    """The date of the sheet that `duty_day_at` would answer with; asks, and makes none."""
    return duty_dates(moment, [point])[point.pk]


def duty_dates(moment: dt.datetime, points: Sequence[ServicePoint]) -> dict[int, dt.date]:
    """`duty_date` of several desks, by their keys, with one query."""
    around: dict[int, list[Shift]] = {point.pk: [] for point in points}
    for shift in shifts_around(moment, *points):
        around[shift.day.service_point_id].append(shift)
    found = {key: shift_of(moment, shifts) for key, shifts in around.items()}
    return {key: shift.day.on if shift else _date_outside(moment, around[key]) for key, shift in found.items()}


def _date_outside(moment: dt.datetime, shifts: Sequence[Shift]) -> dt.date:
    """The date of a moment that no shift there takes: a night that was handed over early is over."""
    on, today = _date_by_pattern(moment), timezone.localdate(moment)
    nights = [shift for shift in shifts if shift.day.on == on and timezone.localdate(shift.ends_at) == today]
    is_over = on != today and any(night.frozen_at and night.frozen_at < moment for night in nights)
    return today if is_over else on


def _date_by_pattern(moment: dt.datetime) -> dt.date:
    """The date whose sheet a moment wants: the day before while its night shift would still run."""
    today = timezone.localdate(moment)
    if not crosses_midnight():
        return today
    yesterday = today - dt.timedelta(days=1)
    ends = [pattern.on(yesterday)[1] for pattern in _patterns(kind_of_day(yesterday))]
    return yesterday if any(timezone.localdate(end) == today and moment <= end for end in ends) else today


def edit_day(day: DutyDay, *, by, version: int | None = None, **facts: Any) -> DutyDay:
    """Change the head of a sheet: weather, hours, duty people, kind of day (which a person then has settled).

    Raises:
        DayLocked: it is closed.
        HoursTakenInRow: it closes before it opens.
        EditedMeanwhile: somebody else did since `version`.
    """
    opens, closes = facts.get("opens_at", day.opens_at), facts.get("closes_at", day.closes_at)
    if opens and closes and closes <= opens:
        raise HoursTakenInRow(field="closes_at")
    if facts.get("day_kind", day.day_kind) != day.day_kind or facts.get("day_name", day.day_name) != day.day_name:
        facts["is_provisional"] = False
    with transaction.atomic():
        refuse_locked(day)
        amend(day, by=by, version=version, **facts)
        index_record(day)
    return day


def missing_dates(point: ServicePoint, first: dt.date, last: dt.date) -> list[dt.date]:
    """Dates without a sheet between two days, both included, but none after today."""
    last = min(last, timezone.localdate())
    there = set(DutyDay.objects.filter(service_point=point, on__range=(first, last)).values_list("on", flat=True))
    days = (last - first).days + 1
    return [on for on in (first + dt.timedelta(days=n) for n in range(days)) if on not in there]
