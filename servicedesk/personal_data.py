"""`PersonalData`: the one declaration by which a table tells whose traces it keeps and when they are old.

An app declares its own in `<app>/personal.py`; `services/purging.py` shows what is due and forgets it.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table in which people stand, with its history table where it has one.

    `of` leads from its rows to the record: `pk` for the record's own table, else a foreign key.
    `marked` columns say （已清除） wherever something stood, `emptied` ones become blank; in `scrubbed`
    ones only the known names and numbers are struck out.
    """

    model: type[models.Model]
    of: str = "pk"
    marked: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    scrubbed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """What one table keeps of people.

    `rule()` is the term in a sentence with the settings in force. `old(moment)` are the rows past their term
    and not yet forgotten; those that `spared` meets are kept all the same (on hold, police, dispute).
    `known_by` are the columns with the names and numbers by which the person may be found elsewhere; where one
    column holds many values, `words_of(row)` reads them from a row of the table or of its history. `lock`
    takes the rows that a colleague would change to spare a record, before it is judged again. Rows of
    `is_thrown_away` are no records: they are deleted.
    """

    key: str
    label: str
    model: type[models.Model]
    rule: Callable[[], str]
    old: Callable[[dt.datetime], models.QuerySet]
    spared: Q = field(default_factory=Q)
    tables: Sequence[Table] = ()
    known_by: tuple[str, ...] = ()
    words_of: Callable[[models.Model], Iterable[str]] | None = None
    lock: Callable[[Sequence[int]], None] | None = None
    has_photos: bool = False
    is_thrown_away: bool = False

    def due(self, moment: dt.datetime) -> models.QuerySet:
        """What may be forgotten now."""
        return self.old(moment).exclude(self.spared) if self.spared else self.old(moment)

    def kept_back(self, moment: dt.datetime) -> models.QuerySet:
        """Old, and kept for a cause."""
        return self.old(moment).filter(self.spared) if self.spared else self.old(moment).none()


_declared: dict[str, PersonalData] = {}
_copies: list[Callable[[Sequence[Any]], None]] = []


def add_copies(forget: Callable[[Sequence[Any]], None]) -> None:
    """Tell the purge of copies beside the database (archives): `forget(records)` is asked before the commit of
    every part of a run, with the records that were just forgotten.
    """
    _copies.append(forget)


def forget_copies(records: Sequence[Any]) -> None:
    for forget in _copies:
        forget(records)


def add_personal_data(*declarations: PersonalData) -> None:
    """Make declarations known to the purge. Called once per app at start-up."""
    for declaration in declarations:
        _declared[declaration.key] = declaration


def personal_data() -> list[PersonalData]:
    """All declarations, in their order."""
    return list(_declared.values())


def term_began(moment: dt.datetime, months: int) -> dt.datetime:
    """Midnight, in the desk's time, `months` before: what ended earlier is past a term of so many months."""
    day = timezone.localdate(moment)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return timezone.make_aware(dt.datetime(year, month + 1, min(day.day, last)))


def blank_of(field_: models.Field) -> object:
    """What an emptied column holds."""
    return None if field_.null else field_.get_default() if field_.has_default() else ""
