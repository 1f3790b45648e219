"""Reads a workbook that came from outside: what is no workbook or would blow up is refused before it is opened."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import load_workbook

from reports.errors.oldbooks import BrokenWorkbook, FileTooLarge, NotAWorkbook, Overblown, TooManyOldRows
from servicedesk.services import preferences

WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
MEGABYTE = 1024 * 1024
# What 50,000 rows of 30 columns unfold to, with room.
MOST_UNFOLDED = 300 * MEGABYTE
MOST_STRINGS = 80 * MEGABYTE
MOST_RATIO = 200
MOST_PARTS = 2000
MOST_COLUMNS = 80
# So many empty rows on end are the end: Excel files are often formatted down to the last row.
EMPTY_END = 200
HEAD_BYTES = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def guard(content: bytes) -> None:
    """Look at an uploaded file without opening it.

    Raises:
        FileTooLarge, NotAWorkbook, Overblown: it is not opened.
    """
    most = preferences.value("reports.oldbook_megabytes")
    if len(content) > most * MEGABYTE:
        raise FileTooLarge(most=most)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _guard_parts(parts, len(content))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise NotAWorkbook from error


def _guard_parts(parts: zipfile.ZipFile, size: int) -> None:
    entries = parts.infolist()
    names = {entry.filename: entry for entry in entries}
    if WORKBOOK not in names:
        raise NotAWorkbook
    unfolded = sum(entry.file_size for entry in entries)
    strings = names[STRINGS].file_size if STRINGS in names else 0
    is_overblown = unfolded > MOST_UNFOLDED or strings > MOST_STRINGS or len(entries) > MOST_PARTS
    if is_overblown or unfolded > MEGABYTE and unfolded > MOST_RATIO * size:
        raise Overblown
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            with parts.open(entry) as part:
                # No program that writes workbooks declares a document type: it is there to blow up the reader.
                if b"<!DOCTYPE" in part.read(HEAD_BYTES).upper():
                    raise Overblown


def lines(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows of the first sheet with anything in them, as (number in Excel, values); of formulas the values.

    Raises:
        BrokenWorkbook: it cannot be read.
        TooManyOldRows: more rows than the setting allows.
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
    except Exception as error:  # whatever a broken file breaks in the reader
        raise BrokenWorkbook from error
    try:
        yield from _lines(sheet)
    finally:
        book.close()


def _lines(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    most = preferences.value("reports.oldbook_rows")
    rows, found, empty = sheet.iter_rows(values_only=True), 0, 0
    number = 0
    while True:
        try:
            values = next(rows, None)
        except Exception as error:  # the reader meets the damage only when it comes to it
            raise BrokenWorkbook from error
        number += 1
        if values is None or empty >= EMPTY_END:
            return
        cells = [_clean(value) for value in values[:MOST_COLUMNS]]
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if not cells:
            empty += 1
            continue
        empty, found = 0, found + 1
        # Title, notes and heads stand above the rows.
        if found > most + 3:
            raise TooManyOldRows(most=most)
        yield number, cells


def _clean(value: Any) -> Any:
    return _CONTROL.sub("", value).strip() if isinstance(value, str) else value
