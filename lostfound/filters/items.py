"""How the book of found items is narrowed."""

import django_filters
from django.utils import timezone

from lostfound.choices import IntakeKind, ItemState
from lostfound.models import FoundItem, ItemCategory
from lostfound.services.clocks import midnight, notice_overdue_at
from lostfound.services.stocktakes import uncounted
from servicedesk.filters import FigureFilter, RegisterFilter
from servicedesk.models import StoragePlace, Zone

WAITING = (
    ("forbidden", "须立即移交公安"),
    ("loose", "贵重未交负责人"),
    ("unfiled", "现场未备案"),
    ("unannounced", "未公告"),
    ("silent", "逾期未公告"),
    ("due", "期满"),
    ("field", "现场暂管"),
    ("today", "今日拾物"),
    ("returned", "今日认领"),
    ("desk", "在库"),
    ("uncounted", "贵重今日未盘点"),
    ("mine", "我要备案的现场单"),
)
# The same questions that the start page counts: a number there is the length of the list here.
WORKLISTS = {
    "forbidden": lambda rows: rows.not_to_be_kept(),
    "loose": lambda rows: rows.outside_the_safe_hands(),
    "unfiled": lambda rows: rows.unfiled(),
    "unannounced": lambda rows: rows.without_notice(),
    "silent": lambda rows: rows.silent_since(notice_overdue_at()),
    "due": lambda rows: rows.past_desk_term(timezone.localdate()),
    "field": lambda rows: rows.filter(state=ItemState.FIELD_HELD),
    "today": lambda rows: rows.since(midnight()),
    "returned": lambda rows: rows.returned_since(midnight()),
    "desk": lambda rows: rows.at_desk(),
    "uncounted": lambda rows: uncounted(rows, midnight()),
}
YES = (("1", "是"), ("0", "否"))


def places_of(request):
    """Storage places of the person's own desks."""
    places = StoragePlace.objects.filter(is_active=True)
    if request is None or request.user.has_perm("servicedesk.see_all_points"):
        return places
    return places.filter(service_point__in=request.user.service_points.all())


class FoundItemFilter(RegisterFilter):
    """Words, kind, state, category, place, valuable, hold, storage, what waits, and days."""

    date_field = "found_at"

    intake_kind = django_filters.ChoiceFilter(label="来源", choices=IntakeKind.choices, empty_label="全部")
    state = django_filters.ChoiceFilter(label="状态", choices=ItemState.choices, empty_label="全部")
    category = django_filters.ModelChoiceFilter(
        label="类别", queryset=ItemCategory.objects.filter(is_active=True), empty_label="全部"
    )
    zone = django_filters.ModelChoiceFilter(
        label="地点", queryset=Zone.objects.filter(is_active=True), empty_label="全部"
    )
    is_valuable = django_filters.ChoiceFilter(label="贵重", choices=YES, empty_label="全部")
    is_on_hold = django_filters.ChoiceFilter(label="冻结", choices=YES, empty_label="全部")
    storage = django_filters.ModelChoiceFilter(
        label="存放处", queryset=places_of, empty_label="全部"
    )
    waiting = django_filters.ChoiceFilter(
        label="待办", choices=WAITING, method="filter_waiting", empty_label="全部"
    )

    figure = FigureFilter()

    class Meta:
        model = FoundItem
        fields = [
            "q", "intake_kind", "state", "category", "zone", "is_valuable", "storage", "waiting", "is_on_hold",
            "since", "until",
        ]

    def filter_waiting(self, queryset, name, value):  # noqa: ARG002
        if value == "mine":
            return queryset.unfiled_by(self.request.user)
        return WORKLISTS[value](queryset)
