"""How the books of rounds and assets are narrowed."""

import django_filters

from checklists.choices import AssetState, RoundKind, RoundState
from checklists.models import Asset, AssetAway, Round
from servicedesk.filters import FigureFilter, RegisterFilter

FOUND = (("bad", "有异常"), ("good", "全部正常"))
ELSEWHERE = (("away", "借出或送修"), ("late", "逾期未还"))


class RoundFilter(RegisterFilter):
    """Words, kind, state, failures, done late, and the days of the rounds."""

    date_field = "on"

    kind = django_filters.ChoiceFilter(label="类别", choices=RoundKind.choices, empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=RoundState.choices, empty_label="全部")
    found = django_filters.ChoiceFilter(label="结果", choices=FOUND, method="filter_found", empty_label="全部")
    is_late = django_filters.BooleanFilter(label="补查")

    figure = FigureFilter()

    class Meta:
        model = Round
        fields: list[str] = []  # all are declared above, the words first

    def filter_found(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(failures__gt=0) if value == "bad" else queryset.checked().filter(failures=0)

    def filter_since(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__gte=value)

    def filter_until(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__lte=value)


class AssetFilter(RegisterFilter):
    """Words, area, state, what is away."""

    state = django_filters.ChoiceFilter(label="状态", choices=AssetState.choices, empty_label="全部")
    area = django_filters.CharFilter(label="区域", lookup_expr="icontains", max_length=30)
    away = django_filters.ChoiceFilter(label="去向", choices=ELSEWHERE, method="filter_away", empty_label="全部")

    class Meta:
        model = Asset
        fields: list[str] = []  # all are declared above, the words first

    def filter_away(self, queryset, name, value):  # noqa: ARG002
        out = AssetAway.objects.filter(back_on=None)
        if value == "late":
            out = out.overdue()
        return queryset.filter(pk__in=out.values("asset_id"))
