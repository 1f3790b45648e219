"""Cells of a ledger's papers: a line of 36 parts on the form, of 64 in the table of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledgers.choices import FieldType, Width
from ledgers.definitions import LedgerField
from ledgers.models import LedgerEntry
from servicedesk.templatetags.papers import written

LINE, LABEL = 36, 4
LONG_LABEL = 8
SPANS = {Width.QUARTER: 9, Width.THIRD: 12, Width.HALF: 18, Width.FULL: 36}
# Signs that fit into the cell of half a line, and of a whole one.
IN_HALF, IN_LINE = 16, 36
WEIGHTS = {Width.QUARTER: 2, Width.THIRD: 3, Width.HALF: 4, Width.FULL: 5}
LONG_WEIGHT, LEAST = 6, 3
# What keeps a phone or an amount on one line, of parts of 4 mm.
LEAST_OF = {FieldType.PHONE: 5, FieldType.DOCUMENT: 5, FieldType.MONEY: 4, FieldType.DATE: 5}


@dataclass(frozen=True)
class Cell:
    """A label and what stands beside it; `ticks` are its choices with what was chosen."""

    label: str
    text: str = ""
    span: int = 18
    ticks: Sequence[tuple[bool, str]] = ()
    is_long: bool = False

    @property
    def label_span(self) -> int:
        """A long label takes twice the room where its cell has it."""
        return LABEL * 2 if len(self.label) > LONG_LABEL and self.span >= LABEL * 4 else LABEL

    @property
    def value_span(self) -> int:
        return self.span - self.label_span


def field_cell(field: LedgerField, entry: LedgerEntry | None) -> Cell:
    """The cell of a field, filled or blank."""
    kept = entry.value(field) if entry else None
    ticks = _ticks(field, kept)
    text = "" if ticks else _text(field, kept, is_filled=entry is not None)
    is_long = field.type == FieldType.LONG
    return Cell(field.label, text, LINE if is_long else _span(field, ticks), ticks, is_long)


def _ticks(field: LedgerField, kept: Any) -> tuple[tuple[bool, str], ...]:
    if field.type == FieldType.YESNO:
        return ((bool(kept), "是"), (kept is False, "否"))
    if field.type not in (FieldType.CHOICE, FieldType.CHOICES):
        return ()
    chosen = kept if isinstance(kept, list) else [kept]
    return tuple((choice in chosen, choice) for choice in field.choices)


def _text(field: LedgerField, kept: Any, *, is_filled: bool) -> str:
    if field.type == FieldType.DOCUMENT:
        said = field.said_masked(kept)
    else:
        said = field.said(kept)
    if said or is_filled:
        return said or "/"
    if field.type == FieldType.DATE:
        return written("", "ymd")
    return written("", "full") if field.type == FieldType.MOMENT else ""


def _span(field: LedgerField, ticks: Sequence[tuple[bool, str]]) -> int:
    span = SPANS[Width(field.width)]
    if field.is_sealed or field.type == FieldType.DATE:
        span = max(span, SPANS[Width.THIRD])  # a number and a day stay on one line
    if field.type == FieldType.MOMENT:
        span = max(span, SPANS[Width.HALF])
    signs = sum(len(label) + 2 for _, label in ticks)
    if signs > IN_HALF * 2:
        return LINE
    return max(span, SPANS[Width.HALF]) if signs > IN_HALF // 2 or len(field.label) > 5 else span


def lines_of(cells: Sequence[Cell]) -> list[list[Cell]]:
    """The cells in lines of 36 parts; the last of a line takes what is left of it."""
    lines: list[list[Cell]] = []
    used = LINE
    for cell in cells:
        if used + cell.span > LINE:
            lines.append([])
            used = 0
        lines[-1].append(cell)
        used += cell.span
    return [_filled(line) for line in lines]


def _filled(line: list[Cell]) -> list[Cell]:
    room = LINE - sum(cell.span for cell in line)
    last = line[-1]
    return [*line[:-1], Cell(last.label, last.text, last.span + room, last.ticks, last.is_long)]


def shares(weights: Sequence[int], least: Sequence[int], parts: int) -> list[int]:
    """`parts` dealt out: to each what it needs at least where there is room for all, the rest by weight."""
    found = list(least) if sum(least) <= parts else [LEAST] * len(weights)
    while found and sum(found) < parts:
        # To whom most is missing of what the weight promises.
        found[max(range(len(found)), key=lambda place: weights[place] / found[place])] += 1
    return found


def weight_of(field: LedgerField) -> int:
    return LONG_WEIGHT if field.type == FieldType.LONG else WEIGHTS[Width(field.width)]
