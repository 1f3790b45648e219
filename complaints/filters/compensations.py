"""How the book of compensations is narrowed."""

import django_filters

from complaints.choices import CompensationState, PayWay
from complaints.models import Compensation
from servicedesk.filters import FigureFilter, RegisterFilter

WAITS = (("approve", "等我审批"), ("pay", "等我支付"), ("mine", "我申请的"), ("recover", "追偿中"))


class CompensationFilter(RegisterFilter):
    """Words, what waits, state, way of payment, and days of 登记时间."""

    date_field = "created_at"

    wait = django_filters.ChoiceFilter(label="办理", choices=WAITS, method="filter_wait", empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=CompensationState.choices, empty_label="全部")
    way = django_filters.ChoiceFilter(label="支付方式", choices=PayWay.choices, empty_label="全部")

    figure = FigureFilter()

    class Meta:
        model = Compensation
        fields: list[str] = []  # all are declared above, the words first

    def filter_wait(self, queryset, name, value):  # noqa: ARG002
        user = self.request.user
        found = {
            "approve": lambda: queryset.to_approve_by(user), "pay": lambda: queryset.to_pay_by(user),
            "mine": lambda: queryset.filter(created_by=user),
            "recover": lambda: queryset.filter(state=CompensationState.RECOVERING),
        }
        return found[value]()
