"""`OldBook`: how a register takes over the Excel ledger that a desk kept before. Declared in `<app>/oldbooks.py`.

The top floor reads the file, matches its heads, judges its cells by the kind of their column, and writes what
`judge` makes of a row. It enters what has ended: nothing of today is told, matched or logged because of it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import models

Kind = Literal["text", "number", "money", "moment", "clock", "phone", "choice"]
OLD_NUMBER = "旧编号"
_NOTED = re.compile(rf"^{OLD_NUMBER} ([^;]+)")


@dataclass(frozen=True, kw_only=True)
class OldColumn:
    """A column of the old ledger, known by its title or one of its other titles.

    Of a moment, a day alone is its midnight; a clock is a time of day. `choices` gives for each word that may stand
    there what it means; `most` is the longest text, or the largest number. Where a column `fills_down`, an empty cell
    means what stands above it, as where the cells of a day are merged.
    """

    key: str
    title: str
    aliases: Sequence[str] = ()
    kind: Kind = "text"
    is_required: bool = False
    choices: Mapping[str, Any] | None = None
    most: int = 100
    fills_down: bool = False
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class OldBook:
    """A ledger that can be taken over.

    `prepare(point)` fetches once what the rows are judged against. `judge(values, known, wrong)` makes the record
    of a row, without number, desk and person, or adds to `wrong` why it cannot. `prefix(record)` is that of its
    serial number, unless `judge` gave it one; `people` are columns that whoever confirms stands in.
    `finish(records)` saves what belongs to stored records, and `parts` are the models of it with their link to the
    record. `loads` are related names that the search words read.
    """

    key: str
    label: str
    right: str
    model: type[models.Model]
    columns: Sequence[OldColumn]
    prepare: Callable[[Any], Any]
    judge: Callable[[Mapping[str, Any], Any, list[str]], Any]
    prefix: Callable[[Any], str] | None = None
    people: Sequence[str] = ()
    finish: Callable[[Sequence[Any]], None] = lambda records: None  # noqa: ARG005
    parts: Sequence[tuple[type[models.Model], str]] = ()
    loads: Sequence[str] = ()
    help: str = ""


_books: dict[str, OldBook] = {}


def add_old_book(book: OldBook) -> OldBook:
    """Make a ledger known to the import. Called at start-up."""
    _books[book.key] = book
    return book


def old_books() -> list[OldBook]:
    return list(_books.values())


def old_book_by_key(key: str) -> OldBook:
    """Raises KeyError for a key nobody declared."""
    return _books[key]


def noted(old_number: str, *more: str, longest: int = 200) -> str:
    """What the remark of an old record begins with: its old number, then what the ledger said."""
    first = f"{OLD_NUMBER} {old_number}" if old_number else ""
    return ";".join(part for part in (first, *more) if part)[:longest]


def old_number_in(remark: str) -> str:
    """The old number that a remark begins with; empty for none. The search finds a record by it."""
    found = _NOTED.match(remark)
    return found.group(1) if found else ""
