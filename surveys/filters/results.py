"""Which sheets the figures count."""

import django_filters

from servicedesk.filters import RegisterFilter
from surveys.choices import Channel
from surveys.filters.sheets import ZONES
from surveys.models import SurveySheet, SurveyVersion


class ResultsFilter(RegisterFilter):
    """Days, place, version, how it came."""

    date_field = "answered_at"

    q = None
    zone = django_filters.ModelChoiceFilter(label="地点", queryset=ZONES, empty_label="全部")
    survey_version = django_filters.ModelChoiceFilter(
        label="版本", queryset=SurveyVersion.objects.order_by("-number"), empty_label="全部"
    )
    channel = django_filters.ChoiceFilter(label="方式", choices=Channel.choices, empty_label="全部")

    class Meta:
        model = SurveySheet
        fields: list[str] = []  # all are declared above
