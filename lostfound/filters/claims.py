"""How the book of claims is narrowed."""

import django_filters

from lostfound.choices import ClaimPath, ClaimState
from lostfound.models import Claim
from servicedesk.filters import RegisterFilter


class ClaimFilter(RegisterFilter):
    """Words, state, path and days."""

    state = django_filters.ChoiceFilter(label="状态", choices=ClaimState.choices, empty_label="全部")
    path = django_filters.ChoiceFilter(label="认领方式", choices=ClaimPath.choices, empty_label="全部")
    waiting = django_filters.ChoiceFilter(
        label="办理", choices=(("open", "办理中"),), method="filter_waiting", empty_label="全部"
    )

    class Meta:
        model = Claim
        fields = ["q", "state", "path", "waiting", "since", "until"]

    def filter_waiting(self, queryset, name, value):  # noqa: ARG002
        return queryset.open() if value == "open" else queryset
