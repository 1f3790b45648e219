"""Figures as pages and papers write them; on a page each number leads to its rows."""

from typing import Any

from django import template
from django.utils.html import format_html

from servicedesk.figures import NOTHING, PART_WORDS, Reading

register = template.Library()


@register.simple_tag(takes_context=True)
def number(context: Any, reading: Reading, part: str) -> str:
    """`12`, a link for who may see the rows; of a figure that is no rate as the figure writes it."""
    value = getattr(reading, part)
    text = reading.text if part == "hits" and not reading.figure.scale else whole(value)
    url = reading.urls.get(part, "")
    if not url or not value or not context["request"].user.has_perm(reading.right):
        return text
    said = f"{reading.name}{PART_WORDS[part] if reading.figure.scale else ''}:{text}"  # type: ignore[index]
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, said, text)


@register.filter
def whole(value: Any) -> str:
    """`1,280`, or — where it is not known."""
    return NOTHING if value is None else f"{value:,}"


@register.filter
def fraction(reading: Reading) -> str:
    """`7/8` of a rate; of any other figure nothing."""
    return f"{whole(reading.hits)}/{whole(reading.base)}" if reading.figure.scale else ""


@register.simple_tag
def bar(reading: Reading | None, most: Any = None) -> str:
    """How long a bar is, of 100: the share itself, or against the greatest of its list."""
    if reading is None or reading.value is None:
        return ""
    if most:
        return f"{100 * float(reading.hits or 0) / float(most):.2f}"
    return "" if reading.share is None else f"{reading.share:.2f}"


@register.filter
def most_of(lines: Any) -> Any:
    """The greatest number of a list."""
    return max((line.shown.hits or 0 for line in lines), default=0)
