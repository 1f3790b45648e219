"""The closing figures of the gates, by which visitors are counted, and the days that have none."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from dutylog.hours import CLOSING
from dutylog.models import HeadcountReport
from dutylog.services.headcounts import reports_at
from servicedesk.figures import Asked
from servicedesk.models import ServicePoint
from servicedesk.services import kept


def closing_counts(rows: QuerySet) -> QuerySet:
    """Those of some headcounts that stand at the end of a day."""
    return rows.standing().filter(slot=CLOSING)  # type: ignore[attr-defined]


def counts_of(asked: Asked) -> QuerySet:
    """Desk, day and visitors that came in, of a time."""
    counts = closing_counts(HeadcountReport.objects.all()).filter(on__gte=asked.period.first, on__lt=asked.period.after)
    if asked.point is not None:
        counts = counts.filter(service_point=asked.point)
    return counts.order_by().values_list("service_point_id", "on", "entered")


def missing_note(asked: Asked, counts: list[tuple]) -> str:
    missing = days_missing(asked, {(desk, on) for desk, on, _ in counts})
    return f"不完整:缺 {said_days(missing)} 的入园人数" if missing else ""


def said_days(days: list[dt.date]) -> str:
    """`11-03、11-07 至 11-12`."""
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == dt.timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(f"{run[0]:%m-%d}" + (f" 至 {run[-1]:%m-%d}" if len(run) > 1 else "") for run in runs)


def days_missing(asked: Asked, known: set[tuple[int, dt.date]]) -> list[dt.date]:
    """Past days of which a desk that counts the park has no closing figure. Nothing is owed before a desk opened."""
    desks = [asked.point] if asked.point else kept.rows_of(ServicePoint.objects.filter(is_active=True))
    counting = [desk for desk in desks if reports_at(desk)]
    past = [day for day in asked.period.days() if day < timezone.localdate(asked.now)]
    return [
        day for day in past
        if any(desk.was_open(day) and (desk.pk, day) not in known for desk in counting)
    ]
