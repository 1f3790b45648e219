"""Rounds that nobody walked in a month that is archived."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from checklists.services.owed import owed_of, rounds_between
from servicedesk.models import ServicePoint
from servicedesk.monthgaps import Gap, Lists, MonthGap, add_month_gap
from servicedesk.periods import Period
from servicedesk.templatetags.said import day_in_full


def _rounds(month: Period) -> dict[str, QuerySet]:
    points: Any = ServicePoint.objects.filter(is_active=True)
    return {"points": points, "rounds": rounds_between(points, month.first, month.last)}


def missed_rounds(month: Period, lists: Lists) -> list[Gap]:
    """Neither walked nor approved as missed."""
    points, today = lists["points"], timezone.localdate()
    owed = owed_of(
        points, month.first, month.last, today={point.pk: today for point in points}, rounds=lists["rounds"],
    )
    return [
        Gap(f"{day_in_full(each.on, with_year=False)} {each.point} {each.template.name}漏查",
            f"{reverse('checklists:round_day')}?on={each.on:%Y-%m-%d}")
        for each in reversed(owed) if each.is_missed
    ]


add_month_gap(MonthGap(
    key="checklists.missed", label="漏查没有批准的检查", questions=_rounds, gaps=missed_rounds,
))
