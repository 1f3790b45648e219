"""Headcounts on the start page: times that are due and not written, figures told to nobody."""

from django.urls import reverse
from django.utils import timezone

from dutylog.models import DutyDay
from dutylog.services.headcount_tables import times_of
from servicedesk.services.today import Waiting, sources

MOST = 4


def waiting(user) -> list[Waiting]:
    """Of today's sheets at the person's own desks."""
    if not user.has_perm("dutylog.add_headcountreport"):
        return []
    days = DutyDay.objects.unlocked().filter(
        on=timezone.localdate(), service_point__in=user.service_points.all()
    ).select_related("service_point")
    several = user.service_points.count() > 1
    lines = [line for day in days for line in _of_day(day, f"{day.service_point} " if several else "")]
    return lines[:MOST]


def _of_day(day: DutyDay, where: str) -> list[Waiting]:
    found = []
    for row in times_of(day):
        if row["report"] is None and row["is_due"]:
            late = ",已逾期" if row["is_overdue"] else ""
            found.append(Waiting(
                sentence=f"{where}{row['label']} 报送人数还没有登记{late}", button="去登记", weight=4,
                tone="cinnabar" if row["is_overdue"] else "ochre",
                url=f"{reverse('dutylog:headcount_create')}?day={day.pk}&slot={row['label']}",
            ))
        elif row["report"] is not None and not row["report"].sent:
            found.append(Waiting(
                sentence=f"{where}{row['label']} 入园 {row['report'].entered:,} 人还没有报送", button="去报送",
                weight=3,
                url=reverse("dutylog:headcount_detail", args=[row["report"].pk]),
            ))
    return found


sources.waiting.append(waiting)
