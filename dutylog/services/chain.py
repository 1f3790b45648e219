"""通报链: who was told of a line, an accident or a case, when they answered and came, and when the next is late.

督导 at once → 部室负责人 → 部门经理 → 值班经理. Only an answer stops the clock; reading does not.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from dutylog.choices import EntryCategory, NoticeRole
from dutylog.errors.entries import AlreadyNoted, AnsweredBeforeTold, HappensInFuture, TextNeeded
from dutylog.models import DutyDay, LogEntry, NoticeStep
from dutylog.services.locks import refuse_locked
from dutylog.services.roster import on_duty_now
from servicedesk.choices import Role
from servicedesk.models import User
from servicedesk.services import kept, preferences
from servicedesk.services.asking import by_key
from servicedesk.services.inbox import settle, tell

ORDER = (NoticeRole.SUPERVISOR, NoticeRole.SECTION_HEAD, NoticeRole.MANAGER, NoticeRole.DUTY_MANAGER)
# What has to be told up the chain by itself.
CHAIN_CATEGORIES = frozenset({EntryCategory.ACCIDENT, EntryCategory.COMPLAINT})
TOLERANCE = dt.timedelta(minutes=1)
# Kinds of records that keep their own chain: it runs on when the day of their line is closed.
_own_chain: set[type[models.Model]] = set()


def keep_own_chain(model: type[models.Model]) -> None:
    """Let the steps hang at the records of a kind, not at their lines; called by an app's `handoffs.py`."""
    _own_chain.add(model)


def needs_chain(entry: LogEntry) -> bool:
    """Whether a line has to be told up the chain by itself."""
    if entry.category not in CHAIN_CATEGORIES or entry.content_type_id is None:
        return entry.category in CHAIN_CATEGORIES
    return entry.content_type_id not in {ContentType.objects.get_for_model(model).pk for model in _own_chain}


@dataclass(frozen=True, kw_only=True)
class StepFacts:
    """Who is told by which way. `person` where it is somebody of the house, else `person_name`."""

    role: str
    channel: str
    told_at: dt.datetime
    person: Any = None
    person_name: str = ""


@dataclass(frozen=True)
class Next:
    """The step that comes next: which role, by when, and whether that moment is past. `is_first`: nobody was told."""

    role: NoticeRole
    due_at: dt.datetime
    is_late: bool
    is_first: bool = False

    @property
    def sentence(self) -> str:
        clock = f"{timezone.localtime(self.due_at):%H:%M}"
        word = self.role.label
        if self.is_late:
            return f"应在 {clock} 前通报{word},已超时"
        return f"请马上通报{word},最迟 {clock}" if self.is_first else f"{clock} 前没有应答就通报{word}"


def who_are(day: DutyDay, now: dt.datetime | None = None) -> dict[NoticeRole, User | None]:
    """Who holds each step of the chain at a desk now: those on duty before those who are not."""
    here = {person.pk for person in on_duty_now(day.service_point, now)}
    return {role: _holder(role, day, here) for role in ORDER}


def who_is(role: str, day: DutyDay, now: dt.datetime | None = None) -> User | None:
    return who_are(day, now).get(NoticeRole(role))


def _holder(role: NoticeRole, day: DutyDay, here: set[int]) -> User | None:
    if role == NoticeRole.SECTION_HEAD:
        return day.head
    if role == NoticeRole.DUTY_MANAGER and day.duty_manager:
        return day.duty_manager
    wanted = {
        NoticeRole.SUPERVISOR: Role.SUPERVISOR, NoticeRole.MANAGER: Role.MANAGER,
        NoticeRole.DUTY_MANAGER: Role.DUTY_MANAGER,
    }[role]
    holders = kept.rows_of(User.objects.active().holding(wanted).filter(
        models.Q(service_points=day.service_point) | models.Q(service_points__isnull=True)
    ).order_by("staff_no").distinct())
    return next((person for person in holders if person.pk in here), holders[0] if holders else None)


@transaction.atomic
def tell_step(record: models.Model, facts: StepFacts, *, by, sentence: str = "", url: str = "") -> NoticeStep:
    """Write down that somebody was told of a record, and put `sentence` into the inbox of a person of the house.

    Raises:
        TextNeeded: nobody is named.
        DayLocked: of a line whose day is closed.
        HappensInFuture: a slip of the hand.
    """
    name = facts.person.name if facts.person else facts.person_name.strip()
    if not name:
        raise TextNeeded("请选择或写明通报给谁。", field="person")
    if facts.told_at > timezone.now() + TOLERANCE:
        raise HappensInFuture(at=f"{timezone.localtime(facts.told_at):%m-%d %H:%M}", field="told_at")
    _refuse_locked_line(record)
    step = NoticeStep(
        record=record, role=facts.role, person=facts.person, person_name=name[:60], channel=facts.channel,
        told_at=facts.told_at, by=by,
    )
    step._history_user = by
    step.save()
    if facts.person and facts.person != by and sentence:
        tell([facts.person], sentence, url=url, about=record, is_urgent=True)
    return step


