"""How the book of briefings is narrowed."""

import django_filters
from django import forms

from dutylog.choices import BriefingState
from dutylog.models import Briefing
from servicedesk.filters import RegisterFilter
from servicedesk.models import User


class BriefingFilter(RegisterFilter):
    """Words, state, host, days, what I have not signed, what somebody has not signed."""

    date_field = "on"

    state = django_filters.ChoiceFilter(label="状态", choices=BriefingState.choices, empty_label="全部")
    host = django_filters.ModelChoiceFilter(label="主持人", queryset=User.objects.active(), empty_label="全部")
    pending = django_filters.BooleanFilter(
        label="等我签字", method="filter_pending", widget=forms.CheckboxInput()
    )
    unsigned = django_filters.BooleanFilter(
        label="有人没签", method="filter_unsigned", widget=forms.CheckboxInput()
    )

    class Meta:
        model = Briefing
        fields = ["state", "host", "pending", "unsigned"]

    def filter_since(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__gte=value)

    def filter_until(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__lte=value)

    def filter_pending(self, queryset, name, value):  # noqa: ARG002
        return queryset.unsigned_by(self.request.user) if value else queryset

    def filter_unsigned(self, queryset, name, value):  # noqa: ARG002
        return queryset.not_signed_by_all() if value else queryset
