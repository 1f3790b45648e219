"""The duty day's repeated jobs."""

import datetime as dt

from django.utils import timezone

from dutylog.models import Briefing
from dutylog.services.briefing_readers import remind_unsigned
from dutylog.services.briefings import url_of
from dutylog.services.days import open_today
from servicedesk.models import ServicePoint
from servicedesk.services import preferences
from servicedesk.services.jobs import add_job

# Readers who are off sign when they are back; after a month nobody is reminded any more.
REMINDED_FOR = dt.timedelta(days=31)


def remind_readers() -> str:
    """Each reader is reminded once per version, some hours after it was published."""
    now = timezone.now()
    before = now - dt.timedelta(hours=preferences.value("dutylog.briefing_remind_hours"))
    old = Briefing.objects.not_signed_by_all().filter(
        versions__at__lte=before, published_at__gte=now - REMINDED_FOR
    ).distinct()
    ripe = [b for b in old if b.versions.filter(edition=b.edition, at__lte=before).exists()]
    count = sum(remind_unsigned(briefing, url=url_of(briefing)) for briefing in ripe)
    return f"提醒 {count} 人审阅早会记录" if count else ""


def open_sheets() -> str:
    """Today's sheet at every open desk; whoever comes first makes it when no job runs."""
    points = ServicePoint.objects.filter(is_active=True)
    return f"{len([open_today(point) for point in points])} 个服务点的值班日已开"


add_job("dutylog.open_sheets", "开当日值班日", every=dt.timedelta(minutes=10), run=open_sheets)
add_job("dutylog.remind_readers", "提醒审阅早会记录", every=dt.timedelta(minutes=15), run=remind_readers)
