"""The duty day's repeated jobs."""

import datetime as dt

from django.utils import timezone

from dutylog.choices import DayState
from dutylog.models import Briefing, DutyDay
from dutylog.services.briefing_readers import remind_unsigned
from dutylog.services.briefings import url_of
from dutylog.services.days import first_due_at, open_today
from dutylog.services.followup_reminders import remind_owners
from dutylog.services.followup_steps import people_who_may
from dutylog.services.verifying import verify_all
from servicedesk.models import ServicePoint
from servicedesk.services import preferences
from servicedesk.services.inbox import tell
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


def open_days() -> str:
    """Open today's sheet at each desk once the first people are due; calling again changes nothing."""
    now = timezone.localtime()
    opened = []
    for point in ServicePoint.objects.filter(is_active=True):
        if now >= first_due_at(now.date()) and not DutyDay.objects.filter(
            on=now.date(), service_point=point
        ).exclude(state=DayState.NOT_OPEN).exists():
            opened.append(open_today(point).number)
    return f"开班 {'、'.join(opened)}" if opened else ""


def verify_seals() -> str:
    """Once a day; whoever may reopen a day is told when something does not fit."""
    findings = verify_all()
    if not findings:
        return ""
    sentence = f"锁定核对发现 {len(findings)} 处不符:{findings[0]}。请管理员运行 manage.py verify 查看全部"
    tell(people_who_may("dutylog.reopen_dutyday"), sentence)
    return f"发现 {len(findings)} 处不符"


add_job("dutylog.verify_seals", "核对已锁定的值班日", every=dt.timedelta(days=1), run=verify_seals)
add_job("dutylog.open_days", "每天自动开班", every=dt.timedelta(minutes=5), run=open_days)
add_job("dutylog.remind_owners", "提醒逾期和没有进展的整改", every=dt.timedelta(days=1), run=remind_owners)
add_job("dutylog.remind_readers", "提醒审阅早会记录", every=dt.timedelta(minutes=15), run=remind_readers)
