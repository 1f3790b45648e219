"""The workbook of a month, read back: cover, gaps, figures with charts, ledgers, plain sheets."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from lostfound.models import FoundItem
from reports.choices import FileKind
from reports.models import MonthArchive
from reports.services import store
from reports.services.archiving import archive_month, next_order
from servicedesk.register import whole_books
from servicedesk.services.closedmonths import correcting
from servicedesk.services.transitions import amend

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def book_of(archive: MonthArchive, kind: FileKind = FileKind.WORKBOOK):
    return load_workbook(io.BytesIO(b"".join(store.read(archive.files.get(kind=kind)))))


def rows_of(sheet, head: int = 3) -> list[dict]:
    lines = list(sheet.iter_rows(values_only=True))
    labels = lines[head - 1]
    return [dict(zip(labels, line, strict=True)) for line in lines[head:] if any(v is not None for v in line)]


def test_there_is_a_cover_then_a_ledger_and_a_plain_sheet_of_each_register(archived):
    names = book_of(archived).sheetnames
    assert names[:4] == ["封面", "缺漏", "每日件数", "状态统计"]
    labels = [register.label for register in whole_books()]
    assert names[4:] == [*labels, *[f"{label}·明细" for label in labels]]


def test_the_cover_says_who_when_which_version_and_counts(archived):
    cover = rows_of(book_of(archived)["封面"])
    said = {row["项目"]: row["内容"] for row in cover}
    assert (said["月份"], said["版次"], said["归档人"]) == ("2026年10月", "第 1 版", "吴刚")
    assert said["归档时间"] == "2026-11-02 09:00"
    counted = {row["项目"]: (row["行数"], row["校验值"]) for row in cover if row["行数"] is not None}
    known = {each["label"]: (each["rows"], each["digest"][:32]) for each in
             archived.facts["registers"]}
    assert counted == known


def test_the_rows_and_sums_are_those_of_the_database(october, find, manager, clerk):
    amend(find, by=clerk, estimated_value="128.50")
    book = book_of(archive_month(next_order(october, by=manager)))
    finds = rows_of(book["拾物·明细"], head=1)
    assert [row["编号"] for row in finds] == list(FoundItem.objects.values_list("number", flat=True))
    assert sum(row["估价(元)"] or 0 for row in finds) == 128.5
    by_day = rows_of(book["每日件数"])
    assert {row["日期"].day: row["拾物"] for row in by_day if row["拾物"]} == {20: 1}
    assert sum(row["值班记录"] for row in by_day) == 3
    states = {row["登记簿与状态"]: row["件数"] for row in rows_of(book["状态统计"])}
    assert states == {"值班日 值班中": 1, "拾物 保管中": 1, "投诉 已登记": 1}


def test_a_ledger_has_the_heading_and_the_print_set_up_of_its_paper(archived):
    sheet = book_of(archived)["抱怨"]
    assert sheet["A1"].value == "游客抱怨登记表"
    assert "KF-3.2" in sheet["A2"].value
    assert [cell.value for cell in sheet[3]][:4] == ["序号", "时间", "编号", "游客"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"


def test_a_plain_sheet_prints_on_the_width_of_a_page_with_its_heads_and_its_name(archived):
    sheet = book_of(archived)["拾物·明细"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.left.text == "&A"


def test_a_very_wide_plain_sheet_takes_two_pages_with_its_numbers_on_both(archived):
    sheet = book_of(archived)["投诉·明细"]
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (2, "$A:$A")


def test_charts_are_native_and_know_their_numbers(archived):
    content = b"".join(store.read(archived.files.get(kind=FileKind.WORKBOOK)))
    assert [len(sheet._charts) for sheet in book_of(archived).worksheets[2:4]] == [1, 1]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    assert "<c:v>拾物</c:v>" in chart
    assert chart.count('<c:pt idx="0">') > 2


def test_the_chart_of_a_wide_table_stands_below_it(archived):
    beside, below = (book_of(archived)[name]._charts[0].anchor._from for name in ("状态统计", "每日件数"))
    assert (beside.row, beside.col) == (2, 3)
    assert (below.row, below.col) == (2 + 31 + 1, 0)


def test_a_register_of_several_ledgers_bears_the_title_of_none(archived):
    assert book_of(archived)["检查记录"]["A1"].value == "检查记录登记簿"


def test_people_are_masked_but_in_the_workbook_with_whole_numbers(october, manager):
    archive = archive_month(next_order(october, by=manager, is_full=True, full_reason="公安调取"))
    for kind, name, phone in (
        (FileKind.WORKBOOK, "张**", "138****1234"), (FileKind.FULL_WORKBOOK, "张三丰", "13800001234"),
    ):
        row = rows_of(book_of(archive, kind)["拾物·明细"], head=1)[0]
        assert (row["拾物人"], row["拾物人电话"]) == (name, phone)


def test_a_formula_stays_text(october, find, clerk, manager):
    amend(find, by=clerk, thing="=1+1")
    sheet = book_of(archive_month(next_order(october, by=manager)))["拾物·明细"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if "=1+1" in str(cell.value))
    assert cell.data_type == "s"


def test_corrections_have_a_sheet_and_a_mark_in_the_ledger(archived, october, find, clerk, manager):
    with correcting("颜色写错了"):
        amend(find, by=clerk, version=find.version, colour="蓝色")
    book = book_of(archive_month(next_order(october, by=manager, reason="更正一处")))
    assert [(row["编号"], row["更正原因"], row["改动"]) for row in rows_of(book["更正"])] == [
        (find.number, "颜色写错了", "颜色:黑色 → 蓝色"),
    ]
    assert [row["更正"] for row in rows_of(book["拾物"])] == ["更正"]
    assert "更正" not in rows_of(book["投诉"])[0]
