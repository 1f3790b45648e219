"""Counters of ordinary questions: one key, one stroke; taken back by a stroke of its own."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from dutylog.choices import TallyDirection
from dutylog.errors.enquiries import NoSuchTopic, NothingToTakeBack
from dutylog.models import DutyDay, EnquiryTally
from dutylog.services.days import duty_day_at, refuse_locked
from servicedesk.services import preferences


def topics() -> list[str]:
    """The topics in the order of their keys 1–9."""
    return preferences.value("dutylog.enquiry_topics")


@transaction.atomic
def count_question(topic: str, direction: str, *, by, point) -> EnquiryTally:
    """Add one to a topic on the sheet of now.

    Raises:
        NoSuchTopic: the settings know no such topic or direction.
        DayLocked: the sheet is closed.
    """
    if topic not in topics() or direction not in TallyDirection:
        raise NoSuchTopic
    now = timezone.now()
    day, _ = duty_day_at(now, point, by=by)
    refuse_locked(day)
    return EnquiryTally.objects.create(day=day, direction=direction, topic=topic, change=1, at=now, by=by)


@transaction.atomic
def take_back(*, by, point) -> EnquiryTally:
    """Undo the person's own last stroke on the sheet of now.

    Raises:
        NothingToTakeBack: none of theirs is left.
        DayLocked: the sheet is closed.
    """
    now = timezone.now()
    day, _ = duty_day_at(now, point, by=by)
    refuse_locked(day)
    last = EnquiryTally.objects.filter(day=day, by=by, change=1, undone_by=None).order_by("-pk").first()
    if last is None:
        raise NothingToTakeBack
    try:
        with transaction.atomic():
            return EnquiryTally.objects.create(
                day=day, direction=last.direction, topic=last.topic, change=-1, undoes=last, at=now, by=by
            )
    except IntegrityError:
        # Another browser of the same person took it back at the same moment.
        raise NothingToTakeBack from None


def strokes_of(day: DutyDay | None) -> QuerySet:
    """How often each topic was counted on a sheet: direction, topic, number."""
    rows = EnquiryTally.objects.filter(day=day) if day else EnquiryTally.objects.none()
    return rows.values_list("direction", "topic").order_by().annotate(Sum("change"))


def tallied(strokes: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """`{"on_site": {"问路": 12, …}, "phone": {…}}` of a sheet; topics of the settings first, old ones after them."""
    found: dict[str, dict[str, int]] = {value: dict.fromkeys(topics(), 0) for value in TallyDirection.values}
    for direction, topic, number in strokes:
        found[direction][topic] = number
    return found


def counters(day: DutyDay | None, strokes: Iterable[tuple[str, str, int]] | None = None) -> dict[str, Any]:
    """What the panel of keys shows: each topic with its key and its two figures, and the sums.

    `strokes` are those of the sheet where they are in hand.
    """
    figures = tallied(strokes_of(day) if strokes is None else strokes)
    on_site, phone = figures[TallyDirection.ON_SITE], figures[TallyDirection.PHONE]
    rows = [
        {"key": key, "topic": topic, "on_site": on_site[topic], "phone": phone[topic]}
        for key, topic in enumerate(topics(), start=1)
    ]
    return {"rows": rows, "on_site": sum(on_site.values()), "phone": sum(phone.values())}
