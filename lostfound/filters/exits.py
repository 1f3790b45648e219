"""How the books of notices and batches are narrowed."""

import django_filters

from lostfound.choices import BatchKind, BatchState, NoticeChannel, NoticeState
from lostfound.models import Batch, Notice
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
        label="待办", choices=[("1", "还没结清")], method="filter_running", empty_label="全部"
    )

    class Meta:
        model = Batch
        fields = ["q", "kind", "state", "running", "since", "until"]

    def filter_running(self, queryset, name, value):  # noqa: ARG002
        return queryset.running()
