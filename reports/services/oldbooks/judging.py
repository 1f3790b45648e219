"""Heads matched by their title, rows judged one by one; nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from reports.errors.oldbooks import HeadMissing, HeadTwice, NoHeads, NoRows
from reports.models import OldBookImport, OldBookRow
from reports.services.oldbooks.cells import WrongCell, read_cell, said
from reports.services.oldbooks.reading import lines
from servicedesk.errors import Refusal
from servicedesk.models import ClosedMonth
from servicedesk.oldbooks import OldBook, OldColumn
from servicedesk.periods import Period
from servicedesk.pinyin import normal_text
from servicedesk.register import register_of

OLD_KEY = "old_number"
ERRORS_TITLE = "错误"
HEAD_ROWS = 10
# So many heads must be known in a row for it to be the row of heads.
FEWEST_HEADS = 2
MOST_WRONG = 8


@dataclass(frozen=True)
class Heads:
    """The row of heads: which place holds which column, and which heads nobody knows."""

    row: int
    titles: Sequence[str]
    places: Mapping[int, OldColumn]

    @property
    def unknown(self) -> list[str]:
        return [
            title for place, title in enumerate(self.titles)
            if title and place not in self.places and title != ERRORS_TITLE
        ]


@dataclass
class JudgedRow:
    """A row as it came, the record it would become, and what is wrong with it."""

    row: int
    cells: Sequence[Any]
    old_number: str = ""
    record: Any = None
    wrong: list[str] = field(default_factory=list)


def _plain(title: Any) -> str:
    text = normal_text(said(title)) if title is not None else ""
    return "".join(each for each in text if each.isalnum())


def _known(book: OldBook) -> dict[str, OldColumn]:
    return {_plain(title): column for column in book.columns for title in (column.title, *column.aliases)}


def find_heads(book: OldBook, first: Sequence[tuple[int, Sequence[Any]]]) -> Heads:
    """The row of heads among the first rows.

    Raises:
        NoHeads: none of them looks like it.
        HeadTwice, HeadMissing: two columns for one thing, or none for what every row needs.
    """
    known = _known(book)
    matches = [(sum(_plain(cell) in known for cell in cells), -row, cells) for row, cells in first[:HEAD_ROWS]]
    count, row, cells = max(matches, default=(0, 0, []), key=lambda match: match[:2])
    if count < min(FEWEST_HEADS, len(book.columns)):
        raise NoHeads(rows=HEAD_ROWS, titles="”“".join(column.title for column in book.columns[:3]))
    places: dict[int, OldColumn] = {}
    for place, cell in enumerate(cells):
        column = known.get(_plain(cell))
        if column is None:
            continue
        if column in places.values():
            raise HeadTwice(title=column.title)
        places[place] = column
    missing = [each.title for each in book.columns if each.is_required and each not in places.values()]
    if missing:
        raise HeadMissing(titles="、".join(missing))
    return Heads(-row, [said(cell) if cell is not None else "" for cell in cells], places)


class Judge:
    """Judges the rows of a batch in their order: cells, the record, old numbers, closed months."""

    def __init__(self, batch: OldBookImport, content: bytes) -> None:
        self.batch, self.book, self.content = batch, batch.of, content
        self.known = self.book.prepare(batch.service_point)
        self.register = register_of(self.book.model)
        self.closed = {Period(month) for month in ClosedMonth.objects.values_list("month", flat=True)}
        self.taken = set(
            OldBookRow.objects.exclude(batch=batch)
            .filter(old_key__startswith=old_key(batch, "")).values_list("old_key", flat=True)
        )
        self.seen: dict[str, int] = {}
        self.above: dict[int, Any] = {}
        self.heads: Heads | None = None

    def rows(self) -> Iterator[JudgedRow]:
        """Every row under the heads, judged.

        Raises:
            NoHeads, HeadTwice, HeadMissing, NoRows and what `reading.lines` raises.
        """
        source = lines(self.content)
        first = list(islice(source, HEAD_ROWS))
        self.heads = find_heads(self.book, first)
        self.seen.clear()
        self.above.clear()
        is_empty = True
        for row, cells in chain(first, source):
            if row > self.heads.row:
                is_empty = False
                yield self._judge(row, cells)
        if is_empty:
            raise NoRows

    def _judge(self, row: int, cells: Sequence[Any]) -> JudgedRow:
        judged = JudgedRow(row, self._filled(cells))
        values = self._values(judged)
        judged.old_number = values.get(OLD_KEY) or ""
        self._judge_number(judged)
        if not judged.wrong:
            try:
                judged.record = self.book.judge(values, self.known, judged.wrong)
            except Refusal as refusal:
                judged.wrong.append(refusal.sentence)
        if judged.record is not None and not judged.wrong:
            self._judge_month(judged)
        del judged.wrong[MOST_WRONG:]
        return judged

    def _filled(self, cells: Sequence[Any]) -> Sequence[Any]:
        """The cells with what those of columns that fill down take over from above: so the row stands alone."""
        assert self.heads is not None
        filled = list(cells)
        for place in (place for place, column in self.heads.places.items() if column.fills_down):
            filled += [None] * (place + 1 - len(filled))
            if filled[place] in (None, ""):
                filled[place] = self.above.get(place)
            self.above[place] = filled[place]
        return filled

    def _values(self, judged: JudgedRow) -> dict[str, Any]:
        assert self.heads is not None
        values: dict[str, Any] = {}
        for place, column in self.heads.places.items():
            cell = judged.cells[place] if place < len(judged.cells) else None
            try:
                values[column.key] = read_cell(column, cell, self.batch.year)
            except WrongCell as wrong:
                judged.wrong.append(f"{column.title}:{wrong}")
                continue
            if column.is_required and values[column.key] is None:
                judged.wrong.append(f"{column.title}:没有填写")
        return values

    def _judge_number(self, judged: JudgedRow) -> None:
        if not judged.old_number:
            return
        before = self.seen.setdefault(judged.old_number, judged.row)
        if before != judged.row:
            judged.wrong.append(f"旧编号“{judged.old_number}”与第 {before} 行重复")
        if old_key(self.batch, judged.old_number) in self.taken:
            judged.wrong.append(f"旧编号“{judged.old_number}”以前已导入过")

    def _judge_month(self, judged: JudgedRow) -> None:
        month = self.register.month_of(judged.record) if self.register else None
        if month in self.closed:
            judged.wrong.append(f"{month}已经封账,不能再导入这个月的记录")


def old_key(batch: OldBookImport, old_number: str) -> str:
    """By what an old number is known: it is one of its ledger and desk."""
    return f"{batch.book}:{batch.service_point_id}:{old_number}"
