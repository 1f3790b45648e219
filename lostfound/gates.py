"""What lost and found wants done before a day closes, and what a shift counts of it: sealed valuables."""

from collections.abc import Sequence

from django.urls import reverse

from dutylog.counted import CountedBook, CountedThing, add_counted_book
from dutylog.gates import ClosingGate, Miss, add_gate
from dutylog.models import DutyDay
from lostfound.choices import ItemState
from lostfound.models import FoundItem
from lostfound.services.stocktakes import valuables_to_count
from servicedesk.models import ServicePoint


def loose_valuables(day: DutyDay) -> Sequence[Miss]:
    """Valuables of the day or before it, at the desk, that no custodian has acknowledged."""
    rows = FoundItem.objects.filter(service_point=day.service_point, created_at__date__lte=day.on)
    loose = rows.outside_the_safe_hands().order_by("number")
    return [Miss(f"贵重物品 {item.number} 还没有交给失物招领负责人", _page(item)) for item in loose]


def unfiled_finds(day: DutyDay) -> Sequence[Miss]:
    """Finds on the spot that were not brought to the desk: the thing, or its sheet."""
    rows = FoundItem.objects.filter(service_point=day.service_point, created_at__date__lte=day.on).unfiled()
    return [Miss(f"现场拾物 {item.number} {_undone(item)}", _page(item)) for item in rows.order_by("number")]


def _undone(item: FoundItem) -> str:
    return "还在拾物员工手里" if item.state == ItemState.FIELD_HELD else "的单子还没有备案"


def _page(item: FoundItem) -> str:
    return reverse("lostfound:founditem_detail", args=[item.pk])


def sealed_things(point: ServicePoint) -> list[CountedThing]:
    """Every valuable by its seal; one without a seal by its number."""
    return [
        CountedThing(key=str(item.pk), label=item.number, mark=item.seal_number or item.number)
        for item in valuables_to_count(point)
    ]


add_gate(ClosingGate(key="lostfound.valuables", label="贵重物品交负责人", misses=loose_valuables))
add_gate(ClosingGate(key="lostfound.field", label="现场拾物备案", misses=unfiled_finds))
add_counted_book(CountedBook(
    key="valuables", label="贵重物品", things=sealed_things, page=lambda: reverse("lostfound:stocktake_list"),
))
