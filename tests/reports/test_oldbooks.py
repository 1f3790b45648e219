"""旧账导入: nothing is written before every row is right, then all of it, as one batch that can be taken back."""

import datetime as dt
import io
import os

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from checklists.models import Asset
from complaints.choices import ComplaintState
from complaints.models import Complaint
from dutylog.models import LogEntry
from lostfound.choices import ItemState, ReportState
from lostfound.models import FoundItem, LostReport, Match
from lostfound.personal import ITEMS
from reports.choices import OldBookState
from reports.errors.oldbooks import MonthClosedMeanwhile, MonthWasClosed, NoHeads, RowsChanged, SameFile, StillWrong
from reports.models import OldBookImport, OldBookRow
from reports.services.oldbooks import batches, store, undoing
from reports.services.oldbooks.judging import Judge
from reports.services.oldbooks.sheets import template_of
from reports.services.oldbooks.undoing import ask_to_undo, refuse_changed, run_undo, undo
from reports.services.oldbooks.writing import write_rows
from servicedesk.errors import NotAllowed, NotPossibleNow, ReasonNeeded
from servicedesk.models import LongTask, Message
from servicedesk.oldbooks import old_book_by_key
from servicedesk.periods import Period
from servicedesk.services.closedmonths import close_month
from servicedesk.services.search import search
from servicedesk.services.transitions import amend
from tests.reports.oldbooks import HEADS, do, silent, workbook

pytestmark = pytest.mark.django_db
GOOD = ("2023-015", dt.datetime(2023, 3, 5, 10, 30), "观景台", "雨伞", "㛃䶮𬭎", 13800001234, "已认领", "2023年3月6日")


@pytest.fixture
def place(zone) -> str:
    return zone.name


@pytest.fixture
def good(place):
    """A right row: `good(number="2023-016")`."""

    def make(number="2023-015", **more) -> tuple:
        row = dict(zip(HEADS, (number, *GOOD[1:2], place, *GOOD[3:]), strict=True)) | more
        return tuple(row.values())

    return make


@pytest.fixture
def imported(upload, good, manager) -> OldBookImport:
    batch = upload(good(), good("2023-016", 物品="水杯"))
    do(batch, batches.confirm(batch, by=manager))
    return batch


def test_a_good_file_is_checked_first_and_written_when_confirmed(upload, good, manager):
    batch = upload(good(), good("2023-016"))
    assert (batch.state, batch.rows, batch.bad) == (OldBookState.WAITING, 2, 0)
    assert not FoundItem.objects.exists()
    do(batch, batches.confirm(batch, by=manager))
    assert batch.state == OldBookState.DONE
    assert list(FoundItem.objects.order_by("pk").values_list("number", flat=True)) == [
        "SW-20230305-001", "SW-20230305-002",
    ]


def test_the_uploaded_file_goes_when_it_is_written(upload, good, manager):
    batch = upload(good())
    assert list(store.folder().iterdir())
    do(batch, batches.confirm(batch, by=manager))
    assert list(store.folder().iterdir()) == []


def test_a_file_of_no_batch_is_swept_away_and_one_that_waits_stays(upload, good):
    batch = upload(good())
    store.keep("stray", store.FILE, b"from a work that was killed")
    store.keep("fresh", store.FILE, b"its batch is just being saved")
    for name in (batch.stored, "stray"):
        os.utime(store.folder() / f"{name}.{store.FILE}", (0, 0))
    batches.drop_old()
    assert {path.name.partition(".")[0] for path in store.folder().iterdir()} == {batch.stored, "fresh"}


def test_nothing_is_written_into_a_month_that_was_closed_since_the_rows_were_judged(upload, good, manager):
    batch = upload(good())
    rows = list(Judge(batch, store.fetch(batch.stored, store.FILE)).rows())
    close_month(Period(dt.date(2023, 3, 1)), by=manager)
    with pytest.raises(MonthClosedMeanwhile, match="2023年3月"):
        write_rows(batch, rows)
    assert not FoundItem.objects.exists()


def test_an_old_find_has_ended_in_its_own_time(imported, manager, place):
    item = FoundItem.objects.get(number="SW-20230305-001")
    assert item.state == ItemState.RETURNED
    assert item.found_at == timezone.make_aware(dt.datetime(2023, 3, 5, 10, 30))
    assert item.ended_at == timezone.make_aware(dt.datetime(2023, 3, 6))
    assert (item.finder_name, item.finder_phone, item.finder_phone_tail) == ("㛃䶮𬭎", "13800001234", "1234")
    assert (item.place, item.category.name, item.end_note) == (place, "雨具", "旧编号 2023-015")
    past = item.history.get()
    assert (past.history_change_reason, past.history_user) == (f"旧账导入 {imported.number}", manager)


