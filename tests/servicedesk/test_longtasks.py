"""Long work that a person asked for: how far it is, what came of it, and who may fetch it."""

import datetime as dt
import io
import logging

import pytest
import time_machine
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dutylog.models import OpenItem
from servicedesk.choices import LongTaskState
from servicedesk.errors import NotFailed, Refusal
from servicedesk.models import ExportLog, LongTask, Message, Runner, Setting
from servicedesk.register import register_by_key
from servicedesk.services import longtasks
from servicedesk.services.longexports import ask_for_export
from servicedesk.services.longtasks import (
    Made,
    add_work,
    ask_again,
    ask_for,
    forget_old_long_tasks,
    forget_results,
    in_line,
    waits_for,
)
from servicedesk.services.results import read_result
from servicedesk.services.tasks import run_next_task

FACTS = {"month": "2026-11"}


class TooLong(Refusal):
    sentence = "这个月还没有闭班,请先闭班。"


@pytest.fixture
def work(monkeypatch):
    """`work(run)`: what the long work of this test does."""
    monkeypatch.setattr(longtasks, "_works", {})
    return lambda run: add_work("test.work", run)


@pytest.fixture
def ask(clerk):
    return lambda facts=FACTS, by=clerk: ask_for("test.work", "11 月归档", facts, by=by, total=3)


def done(long_task: LongTask) -> LongTask:
    assert run_next_task("a")
    long_task.refresh_from_db()
    return long_task


def test_work_says_how_far_it_is_and_keeps_its_result(work, ask, clerk):
    seen = []

    def run(long_task, progress):
        for step in range(1, 4):
            progress(step, 3)
            seen.append(LongTask.objects.values_list("state", "done", "total").get())
        return Made("3 页", b"book", "11.pdf", "application/pdf")

    work(run)
    long_task = done(ask())
    assert seen[0] == ("running", 1, 3)
    assert seen[-1] == ("running", 3, 3)
    assert (long_task.state, long_task.said, long_task.file_name) == (LongTaskState.DONE, "3 页", "11.pdf")
    assert read_result(long_task.file) == b"book"
    assert Message.objects.get(person=clerk).sentence == "11 月归档已完成:3 页"


@pytest.mark.parametrize(("failure", "said"), [
    (TooLong(), "这个月还没有闭班,请先闭班。"),
    (ValueError("内部"), "没有做完(ValueError),请再做一次;还是不行请告诉系统管理员看日志"),
])
def test_work_that_fails_says_why_and_is_asked_for_again(work, ask, clerk, caplog, failure, said):
    def run(long_task, progress):
        raise failure

    work(run)
    with caplog.at_level(logging.CRITICAL):
        long_task = done(ask())
    assert (long_task.state, long_task.said) == (LongTaskState.FAILED, said)
    assert Message.objects.get(person=clerk).sentence == f"11 月归档没有做完:{said}"
    work(lambda long_task, progress: Made("好了"))
    again = done(ask_again(long_task))
    assert (again.state, again.facts) == (LongTaskState.DONE, FACTS)
    with pytest.raises(NotFailed):
        ask_again(again)


def test_the_same_work_asked_for_twice_is_done_once(work, ask, second_clerk):
    work(lambda long_task, progress: Made("好了"))
    assert ask() == ask()
    assert len({ask().pk, ask(by=second_clerk).pk, ask({"month": "2026-10"}).pk}) == 3


def test_work_of_a_dead_runner_begins_again_and_a_finished_one_does_not(work, ask):
    work(lambda long_task, progress: Made("好了", b"x", "x"))
    long_task = ask()
    LongTask.objects.update(state=LongTaskState.RUNNING, done=2)
    assert done(long_task).state == LongTaskState.DONE
    file = long_task.file
    longtasks.run_long_task.func(long_task.pk)
    long_task.refresh_from_db()
    assert long_task.file == file


def test_a_result_is_thrown_away_after_its_days_and_before_a_purge(work, ask):
    work(lambda long_task, progress: Made("好了", b"x", "x"))
    first = done(ask())
    forget_results()
    first.refresh_from_db()
    assert (first.file, first.said) == ("", "个人信息已清除,结果随之删除,请重新生成")
    done(ask())
    with time_machine.travel(timezone.now() + dt.timedelta(days=6)):
        assert forget_old_long_tasks() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        assert forget_old_long_tasks() == 2


