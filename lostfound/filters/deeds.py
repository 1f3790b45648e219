"""How the book of good deeds is narrowed."""

import django_filters

from lostfound.choices import GoodDeedKind, GoodDeedState
from lostfound.models import GoodDeed
from servicedesk.filters import RegisterFilter
from servicedesk.models import User

YES = (("1", "已兑现"), ("0", "有建议未兑现"))


class GoodDeedFilter(RegisterFilter):
    """Words, state, kind, person, reward, and the days of the deeds."""

    date_field = "on"

    state = django_filters.ChoiceFilter(label="状态", choices=GoodDeedState.choices, empty_label="全部")
    kind = django_filters.ChoiceFilter(label="类别", choices=GoodDeedKind.choices, empty_label="全部")
    person = django_filters.ModelChoiceFilter(label="员工", queryset=User.objects.active(), empty_label="全部")
    reward = django_filters.ChoiceFilter(label="奖励", choices=YES, method="filter_reward", empty_label="全部")

    class Meta:
        model = GoodDeed
        fields = ["state", "kind", "person", "reward"]

    def filter_reward(self, queryset, name, value):  # noqa: ARG002
        if value == "1":
            return queryset.filter(reward_paid_on__isnull=False)
        return queryset.filter(reward_paid_on__isnull=True).exclude(reward="")
