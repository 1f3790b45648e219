"""How the book of complaints is narrowed."""

import django_filters
from django.utils import timezone

from complaints.choices import Channel, ComplaintState, Severity
from complaints.models import Complaint
from servicedesk.filters import FigureFilter, RegisterFilter
from servicedesk.models import Department, Zone

WAITS = (
    ("running", "没有办结"), ("reply", "待首次答复"), ("reply_soon", "6 小时内须答复"), ("overdue", "已逾期"),
    ("reply_late", "答复超时"),
    ("solution_late", "解决超时"), ("outside", "外部转办"), ("mine", "我经办的"), ("offered", "等我接收"),
)


class ComplaintFilter(RegisterFilter):
    """Words, what waits, state, severity, way, category, place, department, and days of 反映时间."""

    date_field = "received_at"

    wait = django_filters.ChoiceFilter(label="办理", choices=WAITS, method="filter_wait", empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=ComplaintState.choices, empty_label="全部")
    severity = django_filters.ChoiceFilter(label="程度", choices=Severity.choices, empty_label="全部")
    channel = django_filters.ChoiceFilter(label="方式", choices=Channel.choices, empty_label="全部")
    category = django_filters.CharFilter(label="类别", lookup_expr="icontains")
    zone = django_filters.ModelChoiceFilter(label="地点", queryset=Zone.objects.all(), empty_label="全部")
    respondent_department = django_filters.ModelChoiceFilter(
        label="被投诉部门", queryset=Department.objects.all(), empty_label="全部"
    )

    figure = FigureFilter()

    class Meta:
        model = Complaint
        fields: list[str] = []  # all are declared above, the words first

    def filter_wait(self, queryset, name, value):  # noqa: ARG002
        now, user = timezone.now(), self.request.user
        found = {
            "running": queryset.running, "reply": lambda: queryset.running().filter(replied_at=None),
            "reply_soon": lambda: queryset.reply_soon(now),
            "overdue": lambda: queryset.overdue(now), "reply_late": lambda: queryset.counted().reply_late(now),
            "solution_late": lambda: queryset.counted().solution_late(now),
            "outside": lambda: queryset.exclude(outside_due_at=None),
            "mine": lambda: queryset.running().filter(handler=user),
            "offered": lambda: queryset.filter(pk__in=Complaint.objects.offered_to(user).values("pk")),
        }
        return found[value]()
