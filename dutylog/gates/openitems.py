"""Every open item of the desk has an owner and a due time."""

from collections.abc import Sequence

from django.urls import reverse

from dutylog.gates.registry import ClosingGate, Miss, add_gate
from dutylog.models import DutyDay
from dutylog.services.openitems import items_on


def misses(day: DutyDay) -> Sequence[Miss]:
    """One line per item, with what it lacks."""
    return [
        Miss(f"未结事项 {item.number} 没有{_lacking(item)}", reverse("dutylog:openitem_assign", args=[item.pk]))
        for item in items_on(day).unassigned()
    ]


def _lacking(item) -> str:
    return "和".join(word for word, value in (("责任人", item.owner), ("期限", item.due_at)) if not value)


add_gate(ClosingGate(key="dutylog.open_items", label="未结事项责任人和期限", misses=misses))
