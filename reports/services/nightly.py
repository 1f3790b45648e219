"""What the program does by itself: last month is archived when its day has come, and at night papers are drawn.

Both take minutes: the job only looks whether it is time, the runner's second hand does the work.
"""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from dutylog.models import DutyDay
from dutylog.services.followup_steps import people_who_may
from reports.models import MonthArchive
from reports.services.archiving import RIGHT, archive_month, next_order
from reports.services.chapters import draw_ahead
from servicedesk.errors import Refusal
from servicedesk.periods import read_month, running_month
from servicedesk.services import preferences
from servicedesk.services.inbox import tell

NIGHT = range(1, 6)
# A work that failed is not tried again at every look.
AGAIN_AFTER = dt.timedelta(hours=12)


def archive_when_due() -> str:
    """Queue the archive of last month, once its day and hour have come and nobody made it; says so."""
    now, month = timezone.localtime(), running_month().before
    due = now.replace(day=preferences.value("reports.archive_day"))
    hour = preferences.value("reports.archive_hour")
    is_due = now >= due.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    if not preferences.value("reports.archives_by_itself") or not is_due:
        return ""
    if MonthArchive.objects.filter(month=month.first).exists() or _was_queued(archive_by_itself):
        return ""
    if not DutyDay.objects.filter(on__range=(month.first, month.last)).exists():
        return ""  # a desk that was not there yet
    archive_by_itself.enqueue(month.key)
    return f"{month}排队归档"


def draw_at_night() -> str:
    """Queue the drawing of what was finished lately, once a night."""
    if timezone.localtime().hour not in NIGHT or _was_queued(draw_papers_ahead):
        return ""
    draw_papers_ahead.enqueue()
    return "夜间绘制表单"


def _was_queued(work: Any) -> bool:
    since = timezone.now() - AGAIN_AFTER
    return DBTaskResult.objects.filter(task_path=work.module_path, enqueued_at__gt=since).exists()


@task()
def archive_by_itself(code: str) -> None:
    """Make the first version of a month; whoever may archive is told how it went."""
    month = read_month(code)
    if MonthArchive.objects.filter(month=month.first).exists():
        return
    try:
        archive = archive_month(next_order(month, by=None))
    except Refusal as refusal:
        tell(people_who_may(RIGHT), f"{month}没有自动归档:{refusal.sentence}", url=reverse("reports:archive_list"))
        return
    sentence = f"{month}已自动归档并封账,缺漏 {archive.gap_count} 项。请核对、打印签字页"
    tell(people_who_may(RIGHT), sentence, url=reverse("reports:archive_detail", args=[archive.pk]))


@task()
def draw_papers_ahead() -> None:
    """Draw the forms of this month and the last whose records are finished: binding them is then mostly a merge."""
    for month in (running_month().before, running_month()):
        draw_ahead(month)
