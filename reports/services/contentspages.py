"""The contents of a binder: drawn line by line, because laying out a thousand lines as a page takes minutes."""

from collections.abc import Sequence
from dataclasses import dataclass

from servicedesk.services.printing.stamps import Mark

HEADING = "目录"
ROWS = 46
COLUMNS = ((22.0, 104.0), (112.0, 194.0))
TOP, STEP = 270.0, 5.4
LONGEST = 34
PER_PAGE = ROWS * len(COLUMNS)


@dataclass(frozen=True)
class Line:
    """A line of the contents: what, and its page; a head stands out."""

    title: str
    page: int
    is_head: bool = False


def pages_for(lines: int) -> int:
    return -(-lines // PER_PAGE)


def contents_marks(lines: Sequence[Line]) -> list[list[Mark]]:
    """The marks of each page."""
    return [
        [Mark(HEADING, 105, 282, size=15, align="center", is_grey=False), *_page(lines[first:first + PER_PAGE])]
        for first in range(0, len(lines), PER_PAGE)
    ]


def _page(lines: Sequence[Line]) -> list[Mark]:
    marks = []
    for place, line in enumerate(lines):
        left, right = COLUMNS[place // ROWS]
        y = TOP - place % ROWS * STEP
        title = line.title if len(line.title) <= LONGEST else f"{line.title[:LONGEST - 1]}…"
        marks += [
            Mark(title, left if line.is_head else left + 4, y, size=9 if line.is_head else 8, is_grey=not line.is_head),
            Mark(str(line.page), right, y, size=8, align="right", is_grey=False),
        ]
    return marks