def _refuse_locked_line(record: Any) -> None:
    """A line of a closed day stays as it was sealed; accidents and cases run on."""
    if isinstance(record, LogEntry):
        refuse_locked(record.day)


def note_answer(step: NoticeStep, at: dt.datetime, *, by) -> NoticeStep:
    """应答: the person answered. Raises AlreadyNoted, AnsweredBeforeTold, HappensInFuture."""
    return _note(step, "answered_at", "应答", at, by)


def note_arrival(step: NoticeStep, at: dt.datetime, *, by) -> NoticeStep:
    """到场: the person came, which is an answer too. Raises as `note_answer`."""
    return _note(step, "arrived_at", "到场", at, by)


@transaction.atomic
def _note(step: NoticeStep, column: str, what: str, at: dt.datetime, by) -> NoticeStep:
    step = NoticeStep.objects.select_for_update().get(pk=step.pk)
    _refuse_locked_line(step.record)
    noted = getattr(step, column)
    if noted is not None:
        raise AlreadyNoted(name=step.person_name, what=what, at=f"{timezone.localtime(noted):%H:%M}")
    # The clock of a notice is in minutes.
    if at < step.told_at.replace(second=0, microsecond=0):
        raise AnsweredBeforeTold(at=f"{timezone.localtime(step.told_at):%H:%M}")
    if at > timezone.now() + TOLERANCE:
        raise HappensInFuture(at=f"{timezone.localtime(at):%m-%d %H:%M}")
    setattr(step, column, at)
    if column == "arrived_at" and step.answered_at is None:
        step.answered_at = at
    step._history_user = by
    step.save()
    if step.person is not None and step.record is not None:
        settle(step.person, step.record)
    return step


def steps_about(model: type[models.Model], keys: Any) -> models.QuerySet[NoticeStep]:
    """The steps of records of one kind, by their keys, in the order in which people were told."""
    steps = NoticeStep.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    return steps.select_related("person").order_by("told_at", "pk")


def steps_of(records: Iterable[models.Model]) -> dict[int, list[NoticeStep]]:
    """The steps of many records of one kind, by the record's key, with one query."""
    rows = list(records)
    return by_key(steps_about(type(rows[0]), [row.pk for row in rows]), "object_id") if rows else {}


def steps_of_lines(entries: Sequence[LogEntry]) -> dict[int, list[NoticeStep]]:
    """The steps of lines and, of records that keep their own chain, those told since the line: by the line's key.

    A closed sheet shows what was told until it was closed.
    """
    found = steps_of(entries)
    for model in _own_chain:
        kind = ContentType.objects.get_for_model(model)
        lines = [entry for entry in entries if entry.content_type_id == kind.pk]
        told = by_key(steps_about(model, {entry.object_id for entry in lines}), "object_id") if lines else {}
        for entry in lines:
            found.setdefault(entry.pk, []).extend(
                step for step in told.get(entry.object_id, []) if _is_of_line(step, entry)
            )
    return found


def _is_of_line(step: NoticeStep, entry: LogEntry) -> bool:
    closed_at = entry.day.closed_at
    return step.told_at >= entry.entered_at - TOLERANCE and (closed_at is None or step.told_at <= closed_at)


def next_step(
    begun_at: dt.datetime, steps: Sequence[NoticeStep], *, is_required: bool, now: dt.datetime
) -> Next | None:
    """The step that is due next; None when somebody answered, or nobody needs to be told.

    Late is judged by the moments alone: equal is on time.
    """
    if any(step.answered_at for step in steps):
        return None
    if not steps:
        if not is_required:
            return None
        due = begun_at + dt.timedelta(minutes=preferences.value("dutylog.notice_first_minutes"))
        return Next(NoticeRole.SUPERVISOR, due, now > due, is_first=True)
    role = _role_after({step.role for step in steps})
    if role is None:
        return None
    due = max(step.told_at for step in steps) + dt.timedelta(
        minutes=preferences.value("dutylog.notice_answer_minutes")
    )
    return Next(role, due, now > due)


def _role_after(told: set[str]) -> NoticeRole | None:
    reached = [place for place, role in enumerate(ORDER) if role in told]
    place = max(reached) + 1 if reached else 0
    return ORDER[place] if place < len(ORDER) else None


def late_lines(
    entries: Iterable[LogEntry], now: dt.datetime, steps: Iterable[NoticeStep] | None = None
) -> list[tuple[LogEntry, Next]]:
    """Those of the lines whose chain of notice is late; `steps`: theirs, where they are in hand."""
    rows = [entry for entry in entries if not entry.is_struck]
    told = steps_of(rows) if steps is None else by_key(steps, "object_id")
    found = []
    for entry in rows:
        due = next_step(
            entry.entered_at, told.get(entry.pk, []), is_required=needs_chain(entry), now=now
        )
        if due is not None and due.is_late:
            found.append((entry, due))
    return found
