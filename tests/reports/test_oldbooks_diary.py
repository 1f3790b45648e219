"""值班日志旧账: lines of the old diary enter as they were written, beside the duty days and never into one."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from dutylog.choices import EntryCategory
from dutylog.models import DutyDay, LogEntry, OldLogLine
from dutylog.registers.oldlines import OLD_LOG_LINES
from dutylog.services.days import duty_day
from reports.choices import OldBookState
from reports.errors.oldbooks import RowsChanged, StillWrong
from reports.services.oldbooks import batches, store
from reports.services.oldbooks.undoing import undo
from servicedesk.models import Message
from servicedesk.oldbooks import old_book_by_key
from servicedesk.periods import Period
from servicedesk.services.closedmonths import close_month
from servicedesk.services.purging import purge
from servicedesk.services.search import search
from tests.reports.conftest import DAY
from tests.reports.oldbooks import do, workbook

pytestmark = pytest.mark.django_db
HEADS = ("日期", "时间", "班次", "类别", "位置", "值班情况", "处理情况", "结果", "值班人", "编号", "备注")
LINES = (
    ("2023年3月5日 星期日", dt.time(10, 20), "早班", "投诉", "检票口外", "游客嫌排队久", "致歉", "已答复", "㛃䶮",
     "A-7", "雨天"),
    (None, "下午2点半", "早班", None, None, "领导检查", None, None, None, None, None),
    ("3月6日", None, None, "意外", "观景台", "游客扭伤脚", "送医务室", "自行离园", "老王", None, None),
)


@pytest.fixture
def take_in(upload):
    def make(*rows, heads=HEADS):
        return upload(*rows, heads=heads, book="oldlogline")

    return make


@pytest.fixture
def taken(take_in, manager):
    batch = take_in(*LINES)
    assert batch.bad == 0, store.fetch_preview(batch.stored)["wrong"]
    do(batch, batches.confirm(batch, by=manager))
    return batch


def wrong_of(batch) -> list[str]:
    return store.fetch_preview(batch.stored)["wrong"]


def test_old_lines_enter_as_they_were_written_under_the_numbers_of_their_own_days(taken, manager, point):
    first, second, third = OldLogLine.objects.order_by("pk")
    assert [line.number for line in (first, second, third)] == [
        "RZ-20230305-001", "RZ-20230305-002", "RZ-20230306-001",
    ]
    assert (first.on, first.clock, first.shift, first.category, first.place) == (
        dt.date(2023, 3, 5), dt.time(10, 20), "早班", EntryCategory.COMPLAINT, "检票口外",
    )
    assert (first.text, first.handling, first.result, first.recorder, first.old_number) == (
        "游客嫌排队久", "致歉\n备注:雨天", "已答复", "㛃䶮", "A-7",
    )
    assert (second.on, second.clock, second.category) == (dt.date(2023, 3, 5), dt.time(14, 30), EntryCategory.OTHER)
    assert (third.clock, third.category, third.recorder) == (None, EntryCategory.ACCIDENT, "老王")
    assert third.created_at == timezone.make_aware(dt.datetime(2023, 3, 6))
    assert {(line.service_point, line.created_by) for line in (first, second, third)} == {(point, manager)}
    assert first.history.get().history_change_reason == f"旧账导入 {taken.number}"


def test_a_clock_beside_the_day_counts_where_no_other_is_written(take_in, manager):
    batch = take_in(("2023-3-5 9:05", "没有人的背包"), heads=("日期时间", "事项"))
    do(batch, batches.confirm(batch, by=manager))
    assert OldLogLine.objects.get().clock == dt.time(9, 5)


def test_old_lines_make_no_duty_day_no_line_of_it_and_tell_nobody(taken):
    assert not DutyDay.objects.exists()
    assert not LogEntry.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("words", ["RZ-20230305-001", "A-7", "排队久", "㛃䶮", "检票口外", "2023-03-05"])
def test_an_old_line_is_found_by_its_words_and_its_old_number(taken, clerk, words):
    assert "RZ-20230305-001" in [entry.number for entry in search(words, clerk)]


def test_a_day_that_has_a_sheet_takes_no_old_line_and_the_row_says_what_to_do(day, take_in, point, other_point, clerk):
    duty_day(dt.date(2026, 10, 18), other_point, by=clerk)
    duty_day(dt.date(2026, 10, 19), point, by=clerk)
    batch = take_in(*[(f"2026-10-{on}", "巡查") for on in (18, 19, 20)], heads=("日期", "内容"))
    said = "当日已有值班日志,请到当天的值班表用“补记”写入,并从旧账里去掉这一行"
    assert wrong_of(batch) == [f"第 3 行 日期:2026-10-19 {said}", f"第 4 行 日期:2026-10-20 {said}"]


def test_a_sheet_that_was_made_meanwhile_stops_the_writing_before_its_first_row(clock, take_in, point, manager):
    batch = take_in(("2026-10-18", "巡查"), ("2026-10-19", "巡查"), heads=("日期", "内容"))
    task = batches.confirm(batch, by=manager)
    duty_day(dt.date(2026, 10, 19), point, by=manager)
    with pytest.raises(StillWrong):
        do(batch, task)
    batch.refresh_from_db()
    assert (batch.state, batch.bad, OldLogLine.objects.count()) == (OldBookState.WAITING, 1, 0)


def test_today_is_no_day_of_the_old_diary_and_yesterday_is(clock, take_in):
    batch = take_in((f"{DAY:%Y-%m-%d}", "巡查"), ("2026-10-19", "巡查"), heads=("日期", "内容"))
    assert wrong_of(batch) == ["第 2 行 日期:2026-10-20 还没有过完,今天的事请在“值班记录”里记一笔"]


def test_a_closed_month_takes_no_old_line(take_in, manager):
    close_month(Period(dt.date(2023, 3, 1)), by=manager)
    assert wrong_of(take_in(("2023-3-5", "巡查"), heads=("日期", "内容"))) == [
        "第 2 行 2023年3月已经封账,不能再导入这个月的记录",
    ]


def test_wrong_lines_come_back_in_red_with_the_day_that_stood_above_them(take_in, point, manager):
    batch = take_in(
        ("2023-3-5", "9:00", "咨询", "问路"), (None, "早上", "咨询", "问厕所"), (None, dt.time(10), "天气", "下雨"),
        (None, "11:00", "", ""), heads=("日期", "时间", "类别", "内容"),
    )
    assert (batch.rows, batch.bad) == (4, 3)
    book = load_workbook(io.BytesIO(store.fetch(batch.stored, store.ERRORS)))
    lines = list(book.active.iter_rows(min_row=2, values_only=True))
    assert [line[1:3] for line in lines] == [("2023-3-5", "早上"), ("2023-3-5", dt.time(10)), ("2023-3-5", "11:00")]
    for line, why in zip(lines, ("不是时间", "类别:“天气”应是:咨询", "内容:没有填写"), strict=True):
        assert why in line[0]
    assert book.active["A2"].font.color.rgb == "FFC0392B"
    mended = [("2023-3-5", "9:30", "咨询", "问厕所"), ("2023-3-5", "10:00", "其他", "下雨")]
    again = take_in(*mended, heads=("日期", "时间", "类别", "内容"))
    assert again.bad == 0


def test_a_first_line_without_a_day_has_none_to_take_over(take_in):
    assert wrong_of(take_in((None, "问路"), ("2023-3-5", "问路"), heads=("日期", "内容"))) == ["第 2 行 日期:没有填写"]


def test_the_order_of_a_day_is_no_old_number(take_in):
    rows = [("2023-3-5", 1, "问路"), ("2023-3-6", 1, "问路")]
    batch = take_in(*rows, heads=("日期", "序号", "内容"))
    assert (batch.bad, store.fetch_preview(batch.stored)["unknown"]) == (0, ["序号"])
    assert wrong_of(take_in(*rows, heads=("日期", "编号", "内容"))) == ["第 3 行 旧编号“1”与第 2 行重复"]


def test_undone_the_lines_go_and_their_history_stays(taken, manager, clerk):
    keys = list(OldLogLine.objects.values_list("pk", flat=True))
    undo(taken, by=manager, reason="拿错了本子")
    assert not OldLogLine.objects.exists()
    assert not search("排队久", clerk)
    assert {OldLogLine.history.filter(id=pk).latest().history_type for pk in keys} == {"-"}


def test_lines_that_were_purged_are_not_undone_with_their_batch(take_in, manager):
    batch = take_in(("2015-3-5", "游客王某遗失手机"), ("2015-3-6", "巡查"), heads=("日期", "内容"))
    do(batch, batches.confirm(batch, by=manager))
    purge(by=manager, reason="年度清除")
    with pytest.raises(RowsChanged, match="RZ-20150305-001"):
        undo(batch, by=manager, reason="错")
    assert OldLogLine.objects.count() == 2


def test_old_lines_stand_in_the_archive_of_their_own_month(taken):
    months = [Period(dt.date(2023, month, 1)) for month in (2, 3)]
    found = [[str(line) for line in OLD_LOG_LINES.of_month(month)] for month in months]
    assert found == [[], ["RZ-20230305-001", "RZ-20230305-002", "RZ-20230306-001"]]
    assert OLD_LOG_LINES.finals(OLD_LOG_LINES.of_month(months[1])).count() == 3


def test_judging_many_lines_asks_the_database_no_more_than_judging_few(point, manager):
    """However long a diary is, its rows are judged against what was fetched once."""

    def count(lines: int) -> int:
        rows = [(f"2023-{n % 12 + 1}-5", "10:20", f"第 {n} 条") for n in range(lines)]
        content = workbook(*rows, heads=("日期", "时间", "内容"))
        with CaptureQueriesContext(connection) as asked:
            batches.upload(
                old_book_by_key("oldlogline"), content, name="日志.xlsx", year=2023, by=manager, point=point,
            )
        return len(asked)

    count(3)
    assert count(3) == count(600)
