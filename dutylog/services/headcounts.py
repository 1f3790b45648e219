"""报送人数: counted at the report times, corrected by a further row, told with a record of to whom and when."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from dutylog.choices import HEADCOUNT_PREFIX, DayKind, SendMeans
from dutylog.errors.headcounts import (
    AlreadyCorrected,
    CountFalls,
    CountOvertakes,
    CountTooLarge,
    MoreInsideThanEntered,
    NoChannel,
    NoSuchSlot,
    NothingCorrected,
    NotOfBefore,
    OtherDeskReports,
    RecipientNeeded,
    SlotTaken,
    TakenInFuture,
)
from dutylog.hours import CLOSING, read_time
from dutylog.models import DutyDay, HeadcountReport, HeadcountSend
from dutylog.services.days import refuse_locked
from dutylog.topics import HEADCOUNT
from servicedesk.errors import ReasonNeeded
from servicedesk.models import ServicePoint
from servicedesk.services import kept, preferences
from servicedesk.services.asking import by_key
from servicedesk.services.search import index_record
from servicedesk.services.sending import send
from servicedesk.services.serials import take_serial

TOLERANCE = dt.timedelta(minutes=1)
SENDS = Prefetch("sends", HeadcountSend.objects.select_related("by"))


@dataclass(frozen=True)
class Slot:
    """A report time of a day."""

    label: str
    due_at: dt.datetime

    def is_overdue(self, now: dt.datetime) -> bool:
        """Past its moment by more than the grace of the settings; equal is on time."""
        return now > self.due_at + dt.timedelta(minutes=preferences.value("dutylog.headcount_grace_minutes"))


@dataclass(frozen=True, kw_only=True)
class HeadcountFacts:
    """What was counted. `shows` are pairs of a show and its people; `taken_at` defaults to now."""

    slot: str
    entered: int
    inside: int | None = None
    shows: Sequence[tuple[str, int]] = ()
    events: str = ""
    taken_at: dt.datetime | None = None


def reports_at(point: ServicePoint) -> bool:
    """Whether a desk counts the park."""
    reporting = reporting_desks()
    return not reporting or point.name in reporting


def reporting_desks() -> set[str]:
    """The desks of the settings that are open; empty when all report, also when none of them is there any more."""
    named = {name.strip() for name in preferences.value("dutylog.headcount_points")}
    return named & {each.name for each in kept.rows_of(ServicePoint.objects.filter(is_active=True))}


def refuse_other_desk(point: ServicePoint) -> None:
    """Raises OtherDeskReports: the settings name others."""
    if not reports_at(point):
        raise OtherDeskReports(point=point.name, others="、".join(sorted(reporting_desks())))


def slots_of(day: DutyDay) -> list[Slot]:
    """The report times of a day in their order, none at a desk that does not report; a holiday may have its own."""
    if not reports_at(day.service_point):
        return []
    own = preferences.value("dutylog.headcount_times_holiday") if day.day_kind == DayKind.HOLIDAY else []
    labels = [label.strip() for label in own or preferences.value("dutylog.headcount_times")]
    return sorted((Slot(label, due_of(day, label)) for label in labels), key=lambda slot: slot.due_at)


def due_of(day: DutyDay, label: str) -> dt.datetime:
    """When a report time is on a day; 闭园 follows the day's own closing."""
    closes = day.closes_at or preferences.value("dutylog.closes_at")
    return timezone.make_aware(dt.datetime.combine(day.on, read_time(label) or closes))


def standing_rows(day: DutyDay) -> QuerySet[HeadcountReport]:
    """The figures in force of a day, with whom they were told to."""
    rows = HeadcountReport.objects.filter(day=day).standing().select_related("created_by", "corrects", "corrected_by")
    return rows.prefetch_related(SENDS).order_by("due_at", "pk")


def sends_of(reports: QuerySet[HeadcountReport]) -> QuerySet[HeadcountSend]:
    """To whom those reports were told, as a question of its own."""
    return HeadcountSend.objects.filter(report__in=reports.order_by().values("pk")).select_related("by")


def with_sends(reports: Sequence[HeadcountReport], sends: Iterable[HeadcountSend]) -> Sequence[HeadcountReport]:
    """The reports with their sends in hand, as if they had been prefetched."""
    told = by_key(sends, "report_id")
    for report in reports:
        report._prefetched_objects_cache = {"sends": told.get(report.pk, [])}  # type: ignore[attr-defined]
    return reports


