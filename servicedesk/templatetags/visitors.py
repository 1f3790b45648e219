"""Words of the pages that stand open to visitors."""

from typing import Any

from django import forms, template

register = template.Library()


@register.simple_tag(takes_context=True)
def two(context: Any, chinese: str, english: str) -> str:
    """The word in the visitor's language."""
    return english if context["lang"] == "en" else chinese


@register.filter
def first_wrong(form: forms.Form) -> str:
    """Where on the page the first mark of a slip stands."""
    return next((field.auto_id for field in form if field.errors), "main")
