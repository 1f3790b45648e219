"""后台任务: repeated jobs that apps declare, run by `manage.py run_jobs`, and the runner's sign of life.

A job must change nothing when it is run twice: no page waits for one, and one that was missed is made up later.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from servicedesk.models import JobState, Runner
from servicedesk.services import preferences

log = logging.getLogger(__name__)
# Renewed at every beat; a runner that died leaves its job to another after this.
LEASE = dt.timedelta(seconds=90)
FORGET_AFTER = dt.timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Job:
    """`run()` does the work and may return a sentence that says what it did."""

    key: str
    label: str
    every: dt.timedelta
    run: Callable[[], str | None]


_jobs: dict[str, Job] = {}


def add_job(key: str, label: str, *, every: dt.timedelta, run: Callable[[], str | None]) -> Job:
    """Make a repeated job known; called by an app's `jobs.py` at start-up."""
    _jobs[key] = Job(key=key, label=label, every=every, run=run)
    return _jobs[key]


def jobs() -> list[Job]:
    """All jobs in the order of their declaration."""
    return list(_jobs.values())


def know_jobs() -> None:
    """A row for each declared job; one that is new is due at once."""
    known = set(JobState.objects.values_list("key", flat=True))
    fresh = [JobState(key=key, next_at=timezone.now()) for key in _jobs if key not in known]
    JobState.objects.bulk_create(fresh, ignore_conflicts=True)


def run_due(runner: str, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Run every job that is due and that nobody else runs; returns how many were run here."""
    now = timezone.now()
    due = set(JobState.objects.filter(next_at__lte=now).values_list("key", flat=True))
    count = 0
    for job in jobs():
        if job.key in due and goes_on() and _take(job, runner):
            _run(job, runner)
            count += 1
    return count


def _take(job: Job, runner: str) -> bool:
    """Take the lease of a due job. The conditions stand in the WHERE clause: of two runners one wins."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    rows = JobState.objects.filter(free, key=job.key, next_at__lte=now)
    return bool(rows.update(leased_by=runner, leased_until=now + LEASE, last_started_at=now))


def _run(job: Job, runner: str) -> None:
    started, clock = timezone.now(), time.monotonic()
    said, error = "", ""
    try:
        said = job.run() or ""
    except DatabaseError:
        # The row below cannot be written either when the database is away: the lease lapses by itself.
        log.exception("job %s", job.key)
        error = "数据库暂时不能用,下次再做"
    except Exception as failure:  # a job that fails must not end the others
        log.exception("job %s", job.key)
        error = f"没有做完({type(failure).__name__}),详情见日志"
    facts = {"last_error": error, "failed_at": timezone.now()} if error else {"last_error": "", "last_said": said[:200]}
    JobState.objects.filter(key=job.key, leased_by=runner).update(
        leased_by="", leased_until=None, last_finished_at=timezone.now(), next_at=started + job.every,
        last_seconds=round(time.monotonic() - clock, 2), **facts,
    )


def run_soon(key: str) -> None:
    """Make a job due now: the manager does not want to wait for its turn."""
    JobState.objects.filter(key=key).update(next_at=timezone.now())


def beat(runner: str, started: dt.datetime) -> None:
    """The sign of life: once every few seconds, also while a long job runs. Renews the lease of that job."""
    now = timezone.now()
    Runner.objects.update_or_create(name=runner, defaults={"beat_at": now, "started_at": started})
    JobState.objects.filter(leased_by=runner, leased_until__isnull=False).update(leased_until=now + LEASE)


def sign_off(runner: str) -> None:
    """A runner that was told to stop: its leases are free, and rows of runners long gone are forgotten."""
    JobState.objects.filter(leased_by=runner).update(leased_by="", leased_until=None)
    Runner.objects.filter(beat_at__lt=timezone.now() - FORGET_AFTER).delete()


def last_beat() -> dt.datetime | None:
    """The newest sign of life of any runner."""
    return Runner.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


def is_fresh(beat_at: dt.datetime | None) -> bool:
    """Whether a sign of life is no older than the setting."""
    longest = dt.timedelta(minutes=preferences.value("servicedesk.jobs_silent_minutes"))
    return beat_at is not None and timezone.now() - beat_at <= longest


def is_alive() -> bool:
    """Whether a runner gave a sign of life within the setting."""
    return is_fresh(last_beat())
