"""The workbooks that the import gives out: the template to fill, and the rows that are wrong, with a red column."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reports.services.oldbooks.cells import said
from reports.services.oldbooks.judging import ERRORS_TITLE, Heads, JudgedRow
from servicedesk.oldbooks import OldBook, OldColumn

RED, PALE_RED, PALE = "FFC0392B", "FFFBE9E7", "FFEFF3F0"
FILLED_ROWS = 5000
# Excel takes a list of choices no longer than this.
LONGEST_LIST = 250
NOTE = (
    "说明:第 2 行是表头,从第 3 行起填写;带 * 的必填,列的次序随意,用不到的列可以删去。"
    "日期写 2024-3-5、2024年3月5日,可带时间 2024-3-5 14:30;只导入已经办结的旧账。"
)


def template_of(book: OldBook) -> bytes:
    """An empty workbook of a ledger: a note, the heads with their explanations, choices to pick from."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = book.label
    sheet["A1"] = f"{NOTE}{book.help}"
    sheet["A1"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[1].height = 64
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=min(len(book.columns), 8))
    for place, column in enumerate(book.columns, start=1):
        _head(sheet, place, column)
    sheet.freeze_panes = "A3"
    explained = workbook.create_sheet("填写说明")
    explained.append(["列", "必填", "怎么填", "也认得的表头"])
    for column in book.columns:
        explained.append([column.title, "是" if column.is_required else "", _help(column), "、".join(column.aliases)])
    for letter, width in zip("ABCD", (18, 8, 70, 50), strict=True):
        explained.column_dimensions[letter].width = width
    return _bytes(workbook)


def _head(sheet: Any, place: int, column: OldColumn) -> None:
    cell = sheet.cell(2, place, f"{column.title}*" if column.is_required else column.title)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=PALE)
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].width = max(12, len(column.title) * 2 + 4)
    cells = f"{letter}3:{letter}{FILLED_ROWS}"
    if column.kind in ("text", "phone"):
        # A phone or an old number typed into a plain cell loses its zeros.
        for row in range(3, 203):
            sheet[f"{letter}{row}"].number_format = "@"
    choices = ",".join(column.choices or ())
    if choices and len(choices) <= LONGEST_LIST:
        rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=not column.is_required)
        rule.errorTitle, rule.error = "请从列表里选", _help(column)[:200]
        sheet.add_data_validation(rule)
        rule.add(cells)


def _help(column: OldColumn) -> str:
    choices = f"填:{'、'.join(column.choices)}" if column.choices else ""
    return ";".join(part for part in (column.help, choices) if part)


def errors_of(heads: Heads, wrong: Iterable[JudgedRow]) -> bytes:
    """The wrong rows as they came, each with a red cell that says why. Mended, the same file can be uploaded."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("有错的行")
    kept = [place for place, title in enumerate(heads.titles) if title != ERRORS_TITLE]
    sheet.column_dimensions["A"].width = 60
    sheet.append([_red(sheet, ERRORS_TITLE), *(_cell(sheet, heads.titles[place], is_head=True) for place in kept)])
    for row in wrong:
        cells = [row.cells[place] if place < len(row.cells) else None for place in kept]
        sheet.append([_red(sheet, said_of(row)), *(_cell(sheet, value) for value in cells)])
    return _bytes(workbook)


def said_of(row: JudgedRow) -> str:
    return f"第 {row.row} 行 " + ";".join(row.wrong)


def _red(sheet: Any, text: str) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font, cell.fill = Font(color=RED, bold=True), PatternFill("solid", fgColor=PALE_RED)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Any, *, is_head: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # `=1+1` of a stranger's file stays the text that it was.
        cell.data_type = "s"
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _bytes(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def shown(cells: Sequence[Any], heads: int) -> list[str]:
    """Cells as the preview shows them, one below each head."""
    room = [""] * (heads - len(cells))
    return ["" if cell is None else said(cell)[:60] for cell in cells] + room
