"""How the book of headcounts is narrowed."""

import django_filters

from dutylog.choices import SendMeans
from dutylog.models import HeadcountReport
from servicedesk.filters import FigureFilter, RegisterFilter

STANDS = (("standing", "现行数字"), ("unsent", "还没有报送"), ("corrected", "更正过的"))


class HeadcountFilter(RegisterFilter):
    """Words, which stand, report time, how told, and days."""

    stands = django_filters.ChoiceFilter(label="数字", choices=STANDS, method="filter_stands", empty_label="全部")
    slot = django_filters.CharFilter(label="时点", lookup_expr="startswith")
    means = django_filters.ChoiceFilter(
        label="报送方式", choices=SendMeans.choices, method="filter_means", empty_label="全部"
    )

    figure = FigureFilter()

    class Meta:
        model = HeadcountReport
        fields: list[str] = []  # all are declared above, the words first

    def filter_stands(self, queryset, name, value):  # noqa: ARG002
        if value == "corrected":
            return queryset.filter(corrects__isnull=False)
        return queryset.unsent() if value == "unsent" else queryset.standing()

    def filter_means(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(sends__means=value).distinct()

    def filter_since(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__gte=value)

    def filter_until(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__lte=value)
