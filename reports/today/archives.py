"""From the 1st on: last month is not archived yet."""

from django.urls import reverse

from dutylog.models import DutyDay
from reports.models import MonthArchive
from reports.services.archiving import RIGHT
from servicedesk.periods import running_month
from servicedesk.services.today import Named, Waiting, sources


def waiting(user) -> list[Named]:
    """For whoever may archive, until it is done; a desk without days in that month has nothing to archive."""
    if not user.has_perm(RIGHT):
        return []
    month = running_month().before

    def say(archives: list[MonthArchive], days: list[DutyDay]) -> list[Waiting]:
        if archives or not days:
            return []
        return [Waiting(
            sentence=f"{month}还没有归档,请先看缺什么", button="去归档", weight=1,
            url=reverse("reports:archive_create", args=[month.key]),
        )]

    archives = MonthArchive.objects.filter(month=month.first).defer("manifest")[:1]
    days = DutyDay.objects.filter(on__range=(month.first, month.last)).order_by("pk")[:1]
    return [Named(lists=[archives, days], say=say)]


sources.waiting.append(waiting)
