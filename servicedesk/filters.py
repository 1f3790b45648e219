"""Filters that every register's list shares, with Chinese labels throughout."""

import datetime as dt

import django_filters
from django import forms
from django.utils.functional import cached_property
from django_filters.widgets import BooleanWidget

from servicedesk.behind import rows_behind, words_of
from servicedesk.forms.fields import keep_choices
from servicedesk.periods import FIRST_DAY, LAST_DAY, midnight
from servicedesk.register import register_of
from servicedesk.services.search import ids_in_register


class DayInput(forms.DateInput):
    """A day in few keys (`1120`, `昨`); the browser's own picker would speak the browser's language."""

    def __init__(self):
        typed = {"data-when": "day", "autocomplete": "off", "placeholder": "如 1120"}
        super().__init__(attrs=typed, format="%Y-%m-%d")


class YesNo(BooleanWidget):
    """全部, 是, 否: the empty choice asks for nothing, it does not mean unknown."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.choices = [("", "全部"), ("true", "是"), ("false", "否")]


class FigureFilter(django_filters.CharFilter):
    """Exactly the rows behind a reported figure; whoever clicks on the number brings it along (`behind.py`)."""

    def __init__(self):
        super().__init__(label="统计数字", widget=forms.HiddenInput())

    def filter(self, qs, value):
        rows = rows_behind(qs.model, value) if value else None
        return qs.filter(pk__in=rows) if rows is not None else qs.none() if value else qs


class ListFilter(django_filters.FilterSet):
    """What every list's filter shares: its choices come from what is kept of small tables."""

    @cached_property
    def form(self) -> forms.Form:
        form = super().form
        keep_choices(form)
        return form


class RegisterFilter(ListFilter):
    """Free text, from and to. Subclass with `class Meta: model, fields` and further filters.

    `date_field` is the datetime column that from and to look at.
    """

    date_field = "created_at"

    q = django_filters.CharFilter(
        method="filter_words", label="查找",
        widget=forms.TextInput(attrs={"placeholder": "编号、姓名、尾号、物品、拼音", "autocomplete": "off"}),
    )
    since = django_filters.DateFilter(method="filter_since", label="从", widget=DayInput())
    until = django_filters.DateFilter(method="filter_until", label="到", widget=DayInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "q" in self.filters:
            self.filters.move_to_end("q", last=False)
        for filter_ in self.filters.values():
            if isinstance(filter_, django_filters.BooleanFilter):
                filter_.extra.setdefault("widget", YesNo)

    @property
    def figure_words(self) -> str:
        """Which figure's rows are shown; empty where no figure was clicked on."""
        return words_of(self.data.get("figure", "")) if "figure" in self.filters else ""

    def filter_words(self, queryset, name, value):  # noqa: ARG002
        register = register_of(queryset.model)
        return queryset.filter(pk__in=ids_in_register(value, register)) if register else queryset

    def filter_since(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(**{f"{self.date_field}__gte": midnight(_within(value))})

    def filter_until(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(**{f"{self.date_field}__lt": midnight(_within(value) + dt.timedelta(days=1))})


def _within(day: dt.date) -> dt.date:
    return min(max(day, FIRST_DAY), LAST_DAY)
