"""The runner of background jobs: each in its turn, never twice at once, a failure ends nothing, its silence is seen."""

import datetime as dt
import logging

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from servicedesk.models import Draft, JobState, Message, Runner, Submission
from servicedesk.services import jobs
from servicedesk.services.cleaning import clean_up
from servicedesk.services.tasks import give_back_orphans, run_next_task


@pytest.fixture
def only_job(monkeypatch, db):
    """The desk with one job that counts its runs: `only_job.runs`, `only_job.fails`."""

    class Counted:
        runs, fails = 0, False

        def __call__(self) -> str:
            self.runs += 1
            if self.fails:
                raise RuntimeError("kaputt")
            return f"第 {self.runs} 次"

    counted = Counted()
    job = jobs.Job(key="test.count", label="点数", every=dt.timedelta(minutes=5), run=counted)
    monkeypatch.setattr(jobs, "_jobs", {job.key: job})
    jobs.know_jobs()
    return counted


def test_a_job_runs_at_once_and_then_at_its_interval(only_job):
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        JobState.objects.update(next_at=timezone.now())
        assert jobs.run_due("a") == 1
        assert jobs.run_due("a") == 0
        clock.shift(299)
        assert jobs.run_due("a") == 0
        clock.shift(1)
        assert jobs.run_due("a") == 1
    state = JobState.objects.get()
    assert (only_job.runs, state.last_said, state.last_error, state.leased_until) == (2, "第 2 次", "", None)


def test_a_job_that_another_runner_holds_is_left_to_it(only_job):
    job = jobs.jobs()[0]
    assert jobs._take(job, "a")
    assert not jobs._take(job, "b")
    assert jobs.run_due("b") == 0


def test_a_beat_keeps_a_long_job_and_a_dead_runner_loses_it(only_job):
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        JobState.objects.update(next_at=timezone.now())
        assert jobs._take(jobs.jobs()[0], "a")
        clock.shift(80)
        jobs.beat("a", timezone.now())
        clock.shift(80)
        assert jobs.run_due("b") == 0
        clock.shift(20)
        assert jobs.run_due("b") == 1


def test_a_failure_is_logged_and_the_job_comes_again(only_job, caplog):
    only_job.fails = True
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock, caplog.at_level(logging.ERROR):
        JobState.objects.update(next_at=timezone.now())
        jobs.run_due("a")
        assert JobState.objects.get().last_error == "没有做完(RuntimeError),详情见日志"
        assert "kaputt" in caplog.text
        only_job.fails = False
        clock.shift(301)
        jobs.run_due("a")
    assert (only_job.runs, JobState.objects.get().last_error) == (2, "")


def test_a_runner_told_to_stop_begins_nothing_new(only_job):
    assert jobs.run_due("a", goes_on=lambda: False) == 0
    assert only_job.runs == 0


def test_knowing_the_jobs_twice_makes_one_row_each(only_job):
    jobs.know_jobs()
    assert JobState.objects.count() == 1


def test_once_runs_what_is_due_and_leaves_its_beat(only_job):
    call_command("run_jobs", "--once")
    assert only_job.runs == 1
    assert jobs.is_alive()


def test_a_runner_is_silent_after_the_setting(db):
    assert not jobs.is_alive()
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        jobs.beat("a", timezone.now())
        clock.shift(5 * 60)
        assert jobs.is_alive()
        clock.shift(1)
        assert not jobs.is_alive()


def test_health_says_whether_the_runner_lives(client, db):
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()) == (503, {"database": True, "jobs": False, "beat_age": None})
    jobs.beat("a", timezone.now())
    answer = client.get(reverse("health"))
    assert (answer.status_code, answer.json()["jobs"]) == (200, True)


def test_the_administrator_is_alarmed_by_silence_and_not_otherwise(as_user, admin, clerk):
    sentence = "后台任务没有在运行"
    assert sentence in as_user(admin).get(reverse("start")).content.decode()
    assert sentence not in as_user(clerk).get(reverse("start")).content.decode()
    jobs.beat("a", timezone.now())
    assert sentence not in as_user(admin).get(reverse("start")).content.decode()


def test_the_screen_shows_each_job_and_makes_one_due(as_user, admin, only_job):
    jobs.run_due("a")
    browser = as_user(admin)
    assert "第 1 次" in browser.get(reverse("job_list")).content.decode()
    browser.post(reverse("job_run", args=["test.count"]))
    assert jobs.run_due("a") == 1
    assert browser.post(reverse("job_run", args=["nothing"])).status_code == 404


def test_every_declared_job_runs_on_an_empty_desk_and_a_second_time(db):
    jobs.know_jobs()
    for _ in range(2):
        JobState.objects.update(next_at=timezone.now())
        jobs.run_due("a")
        assert set(JobState.objects.values_list("last_error", flat=True)) == {""}


@task()
def add(left: int, right: int) -> int:
    return left + right


@task()
def stumble() -> None:
    raise ValueError("so nicht")


def test_long_work_is_done_once_by_one_runner(db):
    result = add.enqueue(2, 3)
    assert run_next_task("a")
    assert not run_next_task("b")
    result.refresh()
    assert result.return_value == 5


def test_long_work_that_fails_is_kept_with_its_error(db, caplog):
    stumble.enqueue()
    with caplog.at_level(logging.CRITICAL):
        assert run_next_task("a")
    assert DBTaskResult.objects.get().exception_class_path == "builtins.ValueError"


def test_work_of_a_dead_runner_goes_back_and_of_a_living_one_stays(db):
    add.enqueue(2, 3)
    rows = DBTaskResult.objects.all()
    rows.update(status="RUNNING", worker_ids=["a"])
    jobs.beat("a", timezone.now())
    assert give_back_orphans() == 0
    Runner.objects.update(beat_at=timezone.now() - jobs.LEASE * 2)
    assert give_back_orphans() == 1
    assert run_next_task("b")


def test_clean_up_takes_old_drafts_and_keys_and_leaves_the_fresh(clerk):
    long_ago = timezone.now() - dt.timedelta(days=31)
    for key in ("old", "new"):
        Draft.objects.create(user=clerk, key=key)
        Submission.objects.create(user=clerk, key=f"00000000-0000-0000-0000-0000000000{'01' if key == 'old' else '02'}")
    Draft.objects.filter(key="old").update(saved_at=long_ago)
    Submission.objects.filter(key__endswith="01").update(at=long_ago)
    Message.objects.create(person=clerk, sentence="没读过的")
    clean_up()
    assert list(Draft.objects.values_list("key", flat=True)) == ["new"]
    assert (Submission.objects.count(), Message.objects.count()) == (1, 1)
