"""Words of the pages that stand open to visitors."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def two(context: Any, chinese: str, english: str) -> str:
    """The word in the visitor's language."""
    return english if context["lang"] == "en" else chinese
