"""Filters of the house's lists: people, departments, service points, zones, storage places."""

from functools import lru_cache

import django_filters
from django import forms
from django.db.models import Q

from servicedesk.choices import ChannelKind, Role, StorageKind
from servicedesk.filters import ListFilter
from servicedesk.models import Department, ServicePoint
from servicedesk.pinyin import typed_forms

OPEN_OR_CLOSED = (("1", "在用"), ("0", "停用"))
AS_TYPED = lru_cache(maxsize=20_000)(typed_forms)


def ids_by_name(rows, word: str) -> list[int]:
    """Keys of the rows whose name is typed so, in Chinese, pinyin or initials. For tables of some thousands."""
    word = word.strip().lower()
    names = rows.order_by().values_list("pk", "name")
    if not word.isascii():
        return [pk for pk, name in names if word in name.lower()]
    return [
        pk for pk, name in names
        if word in name.lower() or any(form.startswith(word) for form in AS_TYPED(name).split())
    ]


class NameFilter(ListFilter):
    """By name, and open or closed."""

    further: tuple[str, ...] = ("phone",)

    q = django_filters.CharFilter(
        method="filter_words", label="查找", max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "名称、编号、拼音", "autocomplete": "off"}),
    )
    is_active = django_filters.ChoiceFilter(
        choices=OPEN_OR_CLOSED, method="filter_open", label="在用", empty_label="全部"
    )

    def filter_words(self, queryset, name, value):  # noqa: ARG002
        found = Q(pk__in=ids_by_name(queryset, value))
        for column in self.further:
            found |= Q(**{f"{column}__istartswith": value.strip()})
        return queryset.filter(found)

    def filter_open(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(is_active=value == "1")


class ChannelFilter(NameFilter):
    """Also by kind; an address is no word to search by."""

    further = ()
    kind = django_filters.ChoiceFilter(choices=ChannelKind.choices, label="方式", empty_label="全部")


class PlaceFilter(NameFilter):
    further = ("number",)


class StorageFilter(NameFilter):
    """Also by kind and desk."""

    further = ("code",)
    kind = django_filters.ChoiceFilter(choices=StorageKind.choices, label="类型", empty_label="全部")
    service_point = django_filters.ModelChoiceFilter(
        queryset=ServicePoint.objects.all(), label="服务点", empty_label="全部"
    )


class VisitorCodeFilter(NameFilter):
    """Also by the code itself, and by desk."""

    further = ("code",)
    service_point = django_filters.ModelChoiceFilter(
        queryset=ServicePoint.objects.all(), label="服务点", empty_label="全部"
    )


class PersonFilter(NameFilter):
    """People by 工号, name, pinyin, phone; department, role, desk."""

    further = ("staff_no", "phone")
    q = django_filters.CharFilter(
        method="filter_words", label="查找", max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "工号、姓名、拼音、电话", "autocomplete": "off"}),
    )
    department = django_filters.ModelChoiceFilter(
        queryset=Department.objects.all(), label="部门", empty_label="全部"
    )
    role = django_filters.ChoiceFilter(
        choices=Role.choices, field_name="groups__name", label="岗位", empty_label="全部"
    )
    service_points = django_filters.ModelChoiceFilter(
        queryset=ServicePoint.objects.all(), label="服务点", empty_label="全部"
    )
