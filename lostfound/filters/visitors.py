"""How the inbox of visitors' reports is narrowed."""

import django_filters

from lostfound.choices import VisitorReportState
from lostfound.models import VisitorReport
from servicedesk.filters import RegisterFilter
from servicedesk.models import Zone


class VisitorReportFilter(RegisterFilter):
    """Words, state, place, days."""

    state = django_filters.ChoiceFilter(label="状态", choices=VisitorReportState.choices, empty_label="全部")
    zone = django_filters.ModelChoiceFilter(
        label="地点", queryset=Zone.objects.filter(is_active=True), empty_label="全部"
    )

    class Meta:
        model = VisitorReport
        fields: list[str] = []  # all are declared above, the words first
