"""A file from outside: hostile ones are refused in a sentence, days and phones are read as they are meant."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from openpyxl import Workbook

from reports.errors.oldbooks import (
    BrokenWorkbook,
    FileTooLarge,
    HeadMissing,
    HeadTwice,
    NoHeads,
    NotAWorkbook,
    Overblown,
    TooManyOldRows,
)
from reports.services.oldbooks.cells import WrongCell, read_cell, said
from reports.services.oldbooks.judging import find_heads
from reports.services.oldbooks.reading import guard, lines
from servicedesk.oldbooks import OldColumn, old_book_by_key
from servicedesk.services import preferences

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CLOCK = OldColumn(key="clock", title="时间", kind="clock")
DAY = OldColumn(key="day", title="日期", kind="moment")


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **parts}.items():
            file.writestr(name, content)
    return out.getvalue()


def book_of(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("value", "shown"), [
    (dt.datetime(2019, 3, 10), "2019-03-10"), (dt.datetime(2019, 3, 10, 9, 5), "2019-03-10 09:05"),
    (dt.time(0, 0), "00:00"), (13800138001.0, "13800138001"), (1.5, "1.5"),
])
def test_a_cell_is_shown_as_the_sheet_shows_it(value, shown):
    assert said(value) == shown


@pytest.mark.parametrize(("content", "refusal"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, NotAWorkbook),
    ("编号,日期\n1,2023-1-1\n".encode("gbk"), NotAWorkbook),
    (b"", NotAWorkbook),
    (b"PK\x03\x04 half", NotAWorkbook),
    (packed(**{"xl/worksheets/sheet1.xml": b"0" * 20_000_000}), Overblown),
    (packed(**{"xl/worksheets/sheet1.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'}), Overblown),
    (b"PK" + b"\0" * (10 * 1024 * 1024), FileTooLarge),
], ids=["xls", "csv", "empty", "half", "bomb", "entities", "large"])
def test_a_file_that_is_no_plain_workbook_is_not_opened(content, refusal):
    with pytest.raises(refusal):
        guard(content)


def test_a_plain_workbook_is_let_in():
    guard(book_of(["甲"]))


def test_a_workbook_without_its_sheets_is_refused_in_a_sentence():
    with pytest.raises(BrokenWorkbook):
        list(lines(packed()))


def test_a_formula_is_read_as_its_value_and_empty_rows_are_passed():
    assert list(lines(book_of(["甲"], [None], ["=1+1"], ["乙"]))) == [(1, ["甲"]), (4, ["乙"])]


def test_more_rows_than_the_setting_are_refused(manager):
    preferences.choose("reports.oldbook_rows", 100, by=manager)
    with pytest.raises(TooManyOldRows):
        list(lines(book_of(*(["甲"] for _ in range(110)))))


@pytest.mark.parametrize("value", [
    dt.datetime(2024, 3, 5), dt.date(2024, 3, 5), 45356, 45356.0, 20240305, "20240305", "2024-3-5", "2024/03/05",
    "2024.3.5", "2024年3月5日", "2024 年 3 月 5 日", "3月5日", "3-5", "2024-03-05 00:00:00",
    "2024年3月5日 星期二", "2024-3-5(周二)",
])
def test_a_day_is_read_however_it_is_written(value):
    assert read_cell(DAY, value, 2024) == timezone.make_aware(dt.datetime(2024, 3, 5))


@pytest.mark.parametrize("value", [
    dt.datetime(2024, 3, 5, 14, 30), dt.datetime(2024, 3, 5, 14, 29, 59, 999_000), "2024-3-5 14:30",
    "2024年3月5日14时30分", "2024年3月5日 星期二 14:30", "3月5日 14:30", "2024-03-05T14:30:00",
])
def test_a_time_of_day_is_kept(value):
    assert read_cell(DAY, value, 2024) == timezone.make_aware(dt.datetime(2024, 3, 5, 14, 30))


@pytest.mark.parametrize("value", ["三月五日", "2024-2-30", "13月1日", "去年", 3.5, True, "2024-3-5 25:00", "1970-1-1"])
def test_what_is_no_day_is_said(value):
    with pytest.raises(WrongCell):
        read_cell(DAY, value, 2024)


def test_a_day_begins_at_midnight_of_the_desk_and_tomorrow_has_not_come():
    with time_machine.travel(dt.datetime(2024, 3, 4, 16, 30, tzinfo=dt.UTC), tick=False):
        assert read_cell(DAY, "2024-3-5", 2024).astimezone(dt.UTC) == dt.datetime(2024, 3, 4, 16, tzinfo=dt.UTC)
        with pytest.raises(WrongCell, match="还没有到"):
            read_cell(DAY, "2024-3-6", 2024)


@pytest.mark.parametrize("value", [
    dt.time(14, 30), dt.time(14, 29, 59, 999_000), dt.datetime(2024, 3, 5, 14, 30), 0.6041666667, 1430, "1430", "14:30",
    "14：30", "14:30:00", "14点30分", "14时30", "14点半", "下午2:30", "下午2点半", "晚上 2:30",
])
def test_a_clock_is_read_however_it_is_written(value):
    assert read_cell(CLOCK, value, 2024) == dt.time(14, 30)


@pytest.mark.parametrize(("value", "hour"), [
    ("上午9点", 9), ("凌晨 0:00", 0), ("中午11点", 11), ("中午12点整", 12), ("中午1点", 13), ("下午12点", 12), (0.0, 0),
])
def test_the_part_of_the_day_says_before_or_after_noon(value, hour):
    assert read_cell(CLOCK, value, 2024) == dt.time(hour)


@pytest.mark.parametrize("value", [
    "24:00", "晚上12点", "10:60", "10:20-10:40", "上午", "下午", 1, 99, True, "2024-3-5",
])
def test_what_is_no_clock_is_said(value):
    with pytest.raises(WrongCell, match="不是时间"):
        read_cell(CLOCK, value, 2024)


@pytest.mark.parametrize(("kind", "value", "read"), [
    ("phone", 13800001234, "13800001234"), ("phone", 13800001234.0, "13800001234"),
    ("phone", "0470-6123456", "0470-6123456"),
    ("money", "¥1,200元", Decimal("1200.00")), ("money", 12.5, Decimal("12.50")), ("number", 3.0, 3),
    ("text", 7.0, "7"), ("text", "", None),
])
def test_a_cell_is_read_as_the_kind_of_its_column(kind, value, read):
    assert read_cell(OldColumn(key="a", title="甲", kind=kind, most=99_999), value, 2024) == read


@pytest.mark.parametrize(("kind", "value"), [
    ("phone", "没有"), ("money", "若干"), ("money", -1), ("money", "nan"), ("number", 1.5), ("number", 100_000),
    ("text", "长" * 100_000),
])
def test_what_is_not_of_its_kind_is_said(kind, value):
    with pytest.raises(WrongCell):
        read_cell(OldColumn(key="a", title="甲", kind=kind, most=99_999), value, 2024)


def test_a_sheet_without_heads_or_with_two_of_one_is_refused():
    book = old_book_by_key("founditem")
    with pytest.raises(NoHeads):
        find_heads(book, [(1, ["甲", "乙"])])
    with pytest.raises(HeadMissing, match="拾获地点"):
        find_heads(book, [(1, ["拾获时间", "物品名称", "处理结果"])])
    with pytest.raises(HeadTwice, match="物品名称"):
        find_heads(book, [(1, ["拾获时间", "物品名称", "品名"])])
