"""How the ledger of grievances is narrowed."""

import django_filters

from complaints.choices import Channel, GrievanceState
from complaints.models import Grievance
from servicedesk.filters import FigureFilter, RegisterFilter
from servicedesk.models import Department, Zone


class GrievanceFilter(RegisterFilter):
    """Words, state, way, category, place, department, and days."""

    date_field = "received_at"

    state = django_filters.ChoiceFilter(label="状态", choices=GrievanceState.choices, empty_label="全部")
    channel = django_filters.ChoiceFilter(label="渠道", choices=Channel.choices, empty_label="全部")
    category = django_filters.CharFilter(label="类别", lookup_expr="icontains")
    zone = django_filters.ModelChoiceFilter(label="地点", queryset=Zone.objects.all(), empty_label="全部")
    department = django_filters.ModelChoiceFilter(
        label="涉及部门", queryset=Department.objects.all(), empty_label="全部"
    )

    figure = FigureFilter()

    class Meta:
        model = Grievance
        fields: list[str] = []  # all are declared above, the words first