def test_a_result_is_for_its_own_person_while_the_right_lasts(work, ask, as_user, clerk, second_clerk):
    work(lambda long_task, progress: Made("好了", "表".encode(), "11 月.xlsx", "application/zip"))
    long_task = done(ask())
    url = reverse("longtask_file", args=[long_task.pk])
    assert as_user(second_clerk).get(url).status_code == 404
    answer = as_user(clerk).get(url)
    assert (answer.content.decode(), answer.headers["Cache-Control"]) == ("表", "private, no-store")
    LongTask.objects.update(right="servicedesk.export_full")
    assert as_user(clerk).get(url).status_code == 403
    LongTask.objects.update(right="", file="gone")
    assert as_user(clerk).get(url).status_code == 410


def test_the_page_asks_again_while_work_runs_and_says_when_nobody_does_it(work, ask, as_user, clerk):
    browser = as_user(clerk)
    work(lambda long_task, progress: Made("好了", b"x", "x"))
    long_task = ask()
    page = browser.get(reverse("longtask_list")).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "后台任务没有在运行" in page
    Runner.objects.create(name="a", started_at=timezone.now(), beat_at=timezone.now())
    done(long_task)
    rows = browser.get(reverse("longtask_rows")).content.decode()
    assert reverse("longtask_file", args=[long_task.pk]) in rows
    assert "hx-trigger" not in rows


def test_work_that_waits_says_for_what_and_names_no_work_of_others(work, ask, as_user, clerk, manager):
    work(lambda long_task, progress: Made("好了"))
    first, mine, theirs = ask(), ask({"month": "2026-10"}), ask(by=manager)
    LongTask.objects.filter(pk=first.pk).update(state=LongTaskState.RUNNING, done=1)
    line = list(in_line())
    assert waits_for(line[0], line) == ""
    assert waits_for(mine, line) == "等“11 月归档”做完(1 / 3)"
    assert waits_for(theirs, line) == "等另一位同事的任务做完(1 / 3),前面共 2 件"
    assert "等“11 月归档”做完(1 / 3)" in as_user(clerk).get(reverse("longtask_rows")).content.decode()


def test_the_note_on_a_page_goes_on_until_the_work_has_ended_and_is_one_s_own(work, ask, as_user, clerk, manager):
    work(lambda long_task, progress: Made("好了"))
    long_task = ask()
    url = f"{reverse('longtask_note')}?id={long_task.pk}"
    assert "马上开始" in as_user(clerk).get(url).content.decode()
    assert as_user(manager).get(url).status_code == 404
    assert as_user(clerk).get(reverse("longtask_note") + "?id=x").status_code == 404
    done(long_task)
    assert as_user(clerk).get(url).headers["HX-Refresh"] == "true"


@pytest.fixture
def open_items(point, clerk):
    """`open_items(100)`: so many rows of a list, more than a hundred of which nobody waits for."""
    Setting.objects.create(key="servicedesk.export_now_rows", value=100)

    def fill(count: int) -> None:
        first, now = OpenItem.objects.count(), timezone.now()
        OpenItem.objects.bulk_create([
            OpenItem(number=f"YL-{first + n:06d}", service_point=point, created_at=now, created_by=clerk, text="待办")
            for n in range(count)
        ])

    return fill


def test_a_long_list_is_made_by_the_runner_and_a_short_one_at_once(as_user, manager, open_items):
    browser, url = as_user(manager), reverse("dutylog:openitem_export")
    open_items(100)
    assert browser.get(url).headers["Content-Type"].endswith("spreadsheetml.sheet")
    open_items(1)
    assert browser.get(f"{url}?all=1").headers["Location"] == reverse("longtask_list")
    long_task = done(LongTask.objects.get())
    assert (long_task.title, long_task.done, long_task.total) == ("导出未结事项 101 条", 101, 101)
    assert load_workbook(io.BytesIO(read_result(long_task.file))).active.max_row == 3 + 101
    assert list(ExportLog.objects.order_by("pk").values_list("rows", flat=True)) == [100, 101]


def test_who_lost_the_right_meanwhile_gets_no_list(manager, open_items):
    open_items(1)
    request = HttpRequest()
    request.user, request.GET = manager, QueryDict("")
    long_task = ask_for_export(register_by_key("openitem"), request, full=False, reason="")
    manager.groups.clear()
    assert done(long_task).said == "您的岗位没有“导出”的权限,请找部门经理办理。"
    assert ExportLog.objects.count() == 0
