"""How the old diary is narrowed."""

import django_filters

from dutylog.choices import EntryCategory
from dutylog.models import OldLogLine
from servicedesk.filters import RegisterFilter


class OldLogLineFilter(RegisterFilter):
    """Words, category, shift, recorder as they were written, and days."""

    category = django_filters.ChoiceFilter(label="类别", choices=EntryCategory.choices, empty_label="全部")
    shift = django_filters.CharFilter(label="班次", lookup_expr="icontains")
    recorder = django_filters.CharFilter(label="记录人", lookup_expr="icontains")

    class Meta:
        model = OldLogLine
        fields: list[str] = []  # all are declared above, the words first

    def filter_since(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__gte=value)

    def filter_until(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__lte=value)
