"""What is to be printed: parts (one record, one ledger, one set of empty sheets) made of kept pieces."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from servicedesk.models import PrintedPaper, ServicePoint
from servicedesk.paper import Ledger, Paper
from servicedesk.periods import month_of, week_of
from servicedesk.services.printing import sheets
from servicedesk.services.printing.pieces import Piece, piece_of
from servicedesk.services.printing.stamps import content_mark

PAGES_PER_PIECE = 25


@dataclass(frozen=True)
class Run:
    """Pages that are numbered together, with the note that an empty numbered sheet bears."""

    pieces: Sequence[Piece]
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One thing that is printed by itself, how often it was before, and the numbers to record it under."""

    runs: Sequence[Run]
    numbers: tuple[str, ...] = ("",)
    service_point: ServicePoint | None = None
    earlier: int = 0
    is_blank: bool = False

    @property
    def number(self) -> str:
        return self.numbers[0] if len(self.numbers) == 1 else ""

    @property
    def mark(self) -> str:
        """SHA-256 of what is printed, whoever prints it and when."""
        return content_mark(piece.key for run in self.runs for piece in run.pieces)


def _piece(paper: Paper, subject: Any) -> Piece:
    return piece_of(sheets.sheet_html(paper, subject), paper.size)


def record_parts(paper: Paper, records: Sequence[Any]) -> list[Part]:
    """Each record as a part; a sheet of labels takes several records at once."""
    if paper.per_sheet:
        pieces = [_piece(paper, group) for group in sheets.chunks(records, paper.per_sheet)]
        point = records[0].service_point if records else None
        return [Part([Run(pieces)], tuple(paper.number(r) for r in records) or ("",), point)]
    return [_record_part(paper, record) for record in records]


def _record_part(paper: Paper, record: Any) -> Part:
    number = paper.number(record)
    if paper.sheet_notes:
        blank = _piece(paper, [record] if paper.has_own_sheets else None)
        runs = [Run([blank], note) for note in paper.sheet_notes(record)]
    else:
        runs = [Run([_piece(paper, record)])]
    return Part(runs, (number,), record.service_point, earlier_prints(paper, number))


def ledger_part(
    paper: Paper, rows: models.QuerySet, month: dt.date, point: ServicePoint | None = None,
    week: dt.date | None = None,
) -> Part:
    """A month of a ledger, or the week of a Monday, in pieces of at most 25 pages."""
    pieces = [_piece(paper, ledger) for ledger in ledgers_of(paper, rows, month, point, week)]
    period = week_of(week) if week else month_of(month)
    number = f"{period.key}{'-' + point.serial_mark if point and point.serial_mark else ''}"
    return Part([Run(pieces)], (number,), point, earlier_prints(paper, number))


def ledgers_of(
    paper: Paper, rows: models.QuerySet, month: dt.date, point: ServicePoint | None = None,
    week: dt.date | None = None,
) -> Iterator[Ledger]:
    """What the pieces of a ledger are made of."""
    select = paper.week_rows if week else paper.month_rows
    assert select is not None
    found = list(select(rows, week or month))
    groups, first = sheets.chunks(found, paper.rows_per_page * PAGES_PER_PIECE), 1
    for position, group in enumerate(groups, start=1):
        yield Ledger(
            month=month, rows=group, all_rows=found, first=first, is_last=position == len(groups),
            place=point.name if point else "", week=week,
        )
        first += len(group)


def blank_part(paper: Paper, count: int = 1, *, is_numbered: bool = False) -> Part:
    """The empty form, `count` sheets, numbered 01, 02 … when asked."""
    piece = _piece(paper, None)
    notes = [f"(空白表 第 {order:02d} 张)" if is_numbered else "" for order in range(1, count + 1)]
    return Part([Run([piece], note) for note in notes], is_blank=True)


def earlier_prints(paper: Paper, number: str) -> int:
    """How often the paper of a number was printed before."""
    return PrintedPaper.objects.filter(paper=paper.key, number=number, is_blank=False).count()


def missing_characters(parts: Iterable[Part]) -> str:
    """Characters that the papers would show as boxes."""
    pieces = (piece for part in parts for run in part.runs for piece in run.pieces)
    return "".join(dict.fromkeys(c for piece in pieces for c in piece.missing))
