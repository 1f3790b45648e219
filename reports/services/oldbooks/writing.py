"""Writes judged rows: numbers of their own days, history, search, and the row that each came from."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from reports.errors.oldbooks import MonthClosedMeanwhile
from reports.models import OldBookImport, OldBookRow
from reports.services.oldbooks.judging import JudgedRow, old_key
from servicedesk.models import ClosedMonth
from servicedesk.periods import month_of
from servicedesk.register import Register, register_of
from servicedesk.services.search import index_new_records
from servicedesk.services.serials import take_serial


def reason_of(batch: OldBookImport) -> str:
    """What the history of its records says."""
    return f"旧账导入 {batch.number}"


def write_rows(batch: OldBookImport, rows: Sequence[JudgedRow]) -> None:
    """Write some rows of a batch, in the caller's transaction. Raises MonthClosedMeanwhile."""
    book, by = batch.of, batch.confirmed_by or batch.by
    records: list[Any] = [row.record for row in rows]
    register = register_of(book.model)
    if register is not None:
        _refuse_closed(register, records)
    for record in records:
        record.service_point, record.created_by = batch.service_point, by
        for name in book.people:
            setattr(record, name, by)
        if book.prefix is not None:
            record.number = take_serial(
                book.prefix(record), batch.service_point, on=timezone.localdate(record.created_at)
            )
    model: Any = book.model
    model._base_manager.bulk_create(records)
    book.finish(records)
    model.history.bulk_history_create(
        records, default_user=by, default_change_reason=reason_of(batch), default_date=timezone.now(),
    )
    OldBookRow.objects.bulk_create(_row_of(batch, row) for row in rows)
    if register is not None:
        prefetch_related_objects(records, *book.loads)
        index_new_records(register, records)


def _refuse_closed(register: Register, records: Sequence[Any]) -> None:
    """The rows were judged minutes ago: a month may have been archived since."""
    months = {month.first for record in records if (month := register.month_of(record))}
    closed = ClosedMonth.objects.filter(month__in=months).first()
    if closed is not None:
        raise MonthClosedMeanwhile(month=month_of(closed.month))


def _row_of(batch: OldBookImport, row: JudgedRow) -> OldBookRow:
    return OldBookRow(
        batch=batch, row=row.row, object_id=row.record.pk, number=row.record.number, old_number=row.old_number,
        old_key=old_key(batch, row.old_number) if row.old_number else "",
    )
