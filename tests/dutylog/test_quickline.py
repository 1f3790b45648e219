"""One typed line: time, category by word or initials, place by name, number or pinyin, the rest is text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylog.choices import EntryCategory
from dutylog.services.quickline import CATEGORY_KEYS, read_line
from servicedesk.models import Zone
from tests.dutylog.conftest import TODAY, local

pytestmark = pytest.mark.one_database

GATE = Zone(number="02", name="检票口", pinyin="jianpiaokou", initials="jpk")
EAST = Zone(number="20", name="东门", pinyin="dongmen", initials="dm")
PARKING = Zone(number="21", name="东门停车场", pinyin="dongmentingchechang", initials="dmtcc")
ZONES = [GATE, EAST, PARKING]
NOW = local("10:30")


def read(typed: str, now: dt.datetime = NOW):
    return read_line(typed, now=now, zones=ZONES)


def test_the_example_of_the_paper_is_understood():
    line = read("1020 投诉 检票口 游客王某称排队过久")
    assert (line.happened_at, line.category, line.zone) == (local("10:20"), EntryCategory.COMPLAINT, GATE)
    assert (line.text, line.is_complete, line.missing) == ("游客王某称排队过久", True, "")


@pytest.mark.parametrize("typed", [
    "1020 ts jpk 排队过久", "1020 投诉 02 排队过久", "1020 jianpiaokou 投诉 排队过久", "10:20 TS JPK 排队过久",
    "1020投诉 检票口 排队过久", "今天1020 检票口 ts 排队过久", "-10 投诉 检票口 排队过久",
])
def test_each_way_of_typing_means_the_same(typed):
    line = read(typed)
    assert (line.happened_at, line.category, line.zone, line.text) == (
        local("10:20"), EntryCategory.COMPLAINT, GATE, "排队过久"
    )


def test_without_a_time_it_is_now_and_the_screen_says_so():
    line = read("zx 询问班车")
    assert (line.happened_at, line.has_time) == (NOW, False)


@pytest.mark.parametrize(("typed", "missing"), [
    ("1020 游客摔倒", "类别,如 投诉 或 ts"), ("1020", "类别,如 投诉 或 ts"),
    ("1020 投诉", "内容"), ("投诉 检票口", "内容"),
])
def test_what_is_missing_is_said(typed, missing):
    assert (read(typed).missing, read(typed).is_complete) == (missing, False)


def test_a_text_that_begins_with_a_place_keeps_its_words():
    line = read("1020 受伤 东门停车场有游客滑倒")
    assert (line.category, line.zone, line.text) == (EntryCategory.ACCIDENT, PARKING, "东门停车场有游客滑倒")


def test_found_and_lost_which_sound_alike_are_told_apart_by_their_prefixes():
    assert read("sw 雨伞一把").category == EntryCategory.FOUND
    assert read("ss 雨伞一把").category == EntryCategory.LOST


def test_every_category_has_initials():
    assert set(CATEGORY_KEYS.values()) == set(EntryCategory)


@pytest.mark.parametrize(("now", "typed", "happened"), [
    ("00:10", "2350 巡查 无异常", ("23:50", -1)), ("10:30", "2300 qt 无异常", ("23:00", -1)),
    ("10:30", "昨1530 qt 补一笔", ("15:30", -1)), ("20:00", "0700 qt 开门", ("07:00", 0)),
    ("10:30", "11-20 0930 qt 补一笔", ("09:30", -4)),
])
def test_a_clock_still_to_come_is_last_nights(now, typed, happened):
    clock, days = happened
    assert read(typed, local(now)).happened_at == local(clock, TODAY + dt.timedelta(days=days))


def test_a_clock_later_today_is_not_taken_for_last_night():
    assert read("1130 投诉 排队", local("10:30")).happened_at == local("11:30")


@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_read_without_a_fault_and_loses_no_word_of_the_text(typed):
    line = read(typed)
    assert line.text.split() == [] or line.text.split()[-1] in typed
    assert line.is_complete == (line.category is not None and line.text != "")
