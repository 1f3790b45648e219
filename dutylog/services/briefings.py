"""早会: written, published to a frozen audience, changed with a new version, checked by the head."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import BRIEFING_PREFIX, BriefingState
from dutylog.errors.briefings import (
    BriefingAlreadyThere,
    BriefingChecked,
    BriefingIncomplete,
    BriefingNotPublished,
    BriefingPublished,
    BriefingTooFarAhead,
    EndsBeforeStart,
    NoteNeeded,
    NothingChanged,
    PresentMoreThanExpected,
    TaskOfSomebodyElse,
)
from dutylog.models import Briefing, BriefingDocument, BriefingNote, BriefingTask
from dutylog.services.briefing_readers import deliver_version, freeze_audience
from dutylog.services.briefing_versions import content_of, freeze_version, newest_version, typed_words
from dutylog.services.days import duty_day
from servicedesk.choices import SignatureMeans
from servicedesk.errors import EditedMeanwhile, ReasonNeeded
from servicedesk.models import ServicePoint, User
from servicedesk.services.photos import PreparedPhoto, keep_photo
from servicedesk.services.search import index_record
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, last_editor, move, note_history

HEAD_CHECK = "负责人检查"
LIVE = (BriefingState.PUBLISHED, BriefingState.AMENDED)


@dataclass(frozen=True, kw_only=True)
class DocumentFacts:
    title: str
    number: str = ""
    points: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskFacts:
    """A line of 四; `pk` is the row it was, so that what is done stays done."""

    matter: str
    owner: Any = None
    due_at: dt.time | None = None
    pk: int | None = None


@dataclass(frozen=True, kw_only=True)
class BriefingFacts:
    """A page of 3.15 as it was typed."""

    on: dt.date
    starts_at: dt.time
    host: Any
    recorder: Any
    ends_at: dt.time | None = None
    expected: int = 0
    present: int = 0
    absences: str = ""
    operations: str = ""
    yesterday: str = ""
    checks: Sequence[str] = ()
    check_problems: str = ""
    documents: Sequence[DocumentFacts] = ()
    tasks: Sequence[TaskFacts] = ()
    photos: Sequence[PreparedPhoto] = field(default=())

    def columns(self) -> dict[str, Any]:
        """What stands in the row itself; its date is chosen once."""
        apart = {"on", "documents", "tasks", "photos", "checks"}
        return {**{k: v for k, v in vars(self).items() if k not in apart}, "checks": list(self.checks)}


def number_of_briefing(on: dt.date, point: ServicePoint) -> str:
    """`JJ-20250501`: one page a day, so the date is the number."""
    return f"{BRIEFING_PREFIX}{point.serial_mark}-{on:%Y%m%d}"


def url_of(briefing: Briefing) -> str:
    return reverse("dutylog:briefing_detail", args=[briefing.pk])


def _check_facts(facts: BriefingFacts) -> None:
    if facts.on > timezone.localdate() + dt.timedelta(days=1):
        raise BriefingTooFarAhead(field="on")
    if facts.ends_at is not None and facts.ends_at < facts.starts_at:
        raise EndsBeforeStart(field="ends_at")
    if facts.present > facts.expected:
        raise PresentMoreThanExpected(field="present", present=facts.present, expected=facts.expected)


@transaction.atomic
def draft_briefing(facts: BriefingFacts, *, by: User, point: ServicePoint) -> Briefing:
    """Begin the page of a day at a desk, as a draft that nobody is asked to sign.

    Raises:
        BriefingTooFarAhead, EndsBeforeStart, PresentMoreThanExpected: a slip of the hand.
        BriefingAlreadyThere: that day has one.
    """
    _check_facts(facts)
    number = number_of_briefing(facts.on, point)
    briefing = Briefing(
        number=number, service_point=point, created_at=timezone.now(), created_by=by, on=facts.on,
        day=duty_day(facts.on, point, by=by), **facts.columns(),
    )
    briefing._history_user = by
    try:
        with transaction.atomic():
            briefing.save()
    except IntegrityError:
        raise BriefingAlreadyThere(number=number) from None
    _keep_lines(briefing, facts, by=by)
    index_record(briefing)
    return briefing


def _keep_lines(briefing: Briefing, facts: BriefingFacts, *, by: User) -> None:
    """Documents and tasks as typed; a task that was there keeps its row and what was done."""
    briefing.documents.all().delete()
    for order, document in enumerate(facts.documents, start=1):
        row = BriefingDocument(briefing=briefing, order=order, **vars(document))
        row._history_user = by
        row.save()
    there = {task.pk: task for task in briefing.tasks.all()}
    kept = set()
    for order, typed in enumerate(facts.tasks, start=1):
        task = there.get(typed.pk or 0) or BriefingTask(briefing=briefing)
        task.order, task.matter, task.owner, task.due_at = order, typed.matter, typed.owner, typed.due_at
        task._history_user = by
        task.save()
        kept.add(task.pk)
    for pk, task in there.items():
        if pk not in kept:
            task._history_user = by
            task.delete()
    for photo in facts.photos:
        keep_photo(photo, briefing, by, "文件附件")


def _locked(briefing: Briefing, version: int | None) -> Briefing:
    """The row as it is now, held until the transaction ends. Raises EditedMeanwhile."""
    fresh = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if version is not None and fresh.version != version:
        raise EditedMeanwhile(number=fresh.number, who=last_editor(fresh))
    return fresh


@transaction.atomic
def edit_briefing(briefing: Briefing, facts: BriefingFacts, *, by: User, version: int | None = None) -> Briefing:
    """Change a draft.

    Raises:
        BriefingPublished: it is no draft any more.
        EditedMeanwhile, and what `draft_briefing` raises.
    """
    _check_facts(facts)
    fresh = _locked(briefing, version)
    if fresh.state != BriefingState.DRAFT:
        raise BriefingPublished(number=fresh.number)
    amend(fresh, by=by, **facts.columns())
    _keep_lines(fresh, facts, by=by)
    index_record(fresh)
    return fresh


@transaction.atomic
def publish_briefing(briefing: Briefing, *, by: User) -> Briefing:
    """Freeze the words and the audience, and give version 1 to everybody in it.

    Raises:
        BriefingIncomplete: a part the paper demands is empty.
        NobodyToRead: no audience.
        NotPossibleNow, SomeoneWasFaster: published before.
    """
    for name, part in (("operations", "当日运营信息"), ("yesterday", "昨日工作总结")):
        if not getattr(briefing, name).strip():
            raise BriefingIncomplete(part=part)
    move(briefing, BriefingState.PUBLISHED, by=by, edition=1, published_at=timezone.now())
    version = freeze_version(briefing, content_of(briefing), by=by)
    freeze_audience(briefing)
    deliver_version(version, url=url_of(briefing))
    return briefing


@transaction.atomic
def amend_briefing(
    briefing: Briefing, facts: BriefingFacts, *, by: User, reason: str, version: int | None = None
) -> Briefing:
    """Change what was published: a new version, and whoever signed an earlier one is asked again.

    Raises:
        ReasonNeeded, NothingChanged: nothing to ask anybody again for.
        BriefingNotPublished, BriefingChecked: a draft, or checked by the head already.
        EditedMeanwhile, and what `draft_briefing` raises.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    _check_facts(facts)
    fresh = _locked(briefing, version)
    _refuse_not_live(fresh)
    before = newest_version(fresh)
    move(
        fresh, BriefingState.AMENDED, by=by, reason=reason[:100], edition=fresh.edition + 1, **facts.columns(),
    )
    _keep_lines(fresh, facts, by=by)
    content = content_of(Briefing.objects.get(pk=fresh.pk))
    if before is not None and typed_words(content) == typed_words(before.content):
        raise NothingChanged
    deliver_version(freeze_version(fresh, content, by=by, reason=reason.strip()), url=url_of(fresh))
    index_record(fresh)
    return fresh


