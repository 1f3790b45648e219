"""How the books of notices and batches are narrowed."""

import functools
import operator

import django_filters
from django.db.models import Q

from lostfound.choices import BatchKind, BatchState, NoticeChannel, NoticeState
from lostfound.models import Batch, Notice
from lostfound.services.batch_steps import NEXT_STEPS, awaiting
from servicedesk.filters import RegisterFilter


class NoticeFilter(RegisterFilter):
    """Words, state, channel, days of drafting."""

    state = django_filters.ChoiceFilter(label="状态", choices=NoticeState.choices, empty_label="全部")
    channel = django_filters.ChoiceFilter(label="公告方式", choices=NoticeChannel.choices, empty_label="全部")

    class Meta:
        model = Notice
        fields = ["q", "state", "channel", "since", "until"]


class BatchFilter(RegisterFilter):
    """Words, destination, state, days of preparing."""

    kind = django_filters.ChoiceFilter(label="去向", choices=BatchKind.choices, empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=BatchState.choices, empty_label="全部")
    running = django_filters.ChoiceFilter(
        label="待办", choices=[("1", "还没结清"), ("mine", "等我办理")], method="filter_running", empty_label="全部"
    )

    class Meta:
        model = Batch
        fields = ["q", "kind", "state", "running", "since", "until"]

    def filter_running(self, queryset, name, value):  # noqa: ARG002
        if value == "mine":
            user = self.request.user
            mine = [awaiting(Batch.objects.all(), user, state).values("pk") for state in NEXT_STEPS]
            return queryset.filter(functools.reduce(operator.or_, (Q(pk__in=keys) for keys in mine)))
        return queryset.running()
