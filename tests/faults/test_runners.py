"""Runners of background jobs as processes of their own: two at once, and one that is told to end."""

import datetime as dt
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from servicedesk.models import JobState, Runner
from servicedesk.services import jobs

TAKERS = 8


@pytest.mark.django_db(transaction=True)
def test_of_eight_runners_at_the_same_moment_one_takes_the_job():
    job = jobs.Job(key="test.race", label="抢", every=dt.timedelta(minutes=5), run=lambda: "")
    JobState.objects.create(key=job.key, next_at=timezone.now() - dt.timedelta(seconds=1))
    ready, taken = threading.Barrier(TAKERS), []

    def take(name: str) -> None:
        ready.wait()
        taken.append(jobs._take(job, name))
        connection.close()

    threads = [threading.Thread(target=take, args=(f"runner {n}",)) for n in range(TAKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * (TAKERS - 1) + [True]


def _until(true, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.django_db(transaction=True)
def test_two_runners_share_the_jobs_and_end_when_they_are_told(desk_environment):
    command = [sys.executable, "manage.py", "run_jobs"]
    runners = [
        subprocess.Popen(command, env=desk_environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        undone = JobState.objects.filter(last_finished_at=None)
        assert _until(lambda: Runner.objects.count() == 2 and JobState.objects.exists() and not undone.exists())
    finally:
        for runner in runners:
            runner.send_signal(signal.SIGTERM)
        said = [runner.communicate(timeout=60) for runner in runners]
    assert [runner.returncode for runner in runners] == [0, 0], said
    assert all("jobs: stopped" in out for out, _ in said)
    assert set(JobState.objects.values_list("last_error", "leased_by")) == {("", "")}
    assert jobs.is_alive()