def _refuse_not_live(briefing: Briefing) -> None:
    if briefing.state == BriefingState.DRAFT:
        raise BriefingNotPublished(number=briefing.number)
    if briefing.state not in LIVE:
        raise BriefingChecked(number=briefing.number)


@transaction.atomic
def close_briefing(briefing: Briefing, *, by: User) -> Briefing:
    """负责人检查签字. From now on the page takes notes only; late readers still sign. The password was asked before.

    Raises:
        BriefingNotPublished, BriefingChecked, SomeoneWasFaster: not now.
    """
    _refuse_not_live(briefing)
    now = timezone.now()
    move(briefing, BriefingState.CLOSED, by=by, closed_at=now, closed_by=by)
    sign(
        briefing, HEAD_CHECK, f"已检查 {briefing.number} 第 {briefing.edition} 版", by=by, signer_name=by.name,
        signer=by, means=SignatureMeans.ACCOUNT, at=now,
    )
    return briefing


@transaction.atomic
def add_note(briefing: Briefing, text: str, *, by: User) -> BriefingNote:
    """补记 under a published page, also after the head's check.

    Raises:
        NoteNeeded: nothing was written.
        BriefingNotPublished: a draft is simply edited.
    """
    if not text.strip():
        raise NoteNeeded(field="text")
    fresh = _locked(briefing, None)
    if not fresh.is_published:
        raise BriefingNotPublished(number=fresh.number)
    order = fresh.notes.count() + 1
    note = BriefingNote.objects.create(
        briefing=fresh, order=order, text=text.strip()[:500], at=timezone.now(), by=by
    )
    note_history(fresh, by, f"补记 {order}")
    return note


@transaction.atomic
def finish_task(task: BriefingTask, *, by: User) -> BriefingTask:
    """完成: by its owner, or whoever may change the page. A second time changes nothing.

    Raises:
        TaskOfSomebodyElse: neither.
    """
    if task.owner_id != by.pk and not by.has_perm("dutylog.change_briefing"):
        raise TaskOfSomebodyElse(owner=task.owner.name if task.owner else "未定")
    rows = BriefingTask.objects.filter(pk=task.pk, done_at=None)
    if rows.update(done_at=timezone.now(), done_by=by):
        task.refresh_from_db()
        note_history(task, by, "完成")
    return task
