"""Workbooks from a register: what is shown, as real dates and numbers, safe against formulas."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from servicedesk.errors import ReasonNeeded, Refusal
from servicedesk.models import ExportLog
from servicedesk.register import Column, Register
from servicedesk.services import preferences

FORMATS = {
    "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "money": "#,##0.00", "number": "0", "text": "@",
}
LONGEST_CELL = 32767
_HAIR = Side(style="hair", color="999999")
_EDGES = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
HEAD_ROW = 3


class TooManyRows(Refusal):
    sentence = "要导出 {count} 行,超过一次最多 {limit} 行。请缩小筛选范围,或请经理在参数中调高。"
    status = 400


def cell_value(value: Any, kind: str) -> tuple[Any, str]:
    """The value as a workbook holds it, and its number format. Texts stay texts, `=1+1` too."""
    if value is None or value == "":
        return None, "@"
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0), FORMATS["datetime"]
    if isinstance(value, dt.date):
        return value, FORMATS["date"]
    if isinstance(value, Decimal) or kind == "money":
        return Decimal(value), FORMATS["money"]
    if isinstance(value, bool):
        return "是" if value else "否", "@"
    if isinstance(value, int) and kind == "number":
        return value, FORMATS["number"]
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    return text[:LONGEST_CELL], "@"


def _cell(sheet, value: Any, number_format: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        # Set the type by hand: openpyxl would read a leading "=" as a formula.
        cell._value, cell.data_type = value, "s"
    else:
        cell.value = value
    cell.number_format = number_format
    cell.border = _EDGES
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > 12)
    return cell


def workbook(title: str, subtitle: str, columns: Sequence[Column], rows: Iterable[Any], *, full: bool = False) -> bytes:
    """An .xlsx of one sheet: title, subtitle, frozen head, filter, widths, A4 landscape."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    _lay_out(sheet, columns)
    sheet.append([_head(sheet, title, size=14)])
    sheet.append([_head(sheet, subtitle, size=9, bold=False)])
    sheet.append([_head(sheet, column.label, fill=True) for column in columns])
    count = 0
    for record in rows:
        count += 1
        sheet.append([
            _cell(sheet, *cell_value(column.full(record) if full and column.full else column.read(record), column.kind))
            for column in columns
        ])
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(columns))}{HEAD_ROW + count}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lay_out(sheet, columns: Sequence[Column]) -> None:
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    for position, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = column.width


def _head(sheet, text: str, *, size: int = 10, bold: bool = True, fill: bool = False) -> WriteOnlyCell:
    cell = _cell(sheet, text, "@")
    cell.font = Font(bold=bold, size=size)
    cell.border = _EDGES if fill else Border()
    cell.alignment = Alignment(vertical="center", horizontal="center" if fill else None, wrap_text=fill)
    if fill:
        cell.fill = PatternFill("solid", fgColor="E6EFEC")
    return cell


@transaction.atomic
def export_register(
    register: Register, rows: models.QuerySet, columns: Sequence[Column], user, *, query: str = "",
    full: bool = False, reason: str = "",
) -> bytes:
    """The workbook of a filtered list, noted in the export log.

    Raises:
        TooManyRows: more rows than the setting allows.
        ReasonNeeded: a full export without a reason.
    """
    limit = preferences.value("servicedesk.export_rows")
    count = rows.count()
    if count > limit:
        raise TooManyRows(count=count, limit=limit)
    if full and not reason.strip():
        raise ReasonNeeded("导出完整号码请写明用途。")
    ExportLog.objects.create(
        register=register.key, query=query[:2000], rows=count, is_full=full, reason=reason.strip()[:200], by=user
    )
    made = timezone.localtime()
    subtitle = f"共 {count} 条 · {made:%Y-%m-%d %H:%M} {user.name} 导出 · {'完整' if full else '已脱敏'}"
    return workbook(register.label, subtitle, columns, rows.iterator(chunk_size=2000), full=full)
