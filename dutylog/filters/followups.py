"""How the list of follow-ups is narrowed."""

import datetime as dt

import django_filters
from django.utils import timezone

from dutylog.choices import FollowUpKind, FollowUpState
from dutylog.models import FollowUp
from dutylog.services.followup_reminders import week_began
from servicedesk.filters import FigureFilter, RegisterFilter
from servicedesk.models import Department

WHOSE = (("1", "我整改或复查"), ("check", "等我复查"), ("nobody", "没有责任人"))
DUE = (("overdue", "已过期限"), ("this", "本周到期"), ("next", "下周到期"), ("still", "本周没进展"))


def week_of(day: dt.date, ahead: int = 0) -> tuple[dt.date, dt.date]:
    """Monday and Sunday of the week of a day, or of a week ahead."""
    monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=ahead)
    return monday, monday + dt.timedelta(days=6)


class FollowUpFilter(RegisterFilter):
    """Words, whose, due, kind, state, department, and the days they were written."""

    mine = django_filters.ChoiceFilter(label="谁的", choices=WHOSE, method="filter_mine", empty_label="全部")
    due = django_filters.ChoiceFilter(label="期限", choices=DUE, method="filter_due", empty_label="全部")
    kind = django_filters.ChoiceFilter(label="类别", choices=FollowUpKind.choices, empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=FollowUpState.choices, empty_label="全部")
    department = django_filters.ModelChoiceFilter(
        label="责任部门", queryset=Department.objects.all(), empty_label="全部"
    )

    figure = FigureFilter()

    class Meta:
        model = FollowUp
        fields: list[str] = []  # all are declared above, the words first

    def filter_mine(self, queryset, name, value):  # noqa: ARG002
        if value == "nobody":
            return queryset.filter(owner=None, state=FollowUpState.OPEN)
        user = self.request.user
        return queryset.waiting_for_check_by(user) if value == "check" else queryset.of_person(user)

    def filter_due(self, queryset, name, value):  # noqa: ARG002
        today = timezone.localdate()
        if value == "overdue":
            return queryset.overdue(today)
        if value == "still":
            return queryset.still_since(week_began(today))
        return queryset.live().filter(due_on__range=week_of(today, 1 if value == "next" else 0))
