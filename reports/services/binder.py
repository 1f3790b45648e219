"""The binder of a month: cover, contents, notes, every paper, signature page; PDF/A with bookmarks and page numbers.

First every sheet that is not kept yet is drawn, on both cores; then all are merged, a volume at a time, so that
memory does not grow with the month.
"""

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from reports.errors.archives import PaperLost
from reports.papers.archives import COVER, NOTES, SIGNATURES, Binding
from reports.services.chapters import Leaf, chapters, count_leaves
from reports.services.contentspages import HEADING, Line, contents_marks, pages_for
from reports.services.manifest import Facts
from servicedesk.paper import Paper
from servicedesk.periods import Period
from servicedesk.services import preferences
from servicedesk.services.printing.archival import make_archival, save_archival
from servicedesk.services.printing.hands import Hands, hands
from servicedesk.services.printing.pieces import Piece, forget_piece, kept
from servicedesk.services.printing.places import places_of
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.printing.stamps import Mark, stamp

LEAVES_PER_VOLUME = 120
SHOWN_MISSING = 12
A4_POINTS = (595.28, 841.89)
Progress = Callable[[int, int], None]


@dataclass
class Bound:
    """A leaf that is drawn: the keys of its pieces; how many pages they have is known when they are merged."""

    title: str
    paper: Paper
    keys: tuple[str, ...]
    pages: int = 0


@dataclass
class Part:
    """A part of the binder with its bookmark, and the volumes that it was merged into."""

    title: str
    leaves: list[Bound] = field(default_factory=list)
    volumes: list[pikepdf.Pdf] = field(default_factory=list)
    # A chapter's papers have bookmarks and lines of their own; a cover is one thing.
    is_chapter: bool = True

    @property
    def pages(self) -> int:
        return sum(leaf.pages for leaf in self.leaves)


@dataclass(frozen=True)
class Binder:
    """What was bound: pages, papers of each register, and what the month lacks, now with characters without a font."""

    pages: int
    forms: dict[str, int]
    gaps: list[dict[str, Any]]


def bind_month(path: Path, month: Period, facts: Facts, *, at: dt.datetime, progress: Progress) -> Binder:
    """Write the binder of a month to `path`. The same month at the same moment gives the same bytes.

    Raises:
        PaperLost: a sheet that was drawn could not be read again.
    """
    corrected = frozenset(each["number"] for each in facts["corrections"])
    missing: set[str] = set()
    with preferences.one_reading(), ExitStack() as stack:
        with hands() as both:
            chapters_ = _drawn_chapters(month, corrected, both, progress)
        for part in chapters_:
            _merge(part, stack, missing)
        facts = {
            **facts, "forms": {part.title: len(part.leaves) for part in chapters_},
            "gaps": [*facts["gaps"], *_without_font(missing)],
        }
        with hands() as both:
            front = _front(facts, both)
        for part in front:
            _merge(part, stack, missing)
        cover, notes, signatures = front
        pages = _assemble(path, [cover, notes, *chapters_, signatures], facts, at)
    return Binder(pages, facts["forms"], facts["gaps"])


def _without_font(missing: set[str]) -> list[dict[str, Any]]:
    """What lacks besides: characters that stand as boxes, by their codes, for they are boxes here too."""
    if not missing:
        return []
    named = "、".join(f"{each}(U+{ord(each):04X})" for each in sorted(missing)[:SHOWN_MISSING])
    more = f"等 {len(missing)} 个" if len(missing) > SHOWN_MISSING else ""
    line = f"字符 {named}{more} 没有可用的字体,装订册里显示为方框"
    return [{"key": "reports.fonts", "label": "没有字体的字符", "lines": [line]}]


# ---- drawing -----------------------------------------------------------------------------
def _front(facts: Facts, both: Hands) -> list[Part]:
    """Cover, notes and signature page."""
    leaves = [Leaf(paper, paper.title, (sheet_html(paper, Binding(facts)),)) for paper in (COVER, NOTES, SIGNATURES)]
    return [Part(leaf.title, [_drawn(leaf, both)], is_chapter=False) for leaf in leaves]


def _drawn_chapters(month: Period, corrected: frozenset[str], both: Hands, progress: Progress) -> list[Part]:
    total, done, found = count_leaves(month), 0, []
    for chapter in chapters():
        part = Part(chapter.title)
        for leaf in chapter.leaves(month, corrected):
            part.leaves.append(_drawn(leaf, both))
            done += 1
            progress(min(done, total), total)
        if part.leaves:
            found.append(part)
    return found


def _drawn(leaf: Leaf, both: Hands) -> Bound:
    return Bound(leaf.title, leaf.paper, tuple(both.draw_once(html, leaf.paper.size) for html in leaf.pages))