def test_an_old_find_tells_nobody_and_is_matched_with_nothing(imported):
    assert not LogEntry.objects.exists()
    assert not Match.objects.exists()
    assert not Message.objects.exists()


def test_who_fetched_an_old_find_stands_where_the_purge_forgets_it(upload, good, manager):
    batch = upload((*good(), "杨明静", "雨天交来"), heads=(*HEADS, "认领人", "备注"))
    do(batch, batches.confirm(batch, by=manager))
    item = FoundItem.objects.get()
    assert (item.features, item.end_note) == ("认领人 杨明静\n雨天交来", "旧编号 2023-015")
    assert "features" in ITEMS.tables[0].marked


@pytest.mark.parametrize("words", ["2023-015", "㛃䶮𬭎", "13800001234", "雨伞"])
def test_an_old_find_is_found_by_its_words_and_its_old_number(imported, manager, words):
    assert "SW-20230305-001" in [entry.number for entry in search(words, manager)]


def test_three_hundred_bad_rows_write_none_and_each_says_why(upload, good, manager):
    bad = [good(f"B-{n}", 处理结果="在库") if n % 2 else good(f"B-{n}", 拾获日期="三月五日") for n in range(300)]
    batch = upload(*bad, *(good(f"G-{n}") for n in range(20)))
    assert (batch.rows, batch.bad) == (320, 300)
    with pytest.raises(StillWrong, match="300 行有错"):
        batches.confirm(batch, by=manager)
    assert not FoundItem.objects.exists()
    sheet = load_workbook(io.BytesIO(store.fetch(batch.stored, store.ERRORS))).active
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(lines) == 300
    assert all(("不是日期" if n % 2 == 0 else "应是:已认领") in line[0] for n, line in enumerate(lines))
    assert [line[1] for line in lines] == [f"B-{n}" for n in range(300)]
    assert sheet["A2"].font.color.rgb == "FFC0392B"


def test_heads_may_stand_in_any_order_under_a_title_and_by_other_names(upload, place):
    batch = upload(
        ("说明", None, None, None), ("捡到时间", "品名", "结果", "位置"),
        ("2023.3.5 9:05", "钥匙", "销毁", f"{place}旁边"),
        heads=("某某景区拾物登记",),
    )
    assert (batch.rows, batch.bad) == (1, 0)
    found = store.fetch_preview(batch.stored)
    assert found["matched"] == [
        ["捡到时间", "拾获时间"], ["品名", "物品名称"], ["结果", "处理结果"], ["位置", "拾获地点"],
    ]


def test_an_unknown_head_is_said_and_left_out(upload, good):
    batch = upload((*good(), "甲"), heads=(*HEADS, "经手"))
    assert store.fetch_preview(batch.stored)["unknown"] == ["经手"]


def test_the_workbook_of_errors_can_be_mended_and_uploaded(upload, good, manager, point):
    batch = upload(good(处理结果="在库"))
    book = load_workbook(io.BytesIO(store.fetch(batch.stored, store.ERRORS)))
    book.active["H2"] = "已认领"
    out = io.BytesIO()
    book.save(out)
    again = batches.upload(
        old_book_by_key("founditem"), out.getvalue(), name="改.xlsx", year=2023, by=manager, point=point
    )
    assert (again.rows, again.bad) == (1, 0)


def test_an_old_number_comes_in_once_in_a_file_and_once_in_the_register(imported, upload, good):
    batch = upload(good("2023-020"), good("2023-020"), good("2023-015"))
    assert store.fetch_preview(batch.stored)["wrong"] == [
        "第 3 行 旧编号“2023-020”与第 2 行重复", "第 4 行 旧编号“2023-015”以前已导入过",
    ]


def test_the_same_file_is_refused_the_second_time(imported, good, manager, point, upload):
    imported_file = workbook(good("A-1"))
    book = old_book_by_key("founditem")
    batch = batches.upload(book, imported_file, name="甲.xlsx", year=2023, by=manager, point=point)
    twin = batches.upload(book, imported_file, name="乙.xlsx", year=2023, by=manager, point=point)
    batches.confirm(batch, by=manager)
    with pytest.raises(SameFile):
        batches.confirm(twin, by=manager)
    with pytest.raises(SameFile):
        batches.upload(book, imported_file, name="丙.xlsx", year=2023, by=manager, point=point)


