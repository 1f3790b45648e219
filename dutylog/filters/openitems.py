"""How the list of open items is narrowed."""

import datetime as dt

import django_filters
from django.utils import timezone

from dutylog.choices import OpenItemState
from dutylog.models import OpenItem
from servicedesk.filters import RegisterFilter
from servicedesk.models import User
from servicedesk.services import preferences

WHOSE = (("1", "我负责的"), ("nobody", "缺责任人或期限"))
DUE = (("overdue", "已过期限"), ("old", "拖得久的"))


class OpenItemFilter(RegisterFilter):
    """Words, whose, due, state, owner, and the days they were written."""

    mine = django_filters.ChoiceFilter(label="谁的", choices=WHOSE, method="filter_mine", empty_label="全部")
    due = django_filters.ChoiceFilter(label="期限", choices=DUE, method="filter_due", empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=OpenItemState.choices, empty_label="全部")
    owner = django_filters.ModelChoiceFilter(label="责任人", queryset=User.objects.active(), empty_label="全部")

    class Meta:
        model = OpenItem
        fields: list[str] = []  # all are declared above, the words first

    def filter_mine(self, queryset, name, value):  # noqa: ARG002
        return queryset.unassigned() if value == "nobody" else queryset.open().filter(owner=self.request.user)

    def filter_due(self, queryset, name, value):  # noqa: ARG002
        now = timezone.now()
        if value == "overdue":
            return queryset.overdue(now)
        days = preferences.value("dutylog.old_item_days")
        return queryset.open().filter(created_at__lt=now - dt.timedelta(days=days))
