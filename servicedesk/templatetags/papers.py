"""Cells of the papers: ticks, dates with their blanks, long texts, marks for empty cells."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

import cn2an
from django import template
from django.utils import timezone
from django.utils.html import format_html

register = template.Library()
NOTHING = "/"
LONG_NAME = 24
USUAL_NUMBER = 15
MOST_MONEY = Decimal("1e15")  # cn2an knows no larger number
BLANKS = {
    "md": "　\u00a0月　\u00a0日　\u00a0时　\u00a0分",
    "near": "　月　日　时　分",
    "ymd": "　　　年　　月　　日",
    "full": "　　　年　　月　　日　　时　　分",
    "short": "　月　日　时",
    "hm": "　　时　　分",
}
FORMATS = {
    "md": "{0.month}月{0.day}日 {0:%H}时{0:%M}分",
    "near": "{0.month}月{0.day}日 {0:%H}时{0:%M}分",
    "ymd": "{0.year}年{0:%m}月{0:%d}日",
    "full": "{0.year}年{0:%m}月{0:%d}日 {0:%H}时{0:%M}分",
    "short": "{0:%m-%d %H:%M}",
    "hm": "{0:%H}时{0:%M}分",
}


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def moment(value: Any) -> str:
    """`2026-11-22 10:20`; empty for none."""
    if not value:
        return ""
    value = _local(value)
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else f"{value:%Y-%m-%d}"


@register.filter
def written(value: Any, form: str) -> str:
    """A date or time in words, or the words with room to write it by hand."""
    return FORMATS[form].format(_local(value)) if value else BLANKS[form]


@register.simple_tag
def tick(is_chosen: Any, label: str) -> str:
    """`☑是` or `□是`; the box never parts from its word."""
    return format_html('<span class="nowrap">{}{}</span>', "☑" if is_chosen else "□", label)


@register.simple_tag
def either(value: Any, closed: Any, room: str = "") -> Any:
    """The value; without one `/` in a cell that is closed, room to write in one still open."""
    if value is not None and value != "":
        return value
    return NOTHING if closed else room


@register.filter
def snug(text: Any) -> str:
    """The class that sets a long name smaller, so that it stays whole and its row stays low."""
    return "tiny" if len(str(text or "")) > LONG_NAME else ""


@register.filter
def long_number(number: Any) -> str:
    """The class that keeps the number of a desk with letters of its own (`SWB-20261126-001`) on one line."""
    return "num-long" if len(str(number or "")) > USUAL_NUMBER else ""


@register.filter
def yuan(value: Decimal | None) -> str:
    """`1,280.00`, whole yuan without the decimals."""
    if value is None or value == "":
        return ""
    value = Decimal(value)
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


@register.filter
def cents(value: Decimal | None) -> str:
    """`1,280.00`, always with its two decimals: a sum of money that is paid."""
    return "" if value is None or value == "" else f"{Decimal(value):,.2f}"


@register.filter
def thousands(value: int | Literal[""] | None) -> str:
    """`12,800` people or pieces; empty for none."""
    return "" if value is None or value == "" else f"{value:,}"


@register.filter
def in_words(value: Decimal | None) -> str:
    """Money in 大写: `壹仟贰佰捌拾元整`."""
    if value is None or value == "":
        return ""
    if abs(Decimal(value)) >= MOST_MONEY:
        return ""
    return cn2an.an2cn(format(Decimal(value).quantize(Decimal("0.01")), "f"), "rmb")


@register.simple_tag(takes_context=True)
def fitted(context, text: Any, limit: int, label: str) -> str:
    """The text, or its beginning with a pointer to the 续页 that holds the whole."""
    return context["sheet"].cell(text, limit, label)
