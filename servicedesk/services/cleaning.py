"""What nobody needs any more: drafts left behind, keys of forms long saved, ended sessions, old tasks and results."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.utils import timezone

from servicedesk.models import Draft, Submission
from servicedesk.services import preferences
from servicedesk.services.longtasks import forget_old_long_tasks
from servicedesk.services.tasks import forget_old_tasks, give_back_orphans

# A form is sent a second time within minutes, from a page left open within days.
SUBMISSIONS_KEPT = dt.timedelta(days=30)


def clean_up() -> str:
    """Delete them; says how many of which."""
    now = timezone.now()
    drafts_before = now - dt.timedelta(days=preferences.value("servicedesk.draft_days"))
    drafts = Draft.objects.filter(saved_at__lt=drafts_before).delete()[0]
    submissions = Submission.objects.filter(at__lt=now - SUBMISSIONS_KEPT).delete()[0]
    sessions = Session.objects.filter(expire_date__lt=now).delete()[0]
    tasks, results = forget_old_tasks(), forget_old_long_tasks()
    return (
        f"清理草稿 {drafts}、提交记录 {submissions}、过期登录 {sessions}、任务记录 {tasks}、长任务结果 {results}"
    )


def mend_tasks() -> str:
    """Tasks of a runner that died go back into the queue."""
    count = give_back_orphans()
    return f"放回中断的任务 {count} 个" if count else ""
