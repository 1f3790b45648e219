"""What calls and counters add to 业务量: each enquiry once, by phone or on the spot."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Sum

from dutylog.choices import PHONE_DIRECTIONS, EntryCategory, TallyDirection
from dutylog.models import DutyDay, Enquiry, EnquiryTally, LogEntry


def by_phone(day: DutyDay) -> int:
    """Lines of the sheet under 咨询 that a call wrote."""
    lines = LogEntry.objects.standing().filter(
        day=day, category=EntryCategory.ENQUIRY, content_type=ContentType.objects.get_for_model(Enquiry),
    )
    calls = Enquiry.objects.filter(pk__in=lines.values("object_id"), direction__in=PHONE_DIRECTIONS)
    return calls.count()


def _tallied(day: DutyDay, direction: str) -> int:
    rows = EnquiryTally.objects.filter(day=day, direction=direction)
    return rows.aggregate(number=Sum("change"))["number"] or 0


def phone(day: DutyDay) -> int:
    """电话咨询: calls with a line of their own, and those that were only counted."""
    return by_phone(day) + _tallied(day, TallyDirection.PHONE)


def on_site(day: DutyDay) -> int:
    """What comes to the lines under 咨询 to give 现场咨询: the strokes, without the lines that were calls."""
    return _tallied(day, TallyDirection.ON_SITE) - by_phone(day)

