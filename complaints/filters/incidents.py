"""How the book of incidents is narrowed."""

import django_filters

from complaints.choices import IncidentState
from complaints.models import Incident
from servicedesk.filters import RegisterFilter
from servicedesk.models import Zone


class IncidentFilter(RegisterFilter):
    """Words, state, place, and days."""

    date_field = "began_at"

    state = django_filters.ChoiceFilter(label="状态", choices=IncidentState.choices, empty_label="全部")
    zone = django_filters.ModelChoiceFilter(label="地点", queryset=Zone.objects.all(), empty_label="全部")

    class Meta:
        model = Incident
        fields: list[str] = []  # all are declared above, the words first
