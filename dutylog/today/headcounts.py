"""Headcounts on the start page: times that are due and not written, figures told to nobody."""

from django.urls import reverse
from django.utils import timezone

from dutylog.models import DutyDay, HeadcountReport, HeadcountSend
from dutylog.services.headcount_tables import times_of
from servicedesk.services.today import Named, Waiting, sources

MOST = 4


def waiting(user) -> list[Named]:
    """Of today's sheets at the person's own desks."""
    if not user.has_perm("dutylog.add_headcountreport"):
        return []
    own = user.service_points.all()
    days = DutyDay.objects.unlocked().filter(on=timezone.localdate(), service_point__in=own)
    reports = HeadcountReport.objects.standing().filter(on=timezone.localdate(), service_point__in=own)
    told = HeadcountSend.objects.filter(report__in=reports).values_list("report", flat=True)
    lists = [days.select_related("service_point").order_by("pk"), reports.order_by("pk"), told.order_by("pk")]
    return [Named(lists=lists, say=_say)]


def _say(days: list[DutyDay], reports: list[HeadcountReport], told: list[int]) -> list[Waiting]:
    lines = []
    for day in days:
        where = f"{day.service_point} " if len(days) > 1 else ""
        lines += _of_day(day, where, {row.slot: row for row in reports if row.day_id == day.pk}, set(told))
    return lines[:MOST]


def _of_day(
    day: DutyDay, where: str, standing: dict[str, HeadcountReport], told: set[int]
) -> list[Waiting]:
    found = []
    for row in times_of(day, standing=standing):
        if row["report"] is None and row["is_due"]:
            late = ",已逾期" if row["is_overdue"] else ""
            found.append(Waiting(
                sentence=f"{where}{row['label']} 报送人数还没有登记{late}", button="去登记", weight=4,
                tone="cinnabar" if row["is_overdue"] else "ochre",
                url=f"{reverse('dutylog:headcount_create')}?day={day.pk}&slot={row['label']}",
            ))
        elif row["report"] is not None and row["report"].pk not in told:
            found.append(Waiting(
                sentence=f"{where}{row['label']} 入园 {row['report'].entered:,} 人还没有报送", button="去报送",
                weight=3,
                url=reverse("dutylog:headcount_detail", args=[row["report"].pk]),
            ))
    return found


sources.waiting.append(waiting)
