"""Times, days and money as the desk says them: 今天 10:20, 昨天, 11月20日 周五, ¥1,280.00."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

register = template.Library()

WEEKDAYS = "一二三四五六日"
NEAR = {0: "今天", -1: "昨天", -2: "前天", 1: "明天"}


@register.filter
def day(value: Any) -> Any:
    """`今天`, `昨天`, `11月20日 周五`; the year only when it is another one. Anything else is left as it is."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    if not isinstance(value, dt.date):
        return value
    today = timezone.localdate()
    return NEAR.get((value - today).days) or day_in_full(value, with_year=value.year != today.year)


def day_in_full(value: dt.date, *, with_year: bool) -> str:
    year = f"{value.year}年" if with_year else ""
    return f"{year}{value.month}月{value.day}日 周{WEEKDAYS[value.weekday()]}"


@register.filter
def full_day(value: Any) -> Any:
    """`11月22日 周日`, also when it is today: the duty day in the top bar."""
    return day_in_full(value, with_year=False) if isinstance(value, dt.date) else value


@register.filter
def when(value: Any) -> Any:
    """`今天 10:20`, `11月20日 周五 09:30`."""
    if not isinstance(value, dt.datetime):
        return day(value)
    return f"{day(value)} {timezone.localtime(value):%H:%M}"


@register.filter
def fact(value: Any, kind: str = "text") -> Any:
    """A value as a record's page shows it: yes and no, times, money; words as they stand."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return when(value)
    return money(value) if kind == "money" else value


@register.filter
def money(value: Any) -> Any:
    """`¥1,280.00`."""
    return f"¥{value:,.2f}" if isinstance(value, int | float | Decimal) else value
