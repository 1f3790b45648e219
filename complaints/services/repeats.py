"""重复投诉: the same number complained within the days of the setting."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from complaints.models import Complaint
from servicedesk.sealing import normal
from servicedesk.services import preferences

SHORTEST_NUMBER = 7
MOST = 5


def repeats_of(phone: str, user: Any, besides: int | None = None, at: dt.datetime | None = None) -> QuerySet[Complaint]:
    """Complaints of this whole number within the days before `at` that the person may see, newest first."""
    rows = Complaint.objects.visible_to(user)
    if len(normal(phone)) < SHORTEST_NUMBER:
        return rows.none()
    moment = at or timezone.now()
    since = moment - dt.timedelta(days=preferences.value("complaints.repeat_days"))
    found = rows.counted().of_phone(phone).filter(received_at__gte=since, received_at__lte=moment).exclude(pk=besides)
    return found.select_related("zone").order_by("-received_at")[:MOST]
