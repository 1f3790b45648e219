"""Workbooks: real dates and numbers, texts that stay texts, a page that can be printed."""

import datetime as dt
import io
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from servicedesk.register import Column
from servicedesk.services.exports import cell_value, sheet_name, workbook

pytestmark = pytest.mark.one_database

COLUMNS = [
    Column(key="number", label="编号", kind="serial", width=20), Column(key="thing", label="物品", width=24),
    Column(key="at", label="时间", kind="datetime", width=17), Column(key="on", label="日期", kind="date"),
    Column(key="price", label="估价(元)", kind="money"), Column(key="count", label="件数", kind="number"),
    Column(key="is_kept", label="在库", kind="yesno"),
    Column(key="phone", label="电话", kind="phone", value=lambda row: "138****5678", full=lambda row: row.phone),
]


def row(**more):
    facts = {
        "number": "SW-20261122-001", "thing": "雨伞", "at": dt.datetime(2026, 11, 22, 2, 20, 30, tzinfo=dt.UTC),
        "on": dt.date(2026, 11, 22), "price": Decimal("1280.50"), "count": 3, "is_kept": True, "phone": "13812345678",
    }
    return SimpleNamespace(**facts | more)


def opened(rows, **more):
    return load_workbook(io.BytesIO(workbook("拾物", "共 1 条", COLUMNS, rows, **more))).active


def test_dates_numbers_and_money_are_what_they_are():
    sheet = opened([row()])
    assert [cell.value for cell in sheet[3]] == [c.label for c in COLUMNS]
    assert [cell.value for cell in sheet[4]] == [
        "SW-20261122-001", "雨伞", dt.datetime(2026, 11, 22, 10, 20, 30), dt.datetime(2026, 11, 22), 1280.5, 3, "是",
        "138****5678",
    ]
    assert [sheet.cell(4, n).number_format for n in (3, 4, 5, 6)] == ["yyyy-mm-dd hh:mm", "yyyy-mm-dd", "#,##0.00", "0"]


def test_the_whole_number_stands_there_only_in_full():
    assert opened([row()], full=True).cell(4, 8).value == "13812345678"
    assert opened([row()]).cell(4, 8).value == "138****5678"


@pytest.mark.parametrize("text", [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")", "'=1", "00123", "1e5", "{=1}", "㛃䶮𬭎",
])
def test_a_text_stays_a_text(text):
    cell = opened([row(thing=text)]).cell(4, 2)
    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_and_endless_texts_do_not_break_the_book():
    assert opened([row(thing="a\x00b\x0bc\x1f")]).cell(4, 2).value == "abc"
    assert len(opened([row(thing="长" * 40000)]).cell(4, 2).value) == 32767


def test_the_page_is_a4_landscape_with_frozen_repeated_head_and_filter():
    sheet = opened([row(), row()])
    assert (sheet["A1"].value, sheet["A2"].value) == ("拾物", "共 1 条")
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:H5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert 20 <= sheet.column_dimensions["A"].width < 21


def test_a_book_without_rows_has_its_heads():
    assert [cell.value for cell in opened([])[3]] == [c.label for c in COLUMNS]


def test_one_column_and_two_of_one_label_are_written():
    one = [Column(key="thing", label="物品")]
    sheet = load_workbook(io.BytesIO(workbook("拾物", "共 1 条", one, [row()]))).active
    assert (sheet["A3"].value, sheet["A4"].value) == ("物品", "雨伞")
    two = [Column(key="thing", label="物品"), Column(key="number", label="物品")]
    sheet = load_workbook(io.BytesIO(workbook("拾物", "共 1 条", two, [row()]))).active
    assert [cell.value for cell in sheet[4]] == ["雨伞", "SW-20261122-001"]


def test_a_name_that_excel_refuses_is_made_acceptable():
    assert sheet_name("拾物/失物[2026]:*?") == "拾物 失物 2026    "
    assert len(sheet_name("长" * 40)) == 31


def test_nothing_is_an_empty_cell():
    assert [cell_value(value, "text") for value in (None, "")] == [None, None]
    assert cell_value(dt.datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")), "datetime") == dt.datetime(2026, 1, 1)
