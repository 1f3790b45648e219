"""Workbooks from a register: what is shown, as real dates and numbers, safe against formulas."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from rustpy_xlsxwriter import FastExcel, Format

from servicedesk.errors import ReasonNeeded, Refusal
from servicedesk.models import ExportLog
from servicedesk.register import Column, Register
from servicedesk.services import preferences

FORMATS = {
    "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "money": "#,##0.00", "number": "0", "text": "@",
}
LONGEST_CELL = 32767
LONGEST_LINE = 12  # characters; wider columns of words are wrapped
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
HEAD_ROW = 2  # counted from 0: title and subtitle stand above it
A4 = 9
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6, "header": 0.3, "footer": 0.3}  # inches
WIDEST_PAGE = 320  # characters; more of them side by side are smaller than five points
CHUNK = 1000


class TooManyRows(Refusal):
    sentence = "要导出的行超过一次最多 {limit} 行。请缩小筛选范围,或请经理在参数中调高。"
    status = 400


def cell_value(value: Any, kind: str) -> Any:
    """The value as a workbook holds it: dates, numbers and money as such, texts as texts, `=1+1` too."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, Decimal) or kind == "money":
        return float(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and kind == "number":
        return value
    return ILLEGAL.sub("", str(value))[:LONGEST_CELL]


@dataclass(frozen=True, kw_only=True)
class SheetOf:
    """One sheet of a workbook."""

    title: str
    subtitle: str
    columns: Sequence[Column]
    rows: Iterable[Any]


def workbook(title: str, subtitle: str, columns: Sequence[Column], rows: Iterable[Any], *, full: bool = False) -> bytes:
    """An .xlsx of one sheet: title, subtitle, frozen head, filter, widths, A4 landscape. Rows are not gathered."""
    return workbook_of([SheetOf(title=title, subtitle=subtitle, columns=columns, rows=rows)], full=full)


def workbook_of(sheets: Iterable[SheetOf], *, full: bool = False) -> bytes:
    """An .xlsx of several sheets, each drawn like one alone."""
    stream = io.BytesIO()
    book = FastExcel(stream).format(datetime_format=FORMATS["datetime"]).freeze(row=HEAD_ROW + 1)
    for sheet in sheets:
        labels, columns = labels_of(sheet.columns), sheet.columns
        book.sheet(
            sheet_name(sheet.title), lines_of(labels, columns, sheet.rows, full=full), header_row=HEAD_ROW,
            autofilter=True, column_widths=[column.width for column in columns],
            column_formats=[look_of(c) for c in columns], header_format=head_look(),
            merge_ranges=head_of(sheet.title, sheet.subtitle, len(columns)),
            page_setup=page_of(columns, HEAD_ROW, "&C第 &P 页 共 &N 页"),
        )
    book.save()
    return stream.getvalue()


def page_of(columns: Sequence[Column], head_row: int, footer: str) -> dict[str, Any]:
    """A4 across, the heads on every page, all columns side by side; those of a very wide table on two pages, with
    its first column on both.
    """
    pages = 1 + sum(column.width for column in columns) // WIDEST_PAGE
    return {
        "landscape": True, "paper_size": A4, "margins": MARGINS, "fit_to_pages": (pages, 0), "repeat_rows": head_row,
        **({"repeat_columns": 0} if pages > 1 else {}), "footer": footer,
    }


def sheet_name(title: str) -> str:
    """What Excel accepts as the name of a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31]


def labels_of(columns: Sequence[Column]) -> list[str]:
    """The heads; two columns of one label are told apart by a blank."""
    labels: list[str] = []
    for column in columns:
        label = column.label
        while label in labels:
            label += " "
        labels.append(label)
    return labels


def lines_of(labels: list[str], columns: Sequence[Column], rows: Iterable[Any], *, full: bool) -> Iterator[dict]:
    """One row at a time; without any, an empty one that carries the heads."""
    readers = [(c.full if full and c.full else c.read, c.kind) for c in columns]
    is_empty = True
    for record in rows:
        is_empty = False
        yield dict(zip(labels, [cell_value(read(record), kind) for read, kind in readers], strict=True))
    if is_empty:
        yield dict.fromkeys(labels)


def look_of(column: Column) -> Format:
    look = Format().set_num_format(FORMATS.get(column.kind, "@")).set_border("hair").set_border_color("#999999")
    look = look.set_align("top")
    return look.set_text_wrap() if column.width > LONGEST_LINE else look


def head_look() -> Format:
    look = Format().set_bold().set_border("hair").set_border_color("#999999").set_background_color("#E6EFEC")
    return look.set_align("center").set_text_wrap()


def head_of(title: str, subtitle: str, width: int) -> list[tuple]:
    """Title and subtitle over all columns; a single column cannot be merged with itself, so it takes its neighbour."""
    last = max(1, width - 1)
    return [
        (0, 0, 0, last, title, Format().set_bold().set_font_size(14)),
        (1, 0, 1, last, subtitle, Format().set_font_size(9)),
    ]


def check_size(rows: models.QuerySet) -> int:
    """How many rows an export has. Raises TooManyRows beyond the setting."""
    limit = preferences.value("servicedesk.export_rows")
    count = rows.order_by().values("pk")[: limit + 1].count()  # a million need not be counted to be too many
    if count > limit:
        raise TooManyRows(limit=limit)
    return count


def export_register(
    register: Register, rows: models.QuerySet, columns: Sequence[Column], user, *, query: str = "",
    full: bool = False, reason: str = "", progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The workbook of a filtered list, noted in the export log before the first row is read.

    Raises:
        TooManyRows: more rows than the setting allows.
        ReasonNeeded: a full export without a reason.
    """
    count = check_size(rows)
    if full and not reason.strip():
        raise ReasonNeeded("导出完整号码请写明用途。")
    ExportLog.objects.create(
        register=register.key, query=query[:2000], rows=count, is_full=full, reason=reason.strip()[:200], by=user
    )
    made = timezone.localtime()
    subtitle = f"共 {count} 条 · {made:%Y-%m-%d %H:%M} {user.name} 导出 · {'完整' if full else '已脱敏'}"
    return workbook(register.label, subtitle, columns, in_chunks(rows, progress), full=full)


def in_chunks(rows: models.QuerySet, progress: Callable[[int, int], None] | None = None) -> Iterator[Any]:
    """The rows in their order, some thousands at a time, and how many of them are read.

    No cursor and no transaction stays open between two chunks: on SQLite either would keep every desk from
    writing until the last row is read. What was deleted meanwhile is left out.
    """
    keys = list(rows.values_list("pk", flat=True))
    for first in range(0, len(keys), CHUNK):
        wanted = keys[first:first + CHUNK]
        found = rows.filter(pk__in=wanted).order_by().in_bulk()
        if progress:
            progress(first, len(keys))
        yield from (found[key] for key in wanted if key in found)
