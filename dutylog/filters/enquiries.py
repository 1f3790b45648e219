"""How the book of calls and questions is narrowed."""

import datetime as dt

import django_filters
from django.utils import timezone

from dutylog.choices import EnquiryDirection, EnquiryKind, EnquiryState
from dutylog.models import Enquiry
from servicedesk.filters import FigureFilter, RegisterFilter

WAITS = (("open", "待答复"), ("overdue", "已逾期"), ("missed", "未接未回"), ("late", "答复超时"), ("relayed", "有转告"))


class EnquiryFilter(RegisterFilter):
    """Words, what waits, way, kind, state, and days."""

    date_field = "received_at"

    wait = django_filters.ChoiceFilter(label="时限", choices=WAITS, method="filter_wait", empty_label="全部")
    direction = django_filters.ChoiceFilter(label="方式", choices=EnquiryDirection.choices, empty_label="全部")
    kind = django_filters.ChoiceFilter(label="类别", choices=EnquiryKind.choices, empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=EnquiryState.choices, empty_label="全部")
    recent = django_filters.ChoiceFilter(
        label="日期", choices=(("today", "今天"),), method="filter_recent", empty_label="全部"
    )

    figure = FigureFilter()

    class Meta:
        model = Enquiry
        fields: list[str] = []  # all are declared above, the words first

    def filter_wait(self, queryset, name, value):  # noqa: ARG002
        if value == "overdue":
            return queryset.overdue(timezone.now())
        if value == "late":
            return queryset.answered_late()
        if value == "relayed":
            return queryset.filter(relayed_at__isnull=False)
        return queryset.unanswered().filter(is_missed=True) if value == "missed" else queryset.unanswered()

    def filter_recent(self, queryset, name, value):  # noqa: ARG002
        midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))
        return queryset.filter(received_at__gte=midnight)
