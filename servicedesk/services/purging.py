"""清除过期个人信息: old people become anonymous, their records stay for the counts.

Each register declares what it keeps of people (`servicedesk/personal_data.py`). A run goes in small transactions:
each forgets some records wholly and writes what it did, so a run that is cut off leaves none half forgotten and
the next one goes on. Overwriting append-only tables needs the permit row, seen only by its own transaction.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from servicedesk.errors import CountChanged, NotAllowed, NothingToPurge, ReasonNeeded
from servicedesk.models import Message, PurgePermit, PurgeRun, User
from servicedesk.personal_data import PersonalData, forget_copies, personal_data
from servicedesk.services.asking import counts, gather
from servicedesk.services.forgetting import forget_record
from servicedesk.services.inbox import tell
from servicedesk.services.longtasks import forget_results
from servicedesk.services.printing import forget_pieces

RIGHT = "servicedesk.purge_personal"
AT_ONCE = 20
MOST_PER_RUN = 500
SHOWN_NUMBERS = 200
SHOWN_RUNS = 50


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one declaration would forget now, and what it keeps back for a cause."""

    data: PersonalData
    count: int
    rows: list[models.Model] = field(default_factory=list)
    kept_back: list[models.Model] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, kw_only=True)
class Purged:
    """What a run did, and how much it left for the next press."""

    counts: dict[str, int]
    waiting: int = 0

    @property
    def sentence(self) -> str:
        did = "、".join(f"{label} {count} 条" for label, count in self.counts.items())
        more = f"还有 {self.waiting} 条,请再清除一次。" if self.waiting else ""
        return f"已清除:{did}。{more}" if did else f"没有可清除的内容。{more}"


def preview_purge(moment: dt.datetime | None = None) -> list[Found]:
    """What a run would forget at this moment, with the numbers of the records. Changes nothing."""
    now, declared = moment or timezone.now(), personal_data()
    due = [data.due(now).order_by("pk") for data in declared]
    named = [[] if data.is_thrown_away else [rows, data.kept_back(now).order_by("pk")]
             for data, rows in zip(declared, due, strict=True)]
    lists = iter(gather(*(rows[:SHOWN_NUMBERS] for pair in named for rows in pair)))
    return [
        Found(data=data, count=count) if data.is_thrown_away
        else Found(data=data, count=count, rows=list(next(lists)), kept_back=list(next(lists)))
        for data, count in zip(declared, counts(due, most=None), strict=True)
    ]


def count_due(moment: dt.datetime | None = None) -> int:
    """How many rows a run would forget now."""
    now = moment or timezone.now()
    return sum(counts([data.due(now) for data in personal_data()], most=None))


def purge(*, by: User, reason: str, expected: int | None = None, most: int = MOST_PER_RUN) -> Purged:
    """Forget what is due, `most` rows at the utmost; run again for the rest. Repeating it is harmless.

    `expected` is the count that the person was shown. Not within a transaction: each part has its own.

    Raises:
        NotAllowed: without the right to purge.
        ReasonNeeded: no reason.
        NothingToPurge: nothing is due.
        CountChanged: more or fewer are due than were shown.
    """
    _check(by, reason, expected)
    run, now, counts, left = uuid.uuid4(), timezone.now(), {}, most
    for data in personal_data():
        done = _purge_one(data, left, lambda keys, d=data: _forget_some(d, keys, by, reason.strip(), run, now), now)
        left -= done
        if done:
            counts[data.label] = done
    SessionStore.clear_expired()
    forget_pieces()
    return Purged(counts=counts, waiting=count_due(now))


def _check(by: User, reason: str, expected: int | None) -> None:
    if not by.has_perm(RIGHT):
        raise NotAllowed(right="清除过期个人信息", whom="部门经理")
    if not reason.strip():
        raise ReasonNeeded("请写明清除原因。", field="reason")
    due = count_due()
    if not due:
        raise NothingToPurge
    if expected is not None and expected != due:
        raise CountChanged(field="count", shown=expected, due=due)


def _purge_one(data: PersonalData, left: int, forget: Callable[[list[int]], int], now: dt.datetime) -> int:
    done = 0
    while keys := list(data.due(now).order_by("pk").values_list("pk", flat=True)[:min(AT_ONCE, left - done)]):
        gone = forget(keys)
        if not gone:
            break
        done += gone
    return done


@transaction.atomic
def _forget_some(
    data: PersonalData, keys: list[int], by: User, reason: str, run: uuid.UUID, now: dt.datetime
) -> int:
    """Forget the rows that are still due once they are locked; returns how many."""
    if data.lock:
        data.lock(keys)
    rows = list(data.due(now).filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk"))
    if not rows:
        return 0
    if data.is_thrown_away:
        data.model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
    else:
        permit = PurgePermit.objects.create(by=by, reason=reason[:200])
        for row in rows:
            forget_record(data, row, by=by, at=now)
        permit.delete()
        # Before the commit: killed after it, pieces and results would outlive what they were made from.
        forget_pieces()
        forget_results()
        forget_copies(rows)
    numbers = [] if data.is_thrown_away else [str(row) for row in rows]
    PurgeRun.objects.create(run=run, by=by, reason=reason[:200], counts={data.label: len(rows)}, numbers=numbers)
    return len(rows)


@transaction.atomic
def remind_of_purge() -> str:
    """Tell those who may purge how many records are due, unless they have not read the last reminder yet."""
    now = timezone.now()
    due = sum(counts([data.due(now) for data in personal_data() if not data.is_thrown_away], most=None))
    if not due:
        return ""
    page = reverse("purge")
    reminded = Message.objects.unread().filter(url=page).values("person")
    people = User.objects.active().filter(groups__permissions__codename="purge_personal").exclude(pk__in=reminded)
    told = tell(people.distinct(), f"{due} 份记录的个人信息已到期,请核对后清除", url=page)
    return f"{due} 份到期,提醒 {len(told)} 人"


def earlier_runs() -> list[dict]:
    """The newest runs, each with its counts added up."""
    runs: dict[object, dict] = {}
    for row in PurgeRun.objects.select_related("by")[: SHOWN_RUNS * (MOST_PER_RUN // AT_ONCE)]:
        line = runs.setdefault(row.run or row.pk, {
            "at": row.at, "by": row.by, "reason": row.reason, "counts": {}, "numbers": [],
        })
        for label, count in row.counts.items():
            line["counts"][label] = line["counts"].get(label, 0) + count
        line["numbers"] = [*(row.numbers or []), *line["numbers"]]
    return list(runs.values())[:SHOWN_RUNS]
