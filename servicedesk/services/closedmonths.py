"""封账: in a closed month a change needs a reason, and is noted as 更正.

What is still worked on goes on: a thing of October is fetched in November without a word more. But when a person
edits facts of a closed month on a form, when a record that was finished changes in any way, or when a record comes
late, the change asks for a reason. It is typed once for a request (`correcting`), or comes with the change.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from servicedesk.errors import MonthClosed
from servicedesk.models import ClosedMonth, LateChange, SearchEntry
from servicedesk.periods import Period, month_of, running_month
from servicedesk.register import Register, register_of

FIELD = "correction_reason"
LONGEST = 200
_typed: ContextVar[str] = ContextVar("correction_reason", default="")


def bear(reason: str) -> None:
    """From now on, in this thread, changes of closed months bear this reason; `""` for none."""
    _typed.set(reason.strip()[:LONGEST])


@contextmanager
def correcting(reason: str) -> Iterator[None]:
    """Within, changes of closed months bear this reason."""
    bear(reason)
    try:
        yield
    finally:
        bear("")


@dataclass(frozen=True)
class Change:
    """What is about to be done to a stored record. `is_edit`: a person changes its facts on a form."""

    record: models.Model
    columns: Mapping[str, Any] = field(default_factory=dict)
    is_edit: bool = False

    def months(self, register: Register) -> set[Period]:
        """The months it touches: where the record stands, and where the change would put it."""
        return {month for month in (register.month_of(self.record), self._moved_to(register)) if month}

    def _moved_to(self, register: Register) -> Period | None:
        """Over links too: a line of the log stands in the month of the day that it is put under."""
        name, *links = register.month_path.split("__")
        found = self.columns.get(name)
        for link in links:
            found = getattr(found, link, None)
        return month_of(found) if found else None


@dataclass(frozen=True)
class Late:
    """What a change bears where it touches closed months: the reason, and those months; nothing elsewhere."""

    reason: str = ""
    months: tuple[Period, ...] = ()


def is_closed(month: Period) -> bool:
    """Whether a month was archived; the running one never is, and costs no question."""
    return month < running_month() and ClosedMonth.objects.filter(month=month.first).exists()


@transaction.atomic
def close_month(month: Period, *, by) -> ClosedMonth:
    """Close a month; closed again, it stays as it is."""
    closed, _ = ClosedMonth.objects.get_or_create(
        month=month.first, defaults={"closed_at": timezone.now(), "closed_by": by},
    )
    return closed


def late_of(change: Change, reason: str) -> Late:
    """The reason that a change of closed months bears; none where none is asked for.

    Raises:
        MonthClosed: one is asked for and there is none.
    """
    register = register_of(change.record)
    if register is None:
        return Late()
    closed = tuple(month for month in sorted(change.months(register)) if is_closed(month))
    if not closed or not (change.is_edit or register.is_final(change.record)):
        return Late()
    return Late(_reason(closed[0], change.record, reason), closed)


def _reason(month: Period, record: models.Model, reason: str) -> str:
    given = _typed.get() or reason.strip()[:LONGEST]
    if not given:
        raise MonthClosed(month=month, number=str(record))
    return given


def note_late(record: models.Model, late: Late, *, by, is_new: bool = False) -> None:
    """Note a change with each closed month that it touched: also with the one that the record has left."""
    register = register_of(record)
    if register is None:
        return
    for month in late.months:
        LateChange.objects.create(
            record=record, month=month.first, register=register.key, number=str(record)[:40], is_new=is_new,
            reason=late.reason, at=timezone.now(), by=by,
        )


def note_addition(record: models.Model, said: str, *, by) -> None:
    """What is added below a finished record of a closed month (补记, 附记) says by itself why."""
    register = register_of(record)
    month = register.month_of(record) if register else None
    if month and is_closed(month) and register.is_final(record):  # type: ignore[union-attr]
        note_late(record, Late(said.strip()[:LONGEST], (month,)), by=by)


def guard_new(register: Register, record: models.Model) -> None:
    """A record that is put into a closed month: noted with the reason, refused without one.

    Raises:
        MonthClosed: no reason.
    """
    month = register.month_of(record)
    if month is None or not is_closed(month) or _is_known(register, record):
        return
    late = Late(_reason(month, record, ""), (month,))
    note_late(record, late, by=getattr(record, "created_by", None), is_new=True)


def _is_known(register: Register, record: models.Model) -> bool:
    return SearchEntry.objects.filter(register=register.key, object_id=record.pk).exists()


def late_changes(month: Period) -> models.QuerySet:
    """What was changed in a month after it was closed, the oldest first."""
    return LateChange.objects.filter(month=month.first).select_related("by").order_by("pk")
