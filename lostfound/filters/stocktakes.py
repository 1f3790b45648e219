"""How the book of counts is narrowed."""

import django_filters

from lostfound.choices import StockTakeState
from lostfound.models import StockTake
from servicedesk.filters import RegisterFilter


class StockTakeFilter(RegisterFilter):
    """Words, state, days."""

    state = django_filters.ChoiceFilter(label="状态", choices=StockTakeState.choices, empty_label="全部")

    class Meta:
        model = StockTake
        fields = ["q", "state", "since", "until"]
