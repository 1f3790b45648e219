"""How the book of duty days is narrowed."""

import datetime as dt

import django_filters
from django.utils import timezone

from dutylog.choices import DayKind, DayState
from dutylog.models import DutyDay
from servicedesk.filters import RegisterFilter

MONTHS_BACK = 24


def month_choices() -> list[tuple[str, str]]:
    """The last two years, this month first: `2026-11`, `2026年11月`."""
    first = timezone.localdate().replace(day=1)
    found = []
    for _ in range(MONTHS_BACK):
        found.append((f"{first:%Y-%m}", f"{first.year}年{first.month}月"))
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return found


class DutyDayFilter(RegisterFilter):
    """Words, month, state, kind of day, and the dates of the sheets."""

    date_field = "on"

    month = django_filters.ChoiceFilter(
        label="月份", choices=month_choices, method="filter_month", empty_label="全部"
    )
    state = django_filters.ChoiceFilter(label="状态", choices=DayState.choices, empty_label="全部")
    day_kind = django_filters.ChoiceFilter(label="日期类型", choices=DayKind.choices, empty_label="全部")

    class Meta:
        model = DutyDay
        fields = ["month", "state", "day_kind"]

    def filter_month(self, queryset, name, value):  # noqa: ARG002
        year, month = value.split("-")
        return queryset.filter(on__year=int(year), on__month=int(month))

    def filter_since(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__gte=value)

    def filter_until(self, queryset, name, value):  # noqa: ARG002
        return queryset.filter(on__lte=value)
