"""How the book of accidents is narrowed."""

import django_filters

from dutylog.choices import AccidentState
from dutylog.models import Accident
from servicedesk.filters import RegisterFilter
from servicedesk.models import Zone


class AccidentFilter(RegisterFilter):
    """Words, whether it still runs, state, kind, place, and days."""

    date_field = "happened_at"

    live = django_filters.BooleanFilter(label="没有结案", method="filter_live")
    state = django_filters.ChoiceFilter(label="状态", choices=AccidentState.choices, empty_label="全部")
    kind = django_filters.CharFilter(label="类别", lookup_expr="icontains")
    zone = django_filters.ModelChoiceFilter(label="地点", queryset=Zone.objects.all(), empty_label="全部")

    class Meta:
        model = Accident
        fields: list[str] = []  # all are declared above, the words first

    def filter_live(self, queryset, name, value):  # noqa: ARG002
        live = Accident.objects.live().values("pk")
        return queryset.filter(pk__in=live) if value else queryset.exclude(pk__in=live)