def test_a_closed_month_takes_no_old_record(upload, good, manager):
    close_month(Period(dt.date(2023, 3, 1)), by=manager)
    batch = upload(good())
    assert store.fetch_preview(batch.stored)["wrong"] == ["第 2 行 2023年3月已经封账,不能再导入这个月的记录"]


def test_a_month_that_was_closed_meanwhile_stops_the_writing_before_its_first_row(upload, good, manager):
    batch = upload(good("1", 拾获日期="2023-1-5"), good())
    task = batches.confirm(batch, by=manager)
    close_month(Period(dt.date(2023, 3, 1)), by=manager)
    with pytest.raises(StillWrong):
        do(batch, task)
    batch.refresh_from_db()
    assert (batch.state, batch.bad) == (OldBookState.WAITING, 1)
    assert not FoundItem.objects.exists()


def test_whoever_may_not_import_uploads_nothing(clerk, point, good):
    with pytest.raises(NotAllowed):
        batches.upload(old_book_by_key("founditem"), workbook(good()), name="x", year=2023, by=clerk, point=point)


def test_undone_the_records_go_their_history_stays_and_numbers_are_not_given_again(imported, upload, good, manager):
    keys = list(FoundItem.objects.values_list("pk", flat=True))
    undo(imported, by=manager, reason="账本拿错了")
    assert not FoundItem.objects.exists()
    assert not search("㛃䶮𬭎", manager)
    assert [
        FoundItem.history.filter(id=pk).latest().history_change_reason for pk in keys
    ] == [f"撤销旧账导入 {imported.number}:账本拿错了"] * 2
    again = upload(good(), good("2023-016", 物品="水杯"), good("2023-017"))
    do(again, batches.confirm(again, by=manager))
    assert FoundItem.objects.order_by("pk").first().number == "SW-20230305-003"


def test_an_undoing_needs_a_reason_and_the_right(imported, manager, clerk):
    with pytest.raises(ReasonNeeded):
        ask_to_undo(imported, by=manager, reason=" ")
    with pytest.raises(NotAllowed):
        undo(imported, by=clerk, reason="错")
    undo(imported, by=manager, reason="错")
    with pytest.raises(NotPossibleNow):
        undo(imported, by=manager, reason="错")


def test_after_one_record_was_changed_none_is_undone(imported, manager):
    item = FoundItem.objects.get(number="SW-20230305-002")
    amend(item, by=manager, colour="红色", reason="更正")
    with pytest.raises(RowsChanged, match="SW-20230305-002"):
        undo(imported, by=manager, reason="错")
    imported.refresh_from_db()
    assert (imported.state, FoundItem.objects.count()) == (OldBookState.DONE, 2)


def test_a_record_that_another_leans_on_is_not_undone(imported, manager):
    item = FoundItem.objects.get(number="SW-20230305-001")
    item.contents.create(thing="伞套")
    with pytest.raises(RowsChanged, match="SW-20230305-001"):
        ask_to_undo(imported, by=manager, reason="错")


def test_a_batch_of_a_month_that_was_closed_since_is_not_undone(imported, manager):
    close_month(Period(dt.date(2023, 2, 1)), by=manager)
    close_month(Period(dt.date(2023, 4, 1)), by=manager)
    refuse_changed(imported)
    close_month(Period(dt.date(2023, 3, 1)), by=manager)
    with pytest.raises(MonthWasClosed, match="2023年3月"):
        ask_to_undo(imported, by=manager, reason="错")


def test_an_undoing_asks_few_questions_however_long_the_batch_is(
    upload, good, manager, monkeypatch, django_assert_max_num_queries,
):
    monkeypatch.setattr(undoing, "CHUNK", 5)
    batch = upload(*(good(f"K-{n}") for n in range(30)))
    do(batch, batches.confirm(batch, by=manager))
    with django_assert_max_num_queries(30):
        refuse_changed(batch)


