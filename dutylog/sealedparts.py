"""What a closed day is sealed with: each noun says which of its rows belong to the day.

    add_sealed_part(SealedPart(key="headcounts", model=HeadcountReport, rows=lambda day: day.headcounts.all()))

Closing writes the rows word for word; `manage.py verify` reads them again and names what differs.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from dutylog.models import DutyDay

Row = dict[str, Any]
UNSEALED = frozenset({"version"})


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
    history of the rows too.
    """

    key: str
    model: type[models.Model]
    rows: Callable[[DutyDay], Iterable[models.Model]]
    again: Callable[[DutyDay, Sequence[Row]], Iterable[models.Model]] | None = None
    leave_out: tuple[str, ...] = ()
    has_history: bool = False

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    def now(self, day: DutyDay) -> list[Row]:
        return [row_of(each, self.leave_out) for each in self.rows(day)]

    def later(self, day: DutyDay, sealed: Sequence[Row]) -> list[Row]:
        found = self.again(day, sealed) if self.again else self.rows(day)
        return [row_of(each, self.leave_out) for each in found]

    def name_of(self, column: str) -> str:
        """The Chinese word of a column; the column itself where a later version of the program has none."""
        names: Mapping[str, str] = {f.attname: str(f.verbose_name) for f in self.model._meta.concrete_fields}
        return names.get(column, column)


_parts: dict[str, SealedPart] = {}


def add_sealed_part(part: SealedPart) -> SealedPart:
    """Let rows of a day be sealed with it; called when the module that declares them is read."""
    _parts[part.key] = part
    return part


def sealed_parts() -> list[SealedPart]:
    return list(_parts.values())
