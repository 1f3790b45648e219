"""Workbooks of many sheets: ledgers in the layout of their paper, plain sheets for analysis, charts.

The same rows and the same moment give the same bytes, and no sheet takes memory for its rows.
"""

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import FastExcel

from servicedesk.register import Column
from servicedesk.services.exports import (
    FORMATS,
    HEAD_ROW,
    head_look,
    head_of,
    labels_of,
    lines_of,
    look_of,
    page_of,
    sheet_name,
)

CORE = "docProps/core.xml"
# The oldest moment that a zip knows: when a file was packed says nothing.
PACKED_AT = (1980, 1, 1, 0, 0, 0)
COPY_BYTES = 1024 * 1024
CORE_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>游客服务台</dc:creator>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>'
)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A native chart over columns of its own sheet. `series` and `by` are labels of columns.

    It stands beside the table, or with a `row` below it: a wide table with a chart beside it prints too small to read.
    """

    kind: str
    title: str
    series: Sequence[str]
    by: str
    row: int | None = None
    width: int = 860


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet, printed on A4 across with its heads on every page. With a `title` it is laid out as a paper: title
    and subtitle over the table, `footer` below; without one it is a plain table for analysis.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    title: str = ""
    subtitle: str = ""
    footer: str = ""
    is_full: bool = False
    charts: Sequence[Chart] = field(default_factory=tuple)


def write_workbook(path: Path, sheets: Iterable[Sheet], *, at: dt.datetime) -> None:
    """Write the sheets in their order; `at` is the moment that the file says it was made."""
    raw = path.with_name(f"{path.name}.raw")
    book = FastExcel(str(raw)).format(datetime_format=FORMATS["datetime"])
    for sheet in sheets:
        book = _add(book, sheet)
    book.save()
    _repack(raw, path, at)
    raw.unlink()


def _add(book: FastExcel, sheet: Sheet) -> FastExcel:
    labels, name = labels_of(sheet.columns), sheet_name(sheet.name)
    head_row = HEAD_ROW if sheet.title else 0
    laid_out: dict[str, Any] = {
        "merge_ranges": head_of(sheet.title, sheet.subtitle, len(sheet.columns)), "row_heights": {0: 26.0},
    } if sheet.title else {}
    return book.freeze(row=head_row + 1, sheet=name).sheet(
        name, lines_of(labels, sheet.columns, sheet.rows, full=sheet.is_full), header_row=head_row, autofilter=True,
        column_widths=[column.width for column in sheet.columns],
        column_formats=[look_of(column) for column in sheet.columns], header_format=head_look(),
        # A chart keeps the numbers it shows only of a sheet that is held whole.
        dedupe_strings=bool(sheet.charts), charts=[_chart(each, len(labels)) for each in sheet.charts],
        page_setup=page_of(sheet.columns, head_row, f"&L{sheet.footer if sheet.title else '&A'}&R第 &P 页 共 &N 页"),
        **laid_out,
    )


def _chart(chart: Chart, width: int) -> dict[str, Any]:
    return {
        "type": chart.kind, "series": list(chart.series), "categories": chart.by, "title": chart.title,
        "row": HEAD_ROW if chart.row is None else chart.row, "col": width + 1 if chart.row is None else 0,
        "width": chart.width, "height": 380,
    }


def _repack(raw: Path, path: Path, at: dt.datetime) -> None:
    """The writer notes the clock of the machine: the moment that was asked for is put in its place."""
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, PACKED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with new.open(entry, "w", force_zip64=True) as target:
                if name == CORE:
                    target.write(CORE_XML.format(at=f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}").encode())
                    continue
                with old.open(name) as source:
                    while piece := source.read(COPY_BYTES):
                        target.write(piece)