# ---- merging -----------------------------------------------------------------------------
def _merge(part: Part, stack: ExitStack, missing: set[str]) -> None:
    """Merge the papers of a part into volumes on disk, and count their pages."""
    for first in range(0, len(part.leaves), LEAVES_PER_VOLUME):
        file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        with ExitStack() as pieces, pikepdf.new() as volume:
            for leaf in part.leaves[first:first + LEAVES_PER_VOLUME]:
                for key in leaf.keys:
                    piece = _read(key)
                    missing.update(piece.missing)
                    source = pieces.enter_context(pikepdf.open(BytesIO(piece.pdf)))
                    leaf.pages += len(source.pages)
                    volume.pages.extend(source.pages)
            volume.save(file)
        file.seek(0)
        part.volumes.append(stack.enter_context(pikepdf.open(file)))


def _read(key: str) -> Piece:
    piece = kept(key)
    if piece is None:
        forget_piece(key)
        raise PaperLost
    return piece


def _assemble(path: Path, parts: Sequence[Part], facts: Facts, at: dt.datetime) -> int:
    """All parts in one document, the contents behind the cover; returns how many pages it has."""
    listed = _listed(parts)
    own = pages_for(len(listed))
    with pikepdf.new() as book:
        for place, part in enumerate(parts):
            for volume in part.volumes:
                book.pages.extend(volume.pages)
            if place == 0:
                _add_blank_pages(book, own)
        starts = _starts(parts, own)
        stamp(book, _marks(parts, listed, starts, own, facts))
        _add_bookmarks(book, parts, starts)
        make_archival(book, f"月度归档 {facts['month']} 第 {facts['version']} 版", at)
        save_archival(book, path)
        return len(book.pages)


def _listed(parts: Sequence[Part]) -> list[tuple[Part, Bound | None]]:
    """The lines of the contents: each part, and below a chapter each of its papers."""
    lines: list[tuple[Part, Bound | None]] = []
    for part in parts:
        lines.append((part, None))
        lines += [(part, leaf) for leaf in part.leaves] if part.is_chapter else []
    return lines


def _add_blank_pages(book: pikepdf.Pdf, count: int) -> None:
    for _ in range(count):
        page = book.add_blank_page(page_size=A4_POINTS)
        page.obj["/Resources"] = pikepdf.Dictionary()


def _starts(parts: Sequence[Part], own: int) -> dict[int, int]:
    """The page, from 1, on which each part and each leaf begins, by identity; the contents come behind the cover."""
    found, page = {}, 1
    for place, part in enumerate(parts):
        found[id(part)] = page
        for leaf in part.leaves:
            found[id(leaf)] = page
            page += leaf.pages
        if place == 0:
            page += own
    return found


# ---- what is drawn over it ---------------------------------------------------------------
def _marks(
    parts: Sequence[Part], listed: Sequence[tuple[Part, Bound | None]], starts: dict[int, int], own: int, facts: Facts,
) -> list[list[Mark]]:
    """The lines of the contents, and at the foot of every page its place in the binder and in its own paper."""
    lines = [
        Line(leaf.title if leaf else part.title, starts[id(leaf or part)], is_head=leaf is None)
        for part, leaf in listed
    ]
    total = sum(part.pages for part in parts) + own
    foot = f"月度归档 {facts['month']} 第 {facts['version']} 版"
    pages: list[list[Mark]] = []
    for place, part in enumerate(parts):
        for leaf in part.leaves:
            pages += _leaf_marks(leaf, len(pages), total, foot)
        if place == 0:
            for marks in contents_marks(lines):
                pages.append([*marks, *_foot(len(pages) + 1, total, foot, (25, 10.2))])
    return pages


def _leaf_marks(leaf: Bound, before: int, total: int, foot: str) -> list[list[Mark]]:
    places = places_of(leaf.paper)
    return [
        [*_foot(before + n, total, foot, places.foot), *places.on_page(n, leaf.pages, "", "")]
        for n in range(1, leaf.pages + 1)
    ]


def _foot(page: int, total: int, foot: str, spot: tuple[float, float] | None) -> list[Mark]:
    return [Mark(f"{foot} · 装订第 {page} 页 共 {total} 页", *spot, size=7.5)] if spot else []


def _add_bookmarks(book: pikepdf.Pdf, parts: Sequence[Part], starts: dict[int, int]) -> None:
    with book.open_outline() as outline:
        for place, part in enumerate(parts):
            item = pikepdf.OutlineItem(part.title, starts[id(part)] - 1)
            if part.is_chapter:
                item.children.extend(pikepdf.OutlineItem(leaf.title, starts[id(leaf)] - 1) for leaf in part.leaves)
                item.is_closed = True
            outline.root.append(item)
            if place == 0:
                outline.root.append(pikepdf.OutlineItem(HEADING, part.pages))