def by_slot(rows: Iterable[HeadcountReport]) -> dict[str, HeadcountReport]:
    return {row.slot: row for row in rows}


def standing_of(day: DutyDay) -> dict[str, HeadcountReport]:
    """The figures in force of a day, by report time."""
    return by_slot(standing_rows(day))


@transaction.atomic
def file_headcount(day: DutyDay, facts: HeadcountFacts, *, by) -> HeadcountReport:
    """Write the figures of a report time, once per day, desk and time.

    Raises:
        DayLocked: the sheet is closed.
        OtherDeskReports: this desk does not count the park.
        NoSuchSlot, SlotTaken: not a time of the day, or a colleague has written it.
        CountFalls, CountOvertakes, MoreInsideThanEntered, CountTooLarge, TakenInFuture: a slip of the hand.
    """
    refuse_locked(day)
    refuse_other_desk(day.service_point)
    slot = next((slot for slot in slots_of(day) if slot.label == facts.slot), None)
    if slot is None:
        raise NoSuchSlot(day=day.number, slot=facts.slot, field="slot")
    standing = standing_of(day)
    if facts.slot in standing:
        raise _taken(standing[facts.slot])
    _check(facts, slot.due_at, list(standing.values()))
    try:
        with transaction.atomic():
            return _new(day, facts, day.on, slot.due_at, by=by, point=day.service_point)
    except IntegrityError:
        raise _taken(standing_of(day)[facts.slot]) from None


def _taken(report: HeadcountReport) -> SlotTaken:
    return SlotTaken(
        slot=report.slot, who=report.created_by.name, entered=report.entered, number=report.number, field="slot"
    )


def _new(
    day: DutyDay | None, facts: HeadcountFacts, on: dt.date, due_at: dt.datetime, *, by, point, **more: Any
) -> HeadcountReport:
    now = timezone.now()
    report = HeadcountReport.objects.create(
        number=take_serial(HEADCOUNT_PREFIX, point, on), service_point=point, created_at=now, created_by=by, day=day,
        on=on, slot=facts.slot, due_at=due_at,
        taken_at=facts.taken_at or now, entered=facts.entered, inside=facts.inside, shows=_shows(facts),
        events=facts.events.strip(), **more,
    )
    index_record(report)
    return report


def _shows(facts: HeadcountFacts) -> list[dict[str, Any]]:
    return [{"show": show.strip()[:40], "people": people} for show, people in facts.shows]


def _check(facts: HeadcountFacts, due_at: dt.datetime, others: Sequence[HeadcountReport]) -> None:
    """Figures that can be: nobody un-enters, and no more are inside than came."""
    limit = preferences.value("dutylog.headcount_most")
    for field, count in (("entered", facts.entered), ("inside", facts.inside), *(("shows", n) for _, n in facts.shows)):
        if count is not None and count > limit:
            raise CountTooLarge(count=count, limit=limit, field=field)
    if facts.inside is not None and facts.inside > facts.entered:
        raise MoreInsideThanEntered(inside=facts.inside, entered=facts.entered, field="inside")
    if facts.taken_at and facts.taken_at > timezone.now() + TOLERANCE:
        raise TakenInFuture(at=f"{timezone.localtime(facts.taken_at):%m-%d %H:%M}", field="taken_at")
    for other in others:
        named: dict[str, Any] = {
            "slot": other.slot, "entered": other.entered, "number": other.number, "field": "entered",
        }
        if other.due_at < due_at and facts.entered < other.entered:
            raise CountFalls(**named)
        if other.due_at > due_at and facts.entered > other.entered:
            raise CountOvertakes(**named)


@transaction.atomic
def correct_headcount(report: HeadcountReport, facts: HeadcountFacts, *, by, reason: str) -> HeadcountReport:
    """更正: a further row with the reason takes the place of the old one, which stays to be read.

    Raises:
        DayLocked: the sheet is closed.
        ReasonNeeded, NothingCorrected: a correction without cause.
        AlreadyCorrected: a colleague was faster.
        CountFalls and the other slips of `file_headcount`.
    """
    if report.day:
        refuse_locked(report.day)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    old = HeadcountReport.objects.select_related("corrected_by").get(pk=report.pk)
    if old.is_superseded:
        raise AlreadyCorrected(number=old.number, by=old.corrected_by.number)
    if (old.entered, old.inside, old.shows, old.events) == (
        facts.entered, facts.inside, _shows(facts), facts.events.strip()
    ):
        raise NothingCorrected(number=old.number)
    others = standing_of(old.day) if old.day else {}
    _check(facts, old.due_at, [row for slot, row in others.items() if slot != old.slot])
    try:
        with transaction.atomic():
            return _new(
                old.day, facts, old.on, old.due_at, by=by, point=old.service_point, corrects=old,
                reason=reason.strip()[:200],
            )
    except IntegrityError:
        faster = HeadcountReport.objects.get(corrects=old)
        raise AlreadyCorrected(number=old.number, by=faster.number) from None


