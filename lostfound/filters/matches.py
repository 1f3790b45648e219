"""How the list of matches is narrowed; opened bare it shows what waits to be looked at."""

import django_filters

from lostfound.choices import MatchState
from lostfound.models import ItemCategory, Match
from servicedesk.filters import RegisterFilter


class MatchFilter(RegisterFilter):
    """State, category of the found item, least score, and the days on which it was suggested."""

    date_field = "suggested_at"
    q = None

    state = django_filters.ChoiceFilter(
        label="状态", choices=MatchState.choices, method="filter_state", empty_label="全部"
    )
    category = django_filters.ModelChoiceFilter(
        label="类别", field_name="item__category", queryset=ItemCategory.objects.filter(is_active=True),
        empty_label="全部",
    )
    least = django_filters.NumberFilter(label="不低于(分)", field_name="score", lookup_expr="gte", min_value=0,
                                        max_value=100)

    class Meta:
        model = Match
        fields = ["state", "category", "least"]

    def __init__(self, data=None, *args, **kwargs):
        if data is not None and "state" not in data:
            data = data.copy()
            data["state"] = MatchState.SUGGESTED
        super().__init__(data, *args, **kwargs)

    def filter_state(self, queryset, name, value):  # noqa: ARG002
        return queryset.waiting() if value == MatchState.SUGGESTED else queryset.filter(state=value)
