"""The doors: look at a paper (no trace), or print it (each press leaves a row)."""

import datetime as dt
import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.db import transaction
from django.utils import timezone

from servicedesk.errors import GlyphMissing
from servicedesk.models import PrintedPaper
from servicedesk.paper import Paper
from servicedesk.services.printing.parts import Part, Run, missing_characters
from servicedesk.services.printing.places import places_of
from servicedesk.services.printing.stamps import stamp

MOST_COPIES = 20
MOST_BLANKS = 100
PREVIEW = "预览,不作凭证"
SHOWN_MISSING = 20


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


def preview(paper: Paper, parts: Sequence[Part], *, by: Any = None) -> bytes:
    """The PDF to look at: nothing is recorded, and it says that it proves nothing."""
    return assemble(paper, parts, Press(by=by, is_preview=True))


def print_parts(paper: Paper, parts: Sequence[Part], press: Press) -> bytes:
    """Record the press and return its PDF.

    Raises:
        GlyphMissing: a character has no font; nothing is recorded and nothing printed.
    """
    missing = missing_characters(parts)
    if missing:
        raise GlyphMissing(characters=missing[:SHOWN_MISSING])
    pdf = assemble(paper, parts, press)
    _record(paper, parts, press)
    return pdf


@transaction.atomic
def _record(paper: Paper, parts: Sequence[Part], press: Press) -> None:
    PrintedPaper.objects.bulk_create(
        PrintedPaper(
            paper=paper.key, number=number, service_point=part.service_point, at=press.moment, by=press.by,
            copies=len(part.runs) if part.is_blank else press.copies, is_blank=part.is_blank, sha256=part.mark,
        )
        for part in parts
        for number in part.numbers
    )


def assemble(paper: Paper, parts: Sequence[Part], press: Press) -> bytes:
    """All parts and copies in one PDF, each run with its own page numbers."""
    places, marks = places_of(paper), []
    with ExitStack() as stack:
        book = stack.enter_context(pikepdf.new())
        opened: dict[str, pikepdf.Pdf] = {}
        for part in parts:
            foot = places.footer(_foot(part, press))
            for label in _copy_labels(paper, part, press):
                for run in part.runs:
                    count = _append(book, run, opened, stack)
                    marks += [[*foot, *places.on_page(n, count, label, run.note)] for n in range(1, count + 1)]
        stamp(book, marks)
        return _saved(book, _title(paper, parts))


def _copy_labels(paper: Paper, part: Part, press: Press) -> list[str]:
    """联次 in turn; a paper without them is simply printed several times."""
    if part.is_blank:
        return [""]
    if press.is_preview:
        return list(paper.copies[:1] or [""])
    return list(paper.copies or [""]) * press.copies


def _append(book: pikepdf.Pdf, run: Run, opened: dict[str, pikepdf.Pdf], stack: ExitStack) -> int:
    """Add the pages of a run. A piece is opened once, so that its copies share fonts and pictures."""
    count = 0
    for piece in run.pieces:
        if piece.key not in opened:
            opened[piece.key] = stack.enter_context(pikepdf.open(io.BytesIO(piece.pdf)))
        source = opened[piece.key]
        count += len(source.pages)
        book.pages.extend(source.pages)
    return count


def _foot(part: Part, press: Press) -> str:
    if press.is_preview:
        return f"{PREVIEW} · {press.moment:%Y-%m-%d %H:%M}"
    who = f" · 打印人 {press.by.name}" if press.by else ""
    again = f" · 补打第 {part.earlier} 次" if part.earlier else ""
    head = "空白表 · " if part.is_blank else ""
    return f"{head}打印时间 {press.moment:%Y-%m-%d %H:%M}{who}{again} · 校验码 {part.mark[:8].upper()}"


def _title(paper: Paper, parts: Sequence[Part]) -> str:
    numbers = [number for part in parts for number in part.numbers if number]
    if not numbers:
        return f"{paper.title} 空白表" if any(part.is_blank for part in parts) else paper.title
    return f"{paper.title} {numbers[0]}{' 等' if len(numbers) > 1 else ''}"


def _saved(book: pikepdf.Pdf, title: str) -> bytes:
    book.docinfo["/Title"] = title
    book.docinfo["/Creator"] = "游客服务台"
    book.Root["/Lang"] = pikepdf.String("zh-CN")
    stream = io.BytesIO()
    book.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()