@transaction.atomic
def file_past_total(on: dt.date, entered: int, *, by, point) -> HeadcountReport:
    """往年数: the closing figure of a day before the desk kept its days here, from its paper, for 同期.

    Raises:
        NotOfBefore: the desk has a sheet of that date or of an earlier one.
        SlotTaken: it is written already.
        CountTooLarge: a slip of the hand.
    """
    first = DutyDay.objects.filter(service_point=point).order_by("on").values_list("on", flat=True).first()
    before = first or timezone.localdate()
    if on >= before:
        raise NotOfBefore(first=f"{before:%Y-%m-%d}", field="on")
    there = HeadcountReport.objects.standing().filter(service_point=point, on=on, slot=CLOSING).first()
    if there is not None:
        raise _taken(there)
    due = timezone.make_aware(dt.datetime.combine(on, preferences.value("dutylog.closes_at")))
    facts = HeadcountFacts(slot=CLOSING, entered=entered, taken_at=due)
    _check(facts, due, [])
    return _new(None, facts, on, due, by=by, point=point)


def text_of(report: HeadcountReport) -> str:
    """The ready text, as it is pasted into the group or sent."""
    slot = "闭园合计" if report.slot == CLOSING else report.slot
    parts = [f"{report.service_point}{report.on.month}月{report.on.day}日 {slot} 入园 {report.entered:,} 人"]
    if report.inside is not None:
        parts.append(f"在园 {report.inside:,} 人")
    if report.theatre:
        parts.append(f"剧院 {report.theatre}")
    if report.events:
        parts.append(f"活动 {report.events}")
    text = ",".join(parts) + "。"
    return f"更正:{text}原报入园 {report.corrects.entered:,} 人。" if report.corrects else text


@transaction.atomic
def send_headcount(report: HeadcountReport, *, by) -> HeadcountSend:
    """Queue the text for the channels that get headcounts, and write down which they are.

    Raises:
        DayLocked: the sheet is closed.
        AlreadyCorrected: a newer figure stands.
        NoChannel: nobody set one up; the text can be copied.
    """
    _refuse_past(report)
    deliveries = send(text_of(report), HEADCOUNT, by=by, about=report)
    if not deliveries:
        raise NoChannel
    names = "、".join(delivery.channel.name for delivery in deliveries)
    return _note(report, SendMeans.CHANNEL, names, timezone.now(), by=by)


@transaction.atomic
def note_sent(
    report: HeadcountReport, to_whom: str, *, means: str, by, at: dt.datetime | None = None
) -> HeadcountSend:
    """记为已报送: the text was pasted, called or radioed by hand.

    Raises:
        DayLocked: the sheet is closed.
        AlreadyCorrected: a newer figure stands.
        RecipientNeeded, TakenInFuture: a slip of the hand.
    """
    _refuse_past(report)
    if not to_whom.strip():
        raise RecipientNeeded(field="to_whom")
    if at and at > timezone.now() + TOLERANCE:
        raise TakenInFuture(at=f"{timezone.localtime(at):%m-%d %H:%M}", field="at")
    return _note(report, means, to_whom, at or timezone.now(), by=by)


def _refuse_past(report: HeadcountReport) -> None:
    """Raises DayLocked, AlreadyCorrected: of a closed sheet, or not in force."""
    if report.day:
        refuse_locked(report.day)
    newer = HeadcountReport.objects.filter(corrects=report).first()
    if newer is not None:
        raise AlreadyCorrected(number=report.number, by=newer.number)


def _note(report: HeadcountReport, means: str, to_whom: str, at: dt.datetime, *, by) -> HeadcountSend:
    return HeadcountSend.objects.create(report=report, means=means, to_whom=to_whom.strip()[:200], at=at, by=by)
