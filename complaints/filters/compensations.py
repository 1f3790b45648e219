"""How the book of compensations is narrowed."""

import django_filters

from complaints.choices import ApprovalLevel, CompensationState, PayWay
from complaints.models import Compensation
from complaints.services.compensations import right_of
from servicedesk.filters import RegisterFilter

WAITS = (("approve", "等我审批"), ("pay", "等支付"), ("mine", "我申请的"), ("recover", "追偿中"))


class CompensationFilter(RegisterFilter):
    """Words, what waits, state, way of payment, and days of 登记时间."""

    date_field = "created_at"

    wait = django_filters.ChoiceFilter(label="办理", choices=WAITS, method="filter_wait", empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=CompensationState.choices, empty_label="全部")
    way = django_filters.ChoiceFilter(label="支付方式", choices=PayWay.choices, empty_label="全部")

    class Meta:
        model = Compensation
        fields: list[str] = []  # all are declared above, the words first

    def filter_wait(self, queryset, name, value):  # noqa: ARG002
        user = self.request.user
        levels = [level for level in ApprovalLevel if user.has_perm(right_of(level))]
        found = {
            "approve": lambda: queryset.filter(
                state=CompensationState.PENDING, level__in=levels
            ).without_part_of(user),
            "pay": lambda: queryset.filter(state=CompensationState.APPROVED),
            "mine": lambda: queryset.filter(created_by=user),
            "recover": lambda: queryset.filter(state=CompensationState.RECOVERING),
        }
        return found[value]()
