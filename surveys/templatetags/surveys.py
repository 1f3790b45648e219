"""Figures of the survey as pages and papers write them."""

from typing import Any

from django import template

from surveys.choices import Score
from surveys.services.results import Tallied, shown

register = template.Library()
FORMS = {"2": "{:.2f}", "1": "{:.1f}", "%": "{:.1f}%", "+": "{:+.0f}"}


@register.filter
def figure(value: float | None, form: str) -> str:
    """`4.25`, `87.5%`, or — where nothing was asked."""
    return shown(value, FORMS[form])


@register.filter
def score_cells(line: Tallied) -> list[tuple[Any, int]]:
    """Counts from 很满意 down to 不清楚 with their words."""
    return [(score.label, line.counts[score]) for score in Score]


@register.simple_tag
def score_words() -> list[Any]:
    """The heads of the columns that `score_cells` fills."""
    return [score.label for score in Score]
