"""What is bound of a month: the sheets of its days, and of each register the ledgers and behind them the forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from servicedesk.models import ServicePoint
from servicedesk.paper import Paper, paper_by_key
from servicedesk.periods import Period
from servicedesk.register import Register, whole_books
from servicedesk.services import preferences
from servicedesk.services.exports import in_chunks
from servicedesk.services.printing.hands import hands
from servicedesk.services.printing.parts import ledgers_of
from servicedesk.services.printing.sheets import sheet_html


@dataclass(frozen=True)
class Leaf:
    """One paper of the binder: what it is called in contents and bookmarks, and the pages it is drawn from."""

    paper: Paper
    title: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """The papers of a register."""

    register: Register
    title: str

    def leaves(self, month: Period, corrected: frozenset[str]) -> Iterator[Leaf]:
        """One paper after the other; nothing is drawn here."""
        yield from _ledgers(self.register, month)
        for record in in_chunks(self.register.of_month(month)):
            for paper in bound_papers(self.register):
                if paper.suits(record):
                    mark = "〔更正〕" if str(record) in corrected else ""
                    title = f"{paper.number(record)} {paper.title}{mark}"
                    yield Leaf(paper, title, (sheet_html(paper, record),))


def bound_papers(register: Register) -> list[Paper]:
    """The forms of its records that are filed: no labels, no booklets of empty sheets."""
    papers = [paper_by_key(key) for key in register.papers]
    return [p for p in papers if not p.per_sheet and not p.size.startswith("label") and not p.sheet_notes]


def chapters() -> list[Chapter]:
    """Each register that has a paper."""
    return [
        Chapter(register, register.label) for register in whole_books()
        if register.ledgers or bound_papers(register)
    ]


def count_leaves(month: Period) -> int:
    """About how many papers a month has: what progress is measured by."""
    return sum(
        chapter.register.of_month(month).order_by().count() for chapter in chapters()
        if bound_papers(chapter.register)
    ) or 1


def _ledgers(register: Register, month: Period) -> Iterator[Leaf]:
    for paper in (paper_by_key(key) for key in register.ledgers):
        for point in ServicePoint.objects.all():
            rows: QuerySet[Any] = paper.rows().filter(service_point=point)
            assert paper.month_rows is not None
            if paper.month_rows(rows, month.first).exists():
                pages = tuple(sheet_html(paper, each) for each in ledgers_of(paper, rows, month.first, point))
                yield Leaf(paper, f"{paper.title} {point}", pages)


def draw_ahead(month: Period) -> int:
    """Draw what is not kept yet of the forms of finished records; returns how many were drawn."""
    with preferences.one_reading(), hands() as both:
        for chapter in chapters():
            finished = chapter.register.finals(chapter.register.of_month(month))
            for record in in_chunks(finished):
                for paper in bound_papers(chapter.register):
                    if paper.suits(record):
                        both.draw_once(sheet_html(paper, record), paper.size)
        return both.drawn
