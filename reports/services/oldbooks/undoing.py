"""Takes a batch back: its records go, their history stays, their numbers are not given again."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from reports.choices import OldBookState
from reports.errors.oldbooks import MonthWasClosed, RowsChanged
from reports.models import OldBookImport, OldBookRow
from servicedesk.errors import NotAllowed, ReasonNeeded
from servicedesk.models import ClosedMonth, LongTask, Photo, Signature, User
from servicedesk.months import Month
from servicedesk.register import register_of
from servicedesk.services.longtasks import Made, Progress, ask_for
from servicedesk.services.search import forget_records
from servicedesk.services.transitions import move

UNDO = "reports.oldbook_undo"
RIGHT = "reports.undo_oldbookimport"
CHUNK = 500


def ask_to_undo(batch: OldBookImport, *, by: User, reason: str) -> LongTask:
    """Queue the taking back of a batch.

    Raises:
        NotAllowed, ReasonNeeded.
        RowsChanged, MonthWasClosed: a record is used by now.
    """
    if not by.has_perm(RIGHT):
        raise NotAllowed(right="撤销旧账导入", whom="部门经理")
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    refuse_changed(batch)
    facts = {"batch": batch.pk, "reason": reason.strip()[:80]}
    return ask_for(UNDO, f"撤销旧账 {batch.number} {batch.of.label}", facts, by=by, total=batch.rows, right=RIGHT)


def run_undo(long_task: LongTask, progress: Progress) -> Made:
    """The work itself, in one transaction: all or nothing."""
    batch = OldBookImport.objects.get(pk=long_task.facts["batch"])
    if batch.state == OldBookState.UNDONE:
        return Made("已撤销")
    undo(batch, by=long_task.by, reason=long_task.facts["reason"], progress=progress)
    return Made(f"{batch.number} 的 {batch.rows} 行已全部撤销")


@transaction.atomic
def undo(batch: OldBookImport, *, by: User, reason: str, progress: Progress | None = None) -> None:
    """Remove every record of a batch, or none.

    Raises:
        NotAllowed: without the right.
        RowsChanged, MonthWasClosed: a record is used by now.
        NotPossibleNow, SomeoneWasFaster: the batch does not stand any more.
    """
    if not by.is_active or not by.has_perm(RIGHT):
        raise NotAllowed(right="撤销旧账导入", whom="部门经理")
    move(batch, OldBookState.UNDONE, by=by, reason=reason, said=reason[:200], ended_at=timezone.now())
    refuse_changed(batch)
    for done, rows in enumerate(_chunks(batch), start=1):
        _remove(batch, rows, by=by, reason=f"撤销旧账导入 {batch.number}:{reason}")
        if progress:
            progress(min(done * CHUNK, batch.rows), batch.rows)
    batch.written.update(old_key="")


def remove_all(batch: OldBookImport, *, by: User, reason: str) -> None:
    """Remove what an unfinished batch has written so far, and forget that it was."""
    for rows in _chunks(batch):
        with transaction.atomic():
            _remove(batch, rows, by=by, reason=reason)
            OldBookRow.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _chunks(batch: OldBookImport) -> Iterator[list[OldBookRow]]:
    rows = list(batch.written.order_by("row"))
    for start in range(0, len(rows), CHUNK):
        yield rows[start:start + CHUNK]


def refuse_changed(batch: OldBookImport) -> None:
    """Raises RowsChanged or MonthWasClosed for the first record that is not as it came in."""
    closed = {Month(month) for month in ClosedMonth.objects.values_list("month", flat=True)}
    register = register_of(batch.of.model)
    for rows in _chunks(batch):
        keys = {row.object_id: row.number for row in rows}
        records = {record.pk: record for record in batch.of.model._base_manager.filter(pk__in=keys)}
        changed = next((keys[pk] for pk in keys if pk not in records or records[pk].version != 1), None)
        changed = changed or _used(batch, keys)
        if changed:
            raise RowsChanged(number=changed)
        for record in records.values():
            month = register.month_of(record) if register and closed else None
            if month in closed:
                raise MonthWasClosed(month=month)


def _used(batch: OldBookImport, keys: dict[int, str]) -> str | None:
    """The number of a record that another row leans on by now: a claim, a match, a photo."""
    model: Any = batch.of.model
    own = {part for part, _ in batch.of.parts}
    for relation in model._meta.related_objects:
        if relation.related_model in own or relation.related_model is model.history.model or relation.many_to_many:
            continue
        column = relation.field.attname
        rows = relation.related_model._base_manager.filter(**{f"{column}__in": list(keys)})
        found = rows.values_list(column, flat=True).first()
        if found:
            return keys[found]
    kind = ContentType.objects.get_for_model(model)
    for evidence in (Photo, Signature):
        found = evidence.objects.filter(content_type=kind, object_id__in=list(keys)).first()
        if found:
            return keys[found.object_id]
    return None


def _remove(batch: OldBookImport, rows: Sequence[OldBookRow], *, by: User, reason: str) -> None:
    model: Any = batch.of.model
    keys = [row.object_id for row in rows]
    records = list(model._base_manager.filter(pk__in=keys))
    _note_removal(model, records, by=by, reason=reason)
    for part, link in batch.of.parts:
        part._base_manager.filter(**{f"{link}__in": keys}).delete()
    removed = model._base_manager.filter(pk__in=keys, version=1)
    if removed._raw_delete(removed.db) != len(keys):
        raise RowsChanged(number=rows[0].number)
    register = register_of(model)
    if register is not None:
        forget_records(register, keys)


def _note_removal(model: Any, records: Sequence[Any], *, by: User, reason: str) -> None:
    """The history of a record that goes ends with a line of who removed it and why."""
    past, now = model.history.model, timezone.now()
    tracked = [each for each in past.tracked_fields if each.name not in past._history_excluded_fields]
    past.objects.bulk_create(
        past(
            history_date=now, history_user=by, history_change_reason=reason[:100], history_type="-",
            **{each.attname: getattr(record, each.attname) for each in tracked},
        )
        for record in records
    )
