"""The doors: look at a paper (no trace), print it (each press leaves a row), print it empty."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.db import models, transaction
from django.utils import timezone

from servicedesk.errors import GlyphMissing
from servicedesk.models import PrintedPaper, ServicePoint
from servicedesk.paper import Ledger, Paper
from servicedesk.services.printing import sheets
from servicedesk.services.printing.pieces import Piece, piece_of
from servicedesk.services.printing.places import Places, places_of
from servicedesk.services.printing.stamps import Mark, content_mark, stamp

PAGES_PER_PIECE = 25
MOST_COPIES = 20
MOST_BLANKS = 100
PREVIEW = "预览,不作凭证"


@dataclass(frozen=True)
class Part:
    """One thing that is printed by itself: its number, its pieces, how often it was printed before."""

    number: str
    pieces: Sequence[Piece]
    service_point: ServicePoint | None = None
    earlier: int = 0

    @property
    def mark(self) -> str:
        return content_mark(piece.key for piece in self.pieces)


@dataclass(frozen=True)
class Press:
    """Who looks or prints, when, and how many copies. `by` None is the command line."""

    by: Any = None
    at: dt.datetime | None = None
    copies: int = 1
    is_preview: bool = False

    @property
    def moment(self) -> dt.datetime:
        return timezone.localtime(self.at or timezone.now())


def record_parts(paper: Paper, records: Sequence[Any]) -> list[Part]:
    """Each record as a part; label sheets take several records at once."""
    if paper.per_sheet:
        pieces = [piece_of(sheets.sheet_html(paper, group), paper.size) for group in
                  sheets.chunks(records, paper.per_sheet)]
        return [Part("", pieces, records[0].service_point if records else None)]
    return [
        Part(
            paper.number(record), [piece_of(sheets.sheet_html(paper, record), paper.size)], record.service_point,
            earlier_prints(paper, paper.number(record)),
        )
        for record in records
    ]


def ledger_part(paper: Paper, rows: models.QuerySet, month: dt.date, point: ServicePoint | None = None) -> Part:
    """A month of a ledger, in pieces of at most 25 pages."""
    assert paper.month_rows is not None
    found = list(paper.month_rows(rows, month))
    groups = sheets.chunks(found, paper.rows_per_page * PAGES_PER_PIECE)
    pieces, first = [], 1
    for position, group in enumerate(groups, start=1):
        ledger = Ledger(month=month, rows=group, all_rows=found, first=first, is_last=position == len(groups))
        pieces.append(piece_of(sheets.sheet_html(paper, ledger), paper.size))
        first += len(group)
    number = f"{month:%Y-%m}{'-' + point.serial_mark if point and point.serial_mark else ''}"
    return Part(number, pieces, point, earlier_prints(paper, number))


def blank_part(paper: Paper, label: str = "") -> Part:
    """The empty form."""
    return Part(label, [piece_of(sheets.sheet_html(paper, None), paper.size)])


def earlier_prints(paper: Paper, number: str) -> int:
    """How often the paper of a number was printed before."""
    return PrintedPaper.objects.filter(paper=paper.key, number=number, is_blank=False).count()


def missing_characters(parts: Sequence[Part]) -> str:
    """Characters that the papers would show as boxes."""
    found = dict.fromkeys(c for part in parts for piece in part.pieces for c in piece.missing)
    return "".join(found)


def preview(paper: Paper, parts: Sequence[Part], press: Press) -> bytes:
    """The PDF to look at: nothing is recorded, and it says that it proves nothing."""
    return assemble(paper, parts, press)


@transaction.atomic
def record_print(paper: Paper, parts: Sequence[Part], press: Press, *, is_blank: bool = False) -> list[PrintedPaper]:
    """Write one row per printed part.

    Raises:
        GlyphMissing: a character has no font; nothing is recorded and nothing printed.
    """
    missing = missing_characters(parts)
    if missing:
        raise GlyphMissing(characters=missing[:20])
    return PrintedPaper.objects.bulk_create(
        PrintedPaper(
            paper=paper.key, number=part.number, service_point=part.service_point, copies=press.copies,
            is_blank=is_blank, at=press.moment, by=press.by, sha256=part.mark,
        )
        for part in parts
    )


def print_parts(paper: Paper, parts: Sequence[Part], press: Press) -> bytes:
    """Record the print and return its PDF. Raises as `record_print`."""
    record_print(paper, parts, press)
    return assemble(paper, parts, press)


def print_blanks(paper: Paper, press: Press, *, count: int = 1, is_numbered: bool = False, label: str = "") -> bytes:
    """`count` empty sheets in one PDF, numbered 01, 02 … when asked; `label` names a booklet."""
    part = blank_part(paper, label)
    record_print(paper, [part], Press(press.by, press.at, count), is_blank=True)
    return assemble_blanks(paper, part, press, count=count, is_numbered=is_numbered or bool(label))


def assemble(paper: Paper, parts: Sequence[Part], press: Press) -> bytes:
    """All parts and copies in one PDF, each with its own page numbers."""
    places, labels = places_of(paper), _copy_labels(paper, press)
    with pikepdf.new() as book:
        marks: list[list[Mark]] = []
        for part in parts:
            for label in labels:
                count = _append(book, part)
                marks += [
                    [*_footer(places, part, press), *places.page(page, count), *places.corner(label)]
                    for page in range(1, count + 1)
                ]
        return _saved(book, marks, _title(paper, parts))


def assemble_blanks(paper: Paper, part: Part, press: Press, *, count: int, is_numbered: bool) -> bytes:
    """The empty form `count` times."""
    places = places_of(paper)
    with pikepdf.new() as book:
        marks: list[list[Mark]] = []
        for order in range(1, count + 1):
            pages = _append(book, part)
            note = places.blank(order, part.number) if is_numbered else []
            footer = places.footer(f"空白表 · 打印时间 {press.moment:%Y-%m-%d %H:%M}{_by(press)}")
            marks += [[*footer, *note, *places.page(page, pages)] for page in range(1, pages + 1)]
        return _saved(book, marks, f"{paper.title} 空白表")


def _copy_labels(paper: Paper, press: Press) -> list[str]:
    """联次 in turn; a paper without them is simply printed several times."""
    return list(paper.copies) * press.copies if paper.copies else [""] * press.copies


def _append(book: pikepdf.Pdf, part: Part) -> int:
    count = 0
    for piece in part.pieces:
        with pikepdf.open(io.BytesIO(piece.pdf)) as source:
            count += len(source.pages)
            book.pages.extend(source.pages)
    return count


def _by(press: Press) -> str:
    return f" · 打印人 {press.by.name}" if press.by else ""


def _footer(places: Places, part: Part, press: Press) -> list[Mark]:
    if press.is_preview:
        return places.footer(f"{PREVIEW} · {press.moment:%Y-%m-%d %H:%M}")
    again = f" · 补打第 {part.earlier} 次" if part.earlier else ""
    return places.footer(
        f"打印时间 {press.moment:%Y-%m-%d %H:%M}{_by(press)}{again} · 校验码 {part.mark[:8].upper()}"
    )


def _title(paper: Paper, parts: Sequence[Part]) -> str:
    numbers = [part.number for part in parts if part.number]
    return f"{paper.title} {numbers[0]}{' 等' if len(numbers) > 1 else ''}" if numbers else paper.title


def _saved(book: pikepdf.Pdf, marks: Sequence[Sequence[Mark]], title: str) -> bytes:
    stamp(book, marks)
    book.docinfo["/Title"] = title
    book.docinfo["/Creator"] = "游客服务台"
    book.Root["/Lang"] = pikepdf.String("zh-CN")
    stream = io.BytesIO()
    book.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()
