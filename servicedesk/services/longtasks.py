"""长任务: work of minutes that a person asked for. They may leave the page; the row says how far it is.

An app declares its works in `<app>/jobs.py` (`add_work`), a view asks for one (`ask_for`), the runner does it.
A work may be run again from its beginning when its runner died: it changes nothing but its own result.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from servicedesk.choices import UNFINISHED_TASK_STATES, LongTaskState
from servicedesk.errors import NotFailed, Refusal
from servicedesk.models import LongTask, User
from servicedesk.services import preferences
from servicedesk.services.inbox import tell
from servicedesk.services.results import forget_result, keep_result

log = logging.getLogger(__name__)
# How far a work is costs a write each time it is said.
SAID_EVERY = 0.7
MOST_IN_LINE = 50
PURGED = "个人信息已清除,结果随之删除,请重新生成"
BROKEN = "没有做完({kind}),请再做一次;还是不行请告诉系统管理员看日志"


@dataclass(frozen=True)
class Made:
    """What a work brings: a sentence, and a file where there is one."""

    said: str
    content: bytes = b""
    name: str = ""
    type: str = "application/octet-stream"


class Progress:
    """How far a work is: `progress(done, total)` as often as one likes."""

    def __init__(self, long_task: LongTask) -> None:
        self.pk, self.said_at = long_task.pk, 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self.said_at < SAID_EVERY:
            return
        self.said_at = now
        LongTask.objects.filter(pk=self.pk, state=LongTaskState.RUNNING).update(done=done, total=total)


Work = Callable[[LongTask, Progress], Made]
_works: dict[str, Work] = {}


def add_work(key: str, run: Work) -> None:
    """Make a long work known; `run` raises a Refusal for what the person can mend."""
    _works[key] = run


@transaction.atomic
def ask_for(
    key: str, title: str, facts: dict[str, Any], *, by: User, total: int = 0, right: str = ""
) -> LongTask:
    """Queue a work in the caller's transaction. Asked for twice while it runs, it is the same work."""
    same = LongTask.objects.visible_to(by).unfinished().filter(key=key, title=title, right=right)
    running = next((each for each in same if each.facts == facts), None)
    if running is not None:
        return running
    long_task = LongTask.objects.create(
        key=key, title=title[:120], facts=facts, by=by, total=total, right=right, asked_at=timezone.now(),
    )
    run_long_task.enqueue(long_task.pk)
    return long_task


@transaction.atomic
def ask_again(long_task: LongTask) -> LongTask:
    """Queue what failed once more; the old row stays until its days are over.

    Raises:
        NotFailed: it waits, runs or is done.
    """
    if long_task.state != LongTaskState.FAILED:
        raise NotFailed(title=long_task.title)
    return ask_for(
        long_task.key, long_task.title, long_task.facts, by=long_task.by, total=long_task.total, right=long_task.right
    )


@task()
def run_long_task(pk: int) -> None:
    """Do a work and keep what came of it; its person is told."""
    rows = LongTask.objects.filter(pk=pk, state__in=UNFINISHED_TASK_STATES)
    if not rows.update(state=LongTaskState.RUNNING, started_at=timezone.now(), done=0):
        return
    long_task = LongTask.objects.select_related("by").get(pk=pk)
    try:
        made = _works[long_task.key](long_task, Progress(long_task))
    except Refusal as refusal:
        _end(long_task, LongTaskState.FAILED, Made(refusal.sentence))
    except Exception as failure:  # whatever broke, the person must read that it did
        log.exception("long task %s", long_task.key)
        _end(long_task, LongTaskState.FAILED, Made(BROKEN.format(kind=type(failure).__name__)))
    else:
        _end(long_task, LongTaskState.DONE, made)


def _end(long_task: LongTask, state: LongTaskState, made: Made) -> None:
    name = keep_result(made.content) if made.content else ""
    with transaction.atomic():
        rows = LongTask.objects.filter(pk=long_task.pk, state=LongTaskState.RUNNING).update(
            state=state, said=made.said[:200], finished_at=timezone.now(), file=name, file_name=made.name[:120],
            file_type=made.type if name else "",
        )
        if rows:
            word = "已完成" if state == LongTaskState.DONE else "没有做完"
            tell([long_task.by], f"{long_task.title}{word}:{made.said}"[:300], url=reverse("longtask_list"))
    if not rows:
        forget_result(name)


def in_line() -> models.QuerySet:
    """What runs and waits, of everybody, in the order in which it is done: one thing at a time."""
    return LongTask.objects.unfinished().order_by("pk")[:MOST_IN_LINE]


def waits_for(long_task: LongTask, line: Iterable[LongTask]) -> str:
    """`等“归档 2026年10月”做完(600 / 1968),前面共 2 件`; empty when it does not wait. No title of others."""
    before = [each for each in line if each.pk < long_task.pk]
    if long_task.state != LongTaskState.WAITING or not before:
        return ""
    first = next((each for each in before if each.state == LongTaskState.RUNNING), before[0])
    name = f"“{first.title}”" if first.by_id == long_task.by_id else "另一位同事的任务"
    far = f"({first.done} / {first.total})" if first.total else ""
    more = f",前面共 {len(before)} 件" if len(before) > 1 else ""
    return f"等{name}做完{far}{more}"


def queues() -> dict[str, models.QuerySet]:
    """What waits, runs, and failed within the days that it is kept."""
    states = {"waiting": LongTaskState.WAITING, "running": LongTaskState.RUNNING, "failed": LongTaskState.FAILED}
    return {name: LongTask.objects.filter(state=state) for name, state in states.items()}


def forget_old_long_tasks() -> int:
    """Throw away what was finished longer ago than the setting says, with its file; returns how many."""
    before = timezone.now() - dt.timedelta(days=preferences.value("servicedesk.result_days"))
    old = list(LongTask.objects.exclude(state__in=UNFINISHED_TASK_STATES).filter(finished_at__lt=before))
    for long_task in old:
        forget_result(long_task.file)
    return LongTask.objects.filter(pk__in=[each.pk for each in old]).delete()[0]


def forget_results() -> None:
    """Before the commit of a purge: no result may outlive the people it names."""
    for long_task in LongTask.objects.exclude(file=""):
        forget_result(long_task.file)
    LongTask.objects.exclude(file="").update(file="", said=PURGED)
