"""How the books of sheets and batches are narrowed."""

import django_filters

from servicedesk.filters import RegisterFilter
from servicedesk.models import Zone
from servicedesk.services import preferences
from surveys.choices import Care, Channel, SheetState
from surveys.models import SurveyBatch, SurveySheet, SurveyVersion

LOW = (("low", "有低分"),)
ZONES = Zone.objects.filter(is_active=True)


class SurveySheetFilter(RegisterFilter):
    """Words, how it came, where, what becomes of it, and the days of the answers."""

    date_field = "answered_at"

    state = django_filters.ChoiceFilter(label="状态", choices=SheetState.choices, empty_label="全部")
    channel = django_filters.ChoiceFilter(label="方式", choices=Channel.choices, empty_label="全部")
    zone = django_filters.ModelChoiceFilter(label="地点", queryset=ZONES, empty_label="全部")
    survey_version = django_filters.ModelChoiceFilter(
        label="版本", queryset=SurveyVersion.objects.order_by("-number"), empty_label="全部"
    )
    found = django_filters.ChoiceFilter(label="评分", choices=LOW, method="filter_found", empty_label="全部")
    care = django_filters.ChoiceFilter(label="低分处理", choices=Care.choices[1:], method="filter_care",
                                       empty_label="全部")

    class Meta:
        model = SurveySheet
        fields: list[str] = []  # all are declared above, the words first

    def filter_found(self, queryset, name, value):  # noqa: ARG002
        """Who may not read the scores of a sheet does not find it by them either."""
        return queryset.low(preferences.value("surveys.low_score")).filter(shows_scores=True)

    def filter_care(self, queryset, name, value):  # noqa: ARG002
        chosen = queryset.waiting() if value == Care.WAITING else queryset.in_care(value)
        return chosen.filter(shows_scores=True)


class SurveyBatchFilter(RegisterFilter):
    """Words, place, and the days on which sheets went out."""

    zone = django_filters.ModelChoiceFilter(label="发放地点", queryset=ZONES, empty_label="全部")

    class Meta:
        model = SurveyBatch
        fields: list[str] = []  # all are declared above, the words first
