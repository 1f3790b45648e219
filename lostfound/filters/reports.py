"""How the book of lost reports is narrowed."""

import datetime as dt

import django_filters
from django.utils import timezone

from lostfound.choices import ReportChannel, ReportState
from lostfound.models import ItemCategory, LostReport, LostReportZone
from servicedesk.filters import FigureFilter, RegisterFilter
from servicedesk.models import Zone

SOON = dt.timedelta(days=30)
WHEN = (("today", "今日登记"), ("leaving", "今明两天离开"), ("expiring", "30 天内期满"))


class LostReportFilter(RegisterFilter):
    """Words, state, channel, category, a place on the route, what is urgent, and days."""

    state = django_filters.ChoiceFilter(label="状态", choices=ReportState.choices, empty_label="全部")
    channel = django_filters.ChoiceFilter(label="登记方式", choices=ReportChannel.choices, empty_label="全部")
    category = django_filters.ModelChoiceFilter(
        label="类别", queryset=ItemCategory.objects.filter(is_active=True), empty_label="全部"
    )
    zone = django_filters.ModelChoiceFilter(
        label="走过", queryset=Zone.objects.filter(is_active=True), method="filter_zone", empty_label="全部"
    )
    when = django_filters.ChoiceFilter(label="时限", choices=WHEN, method="filter_when", empty_label="全部")

    figure = FigureFilter()

    class Meta:
        model = LostReport
        fields = ["state", "channel", "category", "zone", "when"]

    def filter_zone(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(pk__in=LostReportZone.objects.filter(zone=value).values("report"))

    def filter_when(self, queryset, name, value):  # noqa: ARG002
        today = timezone.localdate()
        midnight = timezone.make_aware(dt.datetime.combine(today, dt.time()))
        match value:
            case "today":
                return queryset.filter(created_at__gte=midnight)
            case "leaving":
                return queryset.searching().filter(
                    leaves_at__gte=midnight, leaves_at__lt=midnight + dt.timedelta(days=2)
                )
            case "expiring":
                return queryset.filter(state=ReportState.OPEN, expires_on__lte=today + SOON)
        return queryset
