"""How the book of callbacks is narrowed."""

import django_filters
from django.utils import timezone

from complaints.callback_choices import CallbackSource, CallbackState
from complaints.models import CallbackAttempt, CallbackPlan
from servicedesk.filters import FigureFilter, RegisterFilter

WAITS = (
    ("open", "没有结束"), ("call", "等我打"), ("today", "今天到期"), ("overdue", "已逾期"), ("appointed", "约了时间"),
    ("sign", "等签批"), ("check", "待质检"), ("recheck", "等我质检"), ("ahead", "还没到日子"), ("mine", "我打过的"),
)


class CallbackFilter(RegisterFilter):
    """Words, what waits, state, source, and days by which they are due."""

    date_field = "due_on"

    wait = django_filters.ChoiceFilter(label="办理", choices=WAITS, method="filter_wait", empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=CallbackState.choices, empty_label="全部")
    source_kind = django_filters.ChoiceFilter(label="来源", choices=CallbackSource.choices, empty_label="全部")

    figure = FigureFilter()

    class Meta:
        model = CallbackPlan
        fields: list[str] = []  # all are declared above, the words first

    def filter_wait(self, queryset, name, value):  # noqa: ARG002
        today, user = timezone.localdate(), self.request.user
        found = {
            "open": lambda: queryset.begun(today), "ahead": lambda: queryset.open().filter(from_on__gt=today),
            "today": lambda: queryset.open().filter(due_on=today),
            "overdue": lambda: queryset.overdue(today), "appointed": queryset.appointed, "sign": queryset.to_sign,
            "check": queryset.to_check,
            "call": lambda: queryset.to_call_by(user), "recheck": lambda: queryset.to_check_by(user),
            "mine": lambda: queryset.filter(pk__in=CallbackAttempt.objects.filter(by=user).values("plan")),
        }
        return found[value]()
