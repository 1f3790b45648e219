"""A form that changes a record shows no sealed number in its field: the field stays empty, and that leaves it."""

from django import forms
from django.utils.html import format_html

# What is typed to empty such a field.
CLEAR = "无"


def say_standing(field: forms.Field, shown: str, *, may_clear: bool = False) -> None:
    """Say below the field what stands, `shown` masked or in words, and how to leave or clear it.

    Help texts are taken as markup, and a number is whatever somebody typed: it is shown as text.
    """
    field.help_text = format_html("{};空着不改{}", shown, f",填“{CLEAR}”清除" if may_clear else "")
