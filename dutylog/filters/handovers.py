"""How the book of hand-overs is narrowed."""

import django_filters

from dutylog.choices import HandOverState, ShiftKind
from dutylog.models import HandOver
from servicedesk.filters import RegisterFilter
from servicedesk.models import User


class HandOverFilter(RegisterFilter):
    """Words, state, shift, who went, who came, and the days."""

    state = django_filters.ChoiceFilter(label="状态", choices=HandOverState.choices, empty_label="全部")
    shift = django_filters.ChoiceFilter(
        label="班次", choices=ShiftKind.choices, field_name="from_shift__kind", empty_label="全部"
    )
    outgoing = django_filters.ModelChoiceFilter(label="交班人", queryset=User.objects.active(), empty_label="全部")
    incoming = django_filters.ModelChoiceFilter(label="接班人", queryset=User.objects.active(), empty_label="全部")

    class Meta:
        model = HandOver
        fields: list[str] = []  # all are declared above, the words first