def test_killed_in_the_middle_it_goes_on_where_it_stopped(upload, good, manager, monkeypatch):
    batch = upload(*(good(f"K-{n}") for n in range(7)))
    task = batches.confirm(batch, by=manager)
    monkeypatch.setattr(batches, "CHUNK", 3)

    class Killed(BaseException):
        """Not an Exception: as by a signal, nothing is tidied up."""

    def kill(done: int, total: int) -> None:
        if done == 6:
            raise Killed

    with pytest.raises(Killed):
        batches.run_writing(task, kill)
    assert FoundItem.objects.count() == 6
    do(batch, task)
    assert batch.state == OldBookState.DONE
    assert sorted(FoundItem.objects.values_list("number", flat=True)) == [f"SW-20230305-{n:03d}" for n in range(1, 8)]
    assert OldBookRow.objects.filter(batch=batch).count() == 7


def test_broken_in_the_middle_it_leaves_nothing(upload, good, manager, monkeypatch):
    batch = upload(*(good(f"K-{n}") for n in range(7)))
    task = batches.confirm(batch, by=manager)
    monkeypatch.setattr(batches, "CHUNK", 3)

    def fail(done: int, total: int) -> None:
        if done == 6:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        batches.run_writing(task, fail)
    batch.refresh_from_db()
    assert (batch.state, FoundItem.objects.count(), OldBookRow.objects.count()) == (OldBookState.WAITING, 0, 0)
    assert "一行也没有留下" in batch.said
    do(batch, batches.confirm(batch, by=manager))
    assert FoundItem.objects.count() == 7


def test_given_up_nothing_is_left_of_the_file(upload, good, manager):
    batch = upload(good(处理结果="在库"))
    batches.drop(batch, by=manager)
    assert (batch.state, batch.stored, list(store.folder().iterdir())) == (OldBookState.DROPPED, "", [])


def test_what_nobody_confirmed_is_given_up_after_its_days(upload, good):
    batch, fresh = upload(good()), upload(good("2"))
    OldBookImport.objects.filter(pk=batch.pk).update(at=timezone.now() - dt.timedelta(days=8))
    batches.drop_old()
    batch.refresh_from_db()
    fresh.refresh_from_db()
    assert (batch.state, fresh.state) == (OldBookState.DROPPED, OldBookState.WAITING)


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_checked_and_written_by_the_runner(upload, good, manager, monkeypatch):
    monkeypatch.setattr(batches, "CHECKED_AT_ONCE", 0)
    batch = upload(good(), good("2023-016"))
    assert (batch.state, batch.rows) == (OldBookState.CHECKING, 0)
    batches.run_check(LongTask.objects.get(key=batches.CHECK), silent)
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.bad) == (OldBookState.WAITING, 2, 0)
    do(batch, batches.confirm(batch, by=manager))
    task = ask_to_undo(batch, by=manager, reason="错")
    run_undo(task, silent)
    assert not FoundItem.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_large_file_that_cannot_be_read_is_given_up_with_the_reason(upload, monkeypatch):
    monkeypatch.setattr(batches, "CHECKED_AT_ONCE", 0)
    batch = upload(("甲", "乙"), heads=("某某", "某某"))
    with pytest.raises(NoHeads):
        batches.run_check(LongTask.objects.get(key=batches.CHECK), silent)
    batch.refresh_from_db()
    assert (batch.state, list(store.folder().iterdir())) == (OldBookState.DROPPED, [])
    assert "没有找到表头" in batch.said


REPORT_HEADS = ("编号", "登记日期", "失主", "电话", "丢失地点", "物品", "结果", "领取人")


def test_old_lost_reports_enter_as_ended(upload, place, manager):
    batch = upload(
        ("旧一号", "3月5日", "㛃䶮𬭎", "0470-123", place, "手机", "找回", "杨明静"),
        ("旧二号", 20230306, "张三", "", place, "雨伞", "", ""), heads=REPORT_HEADS, book="lostreport",
    )
    assert batch.bad == 0, store.fetch_preview(batch.stored)["wrong"]
    do(batch, batches.confirm(batch, by=manager))
    found, expired = LostReport.objects.order_by("pk")
    assert (found.number, found.state, found.fetched_by, found.route) == (
        "SS-20230305-001", ReportState.FOUND, "杨明静", place,
    )
    assert (expired.number, expired.state, expired.close_reason) == ("SS-20230306-001", ReportState.EXPIRED, "登记期满")
    assert [entry.number for entry in search("旧二号", manager)] == ["SS-20230306-001"]
    assert not Match.objects.exists()
    undo(batch, by=manager, reason="错")
    assert not LostReport.objects.exists()


