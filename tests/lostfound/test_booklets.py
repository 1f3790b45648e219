"""Pre-numbered booklets: every sheet is used, void or missing before a booklet comes back."""

import pytest

from lostfound.choices import IntakeKind, SheetState
from lostfound.errors.booklets import (
    BadBookletNumber,
    BookletExists,
    BookletReturned,
    NoSuchSheet,
    NothingBlank,
    SheetNotBlank,
    SheetOfAnotherPoint,
    SheetsUnaccounted,
    SheetTaken,
)
from lostfound.models import Booklet
from lostfound.services.booklets import (
    issue_booklet,
    next_number,
    report_missing_sheet,
    return_booklet,
    use_sheet,
    void_blank_sheets,
    void_sheet,
)
from servicedesk.errors import ReasonNeeded, SomeoneWasFaster


@pytest.fixture
def booklet(foreman, custodian, point) -> Booklet:
    return issue_booklet("b012", 3, to=foreman, by=custodian, point=point)


@pytest.fixture
def field_find(make_find):
    return make_find("雨具", intake_kind=IntakeKind.ON_SPOT)


def test_a_booklet_is_given_out_with_its_numbered_sheets(booklet, foreman, custodian):
    assert (booklet.number, booklet.issued_to, booklet.issued_by) == ("B012", foreman, custodian)
    assert [str(sheet) for sheet in booklet.sheets.all()] == ["B012 第 01 张", "B012 第 02 张", "B012 第 03 张"]
    assert {sheet.state for sheet in booklet.sheets.all()} == {SheetState.BLANK}


def test_a_number_is_given_out_once_and_must_be_one(booklet, foreman, custodian, point):
    with pytest.raises(BookletExists):
        issue_booklet("B012 ", 3, to=foreman, by=custodian, point=point)
    for wrong in ("", "12", "B", "本12", "B0-12"):
        with pytest.raises(BadBookletNumber):
            issue_booklet(wrong, 3, to=foreman, by=custodian, point=point)


def test_the_next_number_follows_the_last(point, booklet, other_point):
    assert next_number(point) == "B013"
    assert next_number(other_point) == "B001"


def test_a_sheet_is_used_for_one_item(booklet, field_find, make_find, clerk):
    sheet = use_sheet(" b012", 2, field_find, clerk)
    assert (sheet.state, sheet.item, sheet.settled_by) == (SheetState.USED, field_find, clerk)
    with pytest.raises(SheetTaken, match=field_find.number):
        use_sheet("B012", 2, make_find(), clerk)


@pytest.mark.parametrize(("number", "sheet"), [("B012", 4), ("B012", 0), ("B999", 1), ("", 1)])
def test_a_sheet_nobody_printed_is_refused(booklet, field_find, clerk, number, sheet):
    with pytest.raises(NoSuchSheet):
        use_sheet(number, sheet, field_find, clerk)


def test_a_booklet_of_another_desk_is_refused(booklet, make_find, clerk, other_point):
    with pytest.raises(SheetOfAnotherPoint, match="主服务中心"):
        use_sheet("B012", 1, make_find(at=other_point), clerk)


def test_void_and_missing_need_a_reason(booklet, custodian):
    first, second, _ = booklet.sheets.all()
    with pytest.raises(ReasonNeeded):
        void_sheet(first, by=custodian, reason=" ")
    void_sheet(first, by=custodian, reason="写错")
    with pytest.raises(ReasonNeeded):
        report_missing_sheet(second, by=custodian, reason="")
    report_missing_sheet(second, by=custodian, reason="雨中遗失")
    assert [(s.state, s.settle_reason) for s in booklet.sheets.all()[:2]] == [
        (SheetState.VOID, "写错"), (SheetState.MISSING, "雨中遗失"),
    ]


def test_a_missing_sheet_may_turn_up_and_a_void_one_never(booklet, custodian, field_find, make_find, clerk):
    first, second, _ = booklet.sheets.all()
    report_missing_sheet(first, by=custodian, reason="没找到")
    void_sheet(second, by=custodian, reason="写错")
    assert use_sheet("B012", 1, field_find, clerk).state == SheetState.USED
    with pytest.raises(SheetNotBlank, match="核对.*张号"):
        use_sheet("B012", 2, make_find(), clerk)


def test_of_two_desks_one_settles_a_sheet(booklet, custodian, field_find, clerk):
    stale = booklet.sheets.get(sheet_number=1)
    use_sheet("B012", 1, field_find, clerk)
    with pytest.raises(SomeoneWasFaster, match="王芳"):
        void_sheet(stale, by=custodian, reason="写错")


def test_the_rest_of_a_half_used_booklet_is_made_void_in_one_step(booklet, custodian, field_find, clerk):
    use_sheet("B012", 1, field_find, clerk)
    with pytest.raises(ReasonNeeded):
        void_blank_sheets(booklet, by=custodian, reason=" ")
    assert void_blank_sheets(booklet, by=custodian, reason="用剩交回") == 2
    assert return_booklet(booklet, by=custodian).returned_to == custodian
    with pytest.raises(NothingBlank):
        void_blank_sheets(booklet, by=custodian, reason="用剩交回")


def test_a_booklet_comes_back_when_every_sheet_is_accounted_for(booklet, custodian, field_find, clerk):
    with pytest.raises(SheetsUnaccounted, match="3 张没有交代.*01、02、03"):
        return_booklet(booklet, by=custodian)
    use_sheet("B012", 1, field_find, clerk)
    void_sheet(booklet.sheets.get(sheet_number=2), by=custodian, reason="写错")
    with pytest.raises(SheetsUnaccounted, match="1 张"):
        return_booklet(booklet, by=custodian)
    report_missing_sheet(booklet.sheets.get(sheet_number=3), by=custodian, reason="撕去")
    return_booklet(booklet, by=custodian)
    assert (booklet.returned_to, Booklet.objects.out().count()) == (custodian, 0)
    with pytest.raises(BookletReturned):
        return_booklet(booklet, by=custodian)
