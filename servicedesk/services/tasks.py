"""Long work that a person asked for and a runner does: the queue of django-tasks, in our own database."""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from servicedesk.models import Runner
from servicedesk.services.jobs import LEASE

log = logging.getLogger(__name__)
KEPT = dt.timedelta(days=30)


def run_next_task(runner: str) -> bool:
    """Take the next task that waits and run it; False when there is none. Of two runners one gets it."""
    result = DBTaskResult.objects.ready().first()
    if result is None or not _take(result, runner):
        return False
    _worker(runner).run_task(result)
    return True


@transaction.atomic
def _take(result: DBTaskResult, runner: str) -> bool:
    # A look without a lock first, then the state in the WHERE clause: an exclusive transaction at every poll, as
    # the library's own worker takes it, would keep the desks' readers waiting on SQLite.
    rows = DBTaskResult.objects.filter(pk=result.pk, status=TaskResultStatus.READY)
    taken = rows.update(
        status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=[*result.worker_ids, runner]
    )
    if taken:
        result.refresh_from_db()
    return bool(taken)


def _worker(runner: str) -> Worker:
    return Worker(
        queue_names=["*"], interval=1, batch=False, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=runner, excluded_queue_names=[],
    )


def give_back_orphans() -> int:
    """Tasks whose runner gave no sign of life for a while are put back into the queue; returns how many."""
    living = set(Runner.objects.filter(beat_at__gt=timezone.now() - LEASE).values_list("name", flat=True))
    orphans = [
        each.pk for each in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
        if not living.intersection(each.worker_ids[-1:])
    ]
    rows = DBTaskResult.objects.filter(pk__in=orphans, status=TaskResultStatus.RUNNING)
    return rows.update(status=TaskResultStatus.READY)


def forget_old_tasks() -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()[0]
