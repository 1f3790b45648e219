"""What calls and counters add to 业务量: each enquiry once, by phone or on the spot."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, Sum

from dutylog.choices import PHONE_DIRECTIONS, EntryCategory, TallyDirection
from dutylog.models import DutyDay, Enquiry, EnquiryTally, LogEntry
from dutylog.services.figures import Asked


def _calls(day: DutyDay) -> QuerySet:
    """Lines of the sheet under 咨询 that a call wrote."""
    lines = LogEntry.objects.standing().filter(
        day=day, category=EntryCategory.ENQUIRY, content_type=ContentType.objects.get_for_model(Enquiry),
    )
    return Enquiry.objects.filter(pk__in=lines.values("object_id"), direction__in=PHONE_DIRECTIONS).order_by()


def of_calls(day: DutyDay) -> Asked:
    """电话咨询: calls with a line of their own, and those only counted. 现场咨询: the strokes, less those calls."""
    strokes = EnquiryTally.objects.filter(day=day).values_list("direction").order_by().annotate(Sum("change"))
    return Asked([strokes, _calls(day).values_list("pk")], _counted)


def _counted(strokes: list[tuple], calls: list[tuple]) -> dict[str, int]:
    figures = dict(strokes)
    return {
        "phone": figures.get(TallyDirection.PHONE, 0) + len(calls),
        EntryCategory.ENQUIRY.value: figures.get(TallyDirection.ON_SITE, 0) - len(calls),
    }
