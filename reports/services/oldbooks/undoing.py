"""Takes a batch back: its records go, their history stays, their numbers are not given again."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from reports.choices import OldBookState
from reports.errors.oldbooks import MonthWasClosed, RowsChanged
from reports.models import OldBookImport, OldBookRow
from servicedesk.errors import NotAllowed, ReasonNeeded
from servicedesk.models import ClosedMonth, LongTask, Photo, Signature, User
from servicedesk.periods import Period, month_of
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
    if progress:
        progress(0, batch.rows)
    _remove(batch, batch.written.all(), by=by, reason=f"撤销旧账导入 {batch.number}:{reason}")
    batch.written.update(old_key="")


def remove_all(batch: OldBookImport, *, by: User, reason: str) -> None:
    """Remove what an unfinished batch has written so far, and forget that it was."""
    for some in _chunks(batch):
        rows = batch.written.filter(pk__in=[row.pk for row in some])
        with transaction.atomic():
            _remove(batch, rows, by=by, reason=reason)
            rows.delete()


def _chunks(batch: OldBookImport) -> Iterator[list[OldBookRow]]:
    rows = list(batch.written.order_by("row"))
    for start in range(0, len(rows), CHUNK):
        yield rows[start:start + CHUNK]


def refuse_changed(batch: OldBookImport) -> None:
    """Raises RowsChanged or MonthWasClosed for a record that is not as it came in, by few statements."""
    rows = batch.written.order_by("row")
    as_they_came = batch.of.model._base_manager.filter(pk__in=_keys(batch), version=1).values("pk")
    changed = rows.exclude(object_id__in=as_they_came).first() or rows.filter(object_id=_used(batch)).first()
    if changed is not None:
        raise RowsChanged(number=changed.number)
    _refuse_closed(batch)


def _keys(batch: OldBookImport) -> QuerySet:
    return batch.written.order_by().values("object_id")


def _refuse_closed(batch: OldBookImport) -> None:
    register = register_of(batch.of.model)
    if register is None or register.is_standing:
        return
    column, records = register.month_path, batch.of.model._base_manager.filter(pk__in=_keys(batch))
    span = records.aggregate(first=Min(column), last=Max(column))
    if not span["first"]:
        return
    months = ClosedMonth.objects.filter(month__range=(month_of(span["first"]).first, month_of(span["last"]).first))
    for month in map(Period, months.values_list("month", flat=True)):
        if register.of_month(month).filter(pk__in=_keys(batch)).exists():
            raise MonthWasClosed(month=month)


def _used(batch: OldBookImport) -> int | None:
    """The key of a record that another row leans on by now: a claim, a match, a photo."""
    model: Any = batch.of.model
    own = {part for part, _ in batch.of.parts}
    leaning = [
        (relation.related_model._base_manager.all(), relation.field.attname) for relation in model._meta.related_objects
        if relation.related_model not in own and relation.related_model is not model.history.model
        and not relation.many_to_many
    ]
    kind = ContentType.objects.get_for_model(model)
    leaning += [(evidence.objects.filter(content_type=kind), "object_id") for evidence in (Photo, Signature)]
    for rows, column in leaning:
        found = rows.filter(**{f"{column}__in": _keys(batch)}).order_by().values_list(column, flat=True)[:1]
        if found:
            return found[0]
    return None


def _remove(batch: OldBookImport, rows: QuerySet, *, by: User, reason: str) -> None:
    """Remove the records of some rows by few statements: on SQLite every desk waits for them."""
    model: Any = batch.of.model
    keys = rows.order_by().values("object_id")
    _note_removal(model, keys, by=by, reason=reason)
    for part, link in batch.of.parts:
        belonging = part._base_manager.filter(**{f"{link}__in": keys})
        belonging._raw_delete(belonging.db)
    register = register_of(model)
    if register is not None:
        forget_records(register, keys)
    removed = model._base_manager.filter(pk__in=keys, version=1)
    if removed._raw_delete(removed.db) != rows.count():
        raise RowsChanged(number=batch.number)


def _note_removal(model: Any, keys: QuerySet, *, by: User, reason: str) -> None:
    """The history of a record that goes ends with a line of who removed it and why: what came in, copied."""
    past, quote = model.history.model._meta, connection.ops.quote_name
    copied = ", ".join(quote(each.column) for each in past.concrete_fields if not each.name.startswith("history_"))
    those, those_values = keys.query.sql_with_params()
    table = quote(past.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({copied}, history_date, history_user_id, history_change_reason, history_type) "
            f"SELECT {copied}, %s, %s, %s, '-' FROM {table} WHERE history_type = '+' AND id IN ({those})",
            [connection.ops.adapt_datetimefield_value(timezone.now()), by.pk, reason[:100], *those_values],
        )
