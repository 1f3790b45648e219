"""Times, days and money are said the way a clerk says them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from servicedesk.templatetags.said import day, fact, full_day, money, when

NOON = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)  # 12:00 in Shanghai


def at(day_of_month: int, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime(2026, 11, day_of_month, hour, minute))


@pytest.mark.parametrize(("moment", "said"), [
    (at(22, 10, 20), "今天 10:20"),
    (at(22, 0, 5), "今天 00:05"),
    (at(21, 23, 59), "昨天 23:59"),
    (at(20, 9, 30), "前天 09:30"),
    (at(19, 9, 30), "11月19日 周四 09:30"),
    (at(23, 8), "明天 08:00"),
])
def test_a_moment_is_said_from_where_the_desk_stands(moment, said):
    with time_machine.travel(NOON, tick=False):
        assert when(moment) == said


def test_a_moment_early_in_the_chinese_morning_is_not_put_on_the_day_before():
    with time_machine.travel(NOON, tick=False):
        assert when(dt.datetime(2026, 11, 21, 16, 30, tzinfo=dt.UTC)) == "今天 00:30"


def test_another_year_is_named():
    with time_machine.travel(NOON, tick=False):
        assert day(dt.date(2025, 11, 22)) == "2025年11月22日 周六"


def test_the_duty_day_is_named_in_full_even_today():
    with time_machine.travel(NOON, tick=False):
        assert full_day(dt.date(2026, 11, 22)) == "11月22日 周日"


def test_money_has_its_sign_and_thousands():
    assert money(Decimal("1280")) == "¥1,280.00"


@pytest.mark.parametrize(("value", "kind", "said"), [
    (True, "yesno", "是"), (False, "yesno", "否"), (at(22, 10, 20), "datetime", "今天 10:20"),
    (Decimal("5000"), "money", "¥5,000.00"), (3, "number", 3), ("黑色", "text", "黑色"),
])
def test_a_fact_is_shown_in_words(value, kind, said):
    with time_machine.travel(NOON, tick=False):
        assert fact(value, kind) == said


@pytest.mark.parametrize("said", [day, when, money, full_day])
def test_what_is_no_time_and_no_money_is_shown_as_it_stands(said):
    assert said("待补") == "待补"