def test_a_loss_that_is_still_searched_for_is_not_an_old_one(upload, place):
    today = timezone.localdate()
    batch = upload(
        ("旧一号", f"{today:%Y-%m-%d}", "张三", "", place, "雨伞", "", ""), heads=REPORT_HEADS, book="lostreport"
    )
    assert "不从旧账导入" in store.fetch_preview(batch.stored)["wrong"][0]


@pytest.mark.one_database
@pytest.mark.parametrize("key", ["founditem", "lostreport", "complaint", "asset", "oldlogline"])
def test_a_template_has_every_head_and_is_read_back(key):
    book = old_book_by_key(key)
    sheet = load_workbook(io.BytesIO(template_of(book))).worksheets[0]
    assert [cell.value.rstrip("*") for cell in sheet[2]] == [column.title for column in book.columns]
    rules = len(sheet.data_validations.dataValidation)
    assert rules == sum(bool(column.choices) for column in book.columns)


COMPLAINT_HEADS = ("编号", "投诉日期", "地点", "投诉类型", "投诉内容", "姓名", "电话", "答复时间", "办结日期", "满意度")


def test_old_complaints_enter_as_archived_with_their_clocks(upload, place, manager, as_user):
    batch = upload(
        ("T甲", "2023-3-5 9:00", place, "服务态度", "没有人理我们", "㛃䶮𬭎", 13812341234, "2023-3-5 15:00", "2023-3-7",
         "满意"),
        ("T乙", "2023-3-5 9:00", place, "服务态度", "排队太久", "", "", "2023-3-7", "2023-3-7", ""),
        heads=COMPLAINT_HEADS, book="complaint",
    )
    assert batch.bad == 0, store.fetch_preview(batch.stored)["wrong"]
    do(batch, batches.confirm(batch, by=manager))
    prompt, slow = Complaint.objects.order_by("pk")
    assert (prompt.number, prompt.state, prompt.handler) == ("TS-20230305-001", ComplaintState.ARCHIVED, manager)
    assert (prompt.is_reply_late, slow.is_reply_late) == (False, True)
    assert not Complaint.objects.overdue(timezone.now()).exists()
    assert not LogEntry.objects.exists()
    assert not Message.objects.exists()
    assert [entry.number for entry in search("T甲", manager)] == ["TS-20230305-001"]
    page = as_user(manager).get(f"/complaints/cases/{prompt.pk}/").content.decode()
    assert "2023年3月5日 周日 15:00" in page
    assert "None" not in page
    undo(batch, by=manager, reason="错")
    assert not Complaint.objects.exists()


def test_a_complaint_of_no_category_or_answered_before_it_came_is_said(upload, place):
    batch = upload(
        ("T甲", "2023-3-5", place, "天气", "下雨", "", "", "", "2023-3-7", ""),
        ("T乙", "2023-3-5", place, "服务态度", "排队", "", "", "2023-3-4", "2023-3-7", ""),
        heads=COMPLAINT_HEADS, book="complaint",
    )
    wrong = store.fetch_preview(batch.stored)["wrong"]
    assert wrong[0].startswith("第 2 行 类别:“天气”应是:")
    assert wrong[1] == "第 3 行 时间先后不对:应是发生、反映、答复、办结"


def test_assets_enter_under_their_own_tags_once(upload, manager):
    heads = ("资产编号", "名称", "区域", "数量", "购置日期")
    batch = upload(
        ("kf-dt-0901", "轮椅", "大厅", 6, "2020-1-2"), ("KF-DT-0902", "饮水机", "大厅", None, ""),
        heads=heads, book="asset",
    )
    assert batch.bad == 0, store.fetch_preview(batch.stored)["wrong"]
    do(batch, batches.confirm(batch, by=manager))
    chairs, water = Asset.objects.order_by("number")
    assert (chairs.number, chairs.expected_quantity, chairs.is_counted) == ("KF-DT-0901", 6, True)
    assert (chairs.bought_on, water.expected_quantity, water.is_counted) == (dt.date(2020, 1, 2), 1, False)
    again = upload(("KF-DT-0901", "轮椅", "大厅", 6, ""), ("甲1", "椅", "大厅", 1, ""), heads=heads, book="asset")
    wrong = store.fetch_preview(again.stored)["wrong"]
    assert "已在固定资产里" in wrong[0]
    assert "应像 KF-DT-0001" in wrong[1]
