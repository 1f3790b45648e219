"""`Paper`: the declaration of a printed form. An app declares its papers in `<app>/papers/`."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import models

Size = Literal["a4", "a4-landscape", "a5-landscape", "label", "label-sheet"]


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What a ledger's context gets: a month (or the `week` that begins on a Monday), its rows, and which of
    them stand on this piece.

    A long ledger is rendered in pieces; `rows` are those of the piece, `first` the order of the
    first of them (from 1), `all_rows` what the totals count, printed where `is_last`;
    `place` the name of the desk.
    """

    month: dt.date
    rows: Sequence[Any]
    all_rows: Sequence[Any]
    first: int = 1
    is_last: bool = True
    place: str = ""
    week: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A form on paper.

    `context(record)` gives the template's facts of one record, `context(None)` those of the blank
    form. `heading` is printed instead of the title where the upper half bears another one.
    A ledger (`month_rows` selects a month's rows, `week_rows` those of the week of a Monday, `month_of`
    says in which month a record stands) gets a `Ledger`; a sheet of labels (`per_sheet`) the list of its
    records. `signatures` are the labels of the signature cells, which a desk may rename; `copies` the
    联次 printed in the corner, one sheet each.
    `number_of(record)` is the number in heading and QR (the record's own when left out);
    `find(rows, number)` finds a record whose paper bears another number than itself.
    `sheet_notes(record)` are the notes on the empty sheets of a booklet; where they are drawn after the record
    (`has_own_sheets`), `context` gets it alone in a list. `right` and `visible(user)`
    replace the model's right to print and its rows where the model is no register. A paper of a book that holds
    some rows of a table says which by `only`.
    """

    key: str
    form_code: str
    title: str
    template: str
    size: Size
    context: Callable[..., dict[str, Any]]
    model: type[models.Model]
    heading: str = ""
    version: str = "A/0"
    footnotes: tuple[str, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()
    copies: tuple[str, ...] = ()
    has_blank: bool = True
    has_tear_line: bool = False
    month_rows: Callable[[models.QuerySet, dt.date], models.QuerySet] | None = None
    month_of: Callable[[Any], dt.date] | None = None
    week_rows: Callable[[models.QuerySet, dt.date], models.QuerySet] | None = None
    per_sheet: int = 0
    rows_per_page: int = 15
    number_of: Callable[[Any], str] | None = None
    title_of: Callable[[Any], str] | None = None
    find: Callable[[models.QuerySet, str], Any] | None = None
    fits: Callable[[Any], bool] | None = None
    sheet_notes: Callable[[Any], Sequence[str]] | None = None
    has_own_sheets: bool = False
    right: str = ""
    visible: Callable[[Any], models.QuerySet] | None = None
    only: models.Q | None = None

    @property
    def permission(self) -> str:
        """The right to print it: `lostfound.print_founditem`."""
        return self.right or f"{self.model._meta.app_label}.print_{self.model._meta.model_name}"

    def rows(self, user: Any = None) -> models.QuerySet:
        """The records that a person may print; all of them for the command line."""
        if user is None:
            rows = self.model._default_manager.all()
        else:
            rows = self.visible(user) if self.visible else self.model._default_manager.visible_to(user)  # type: ignore
        return rows.filter(self.only) if self.only is not None else rows

    @property
    def is_ledger(self) -> bool:
        return self.month_rows is not None

    def number(self, record: Any) -> str:
        """The number that the sheet of `record` bears."""
        return self.number_of(record) if self.number_of else record.number

    def suits(self, record: Any) -> bool:
        """Whether the form is made for a record (a visitor's find has no 3.4)."""
        return self.fits is None or self.fits(record)

    def record_of(self, rows: models.QuerySet, number: str) -> Any:
        """The record of a number among `rows`, or None."""
        return self.find(rows, number) if self.find else rows.filter(number=number).first()


_papers: dict[str, Paper] = {}
_families: list[Callable[[], Sequence[Paper]]] = []


def add_paper(paper: Paper) -> Paper:
    """Make a paper known to preview, print and the command line."""
    _papers[paper.key] = paper
    return paper


def add_paper_family(members: Callable[[], Sequence[Paper]]) -> None:
    """Make papers known that belong to books which managers define."""
    _families.append(members)


def papers() -> list[Paper]:
    """All declared papers in the order of their declaration."""
    return list(_papers.values())


def defined_papers() -> list[Paper]:
    """The papers of the books that managers define."""
    return [paper for members in _families for paper in members()]


def paper_by_key(key: str) -> Paper:
    """Raises KeyError for a key nobody declared."""
    if key in _papers:
        return _papers[key]
    return {paper.key: paper for paper in defined_papers()}[key]


def papers_for(record: Any, keys: Iterable[str]) -> list[Paper]:
    """Those of the papers `keys` that suit a record."""
    asked = tuple(keys)
    known = _papers if set(asked) <= set(_papers) else _papers | {paper.key: paper for paper in defined_papers()}
    return [known[key] for key in asked if key in known and known[key].suits(record)]
