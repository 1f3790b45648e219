"""What a closed day is sealed with: each noun says which of its rows belong to the day.

    add_sealed_part(SealedPart(key="headcounts", model=HeadcountReport, rows=lambda day: day.headcounts.all()))

Closing writes the rows word for word; `manage.py verify` reads them again and names what differs. An app above
declares its parts in `<app>/sealed.py`. A part that comes later changes no day that was sealed without it.
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models

from dutylog.models import DutyDay
from servicedesk.sealing import CLEARED

Row = dict[str, Any]
UNSEALED = frozenset({"version"})
# Before the name of a column that is sealed as a checksum.
CHECKSUM = "#"


def plain(value: Any) -> Any:
    """A column's value as JSON says it, the same from SQLite and PostgreSQL."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def row_of(record: models.Model, leave_out: Iterable[str] = ()) -> Row:
    """All columns of a row but those of `leave_out` and the editor's version."""
    left = {*UNSEALED, *leave_out}
    return {
        field.attname: plain(getattr(record, field.attname))
        for field in record._meta.concrete_fields if field.name not in left
    }


@dataclass(frozen=True, kw_only=True)
class SealedPart:
    """Rows of one table that belong to a day.

    `rows(day)` gives them as they are when the day is closed. `again(day, sealed)` reads them later to compare, by
    default as `rows`; a table that may go on after the closing picks what was there then. `has_history` seals the
    history of the rows too. Texts of `forgettable` are sealed as a checksum that tells nobody what stood there, and
    may be cleared when their term is over. `point` leads from rows that live on to their desk: each must be as the
    newest line of its own history says.
    """

    key: str
    model: type[models.Model]
    rows: Callable[[DutyDay], Iterable[models.Model]]
    again: Callable[[DutyDay, Sequence[Row]], Iterable[models.Model]] | None = None
    leave_out: tuple[str, ...] = ()
    forgettable: tuple[str, ...] = ()
    has_history: bool = False
    point: str = ""

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    def now(self, day: DutyDay) -> list[Row]:
        return [self._row(each) for each in self.rows(day)]

    def later(self, day: DutyDay, sealed: Sequence[Row]) -> list[Row]:
        found = self.again(day, sealed) if self.again else self.rows(day)
        return [self._row(each) for each in found]

    def _row(self, record: models.Model) -> Row:
        sums = {f"{CHECKSUM}{name}": self._checksum(record, name) for name in self.forgettable}
        return {**row_of(record, (*self.leave_out, *self.forgettable)), **sums}

    def _checksum(self, record: Any, name: str) -> str:
        value = str(plain(getattr(record, name)))
        if CLEARED in value:
            return CLEARED
        said = f"{self.model._meta.label_lower}|{record.id}|{name}|{value}"
        return hmac.new(settings.DESK_SEAL_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()

    def name_of(self, column: str) -> str:
        """The Chinese word of a column; the column itself where a later version of the program has none."""
        names: Mapping[str, str] = {f.attname: str(f.verbose_name) for f in self.model._meta.concrete_fields}
        return names.get(column.removeprefix(CHECKSUM), column)


_parts: dict[str, SealedPart] = {}


def add_sealed_part(part: SealedPart) -> SealedPart:
    """Let rows of a day be sealed with it; called when the module that declares them is read."""
    _parts[part.key] = part
    return part


def sealed_parts() -> list[SealedPart]:
    return list(_parts.values())


def part_as_it_stood(
    key: str, model: Any, keys: Callable[[DutyDay], models.QuerySet], *, point: str = "service_point",
    leave_out: tuple[str, ...] = (), forgettable: tuple[str, ...] = (),
) -> SealedPart:
    """A part of records that are worked on after the day: of each the newest line of its history is sealed.

    `keys(day)` are the primary keys of the records that belong to the day.
    """
    history = model.history.model

    def rows(day: DutyDay) -> models.QuerySet:
        newest = history.objects.filter(id__in=keys(day)).order_by().values("id").annotate(
            last=models.Max("history_id"))
        return history.objects.filter(history_id__in=newest.values("last")).order_by("history_id")

    def again(day: DutyDay, sealed: Sequence[Row]) -> models.QuerySet:  # noqa: ARG001
        return history.objects.filter(history_id__in=[row["history_id"] for row in sealed]).order_by("history_id")

    return SealedPart(
        key=key, model=model, rows=rows, again=again, point=point, leave_out=leave_out, forgettable=forgettable,
    )
