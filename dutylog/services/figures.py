"""业务量 of a day: what the lines and the registers count, each thing once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q

from dutylog.choices import EntryCategory
from dutylog.models import DutyDay, LogEntry


@dataclass(frozen=True)
class DayCount:
    """A figure of the sheet: what it is called, and how many."""

    key: str
    label: str
    number: int


# In the order of the paper. `phone` has no lines of its own: the register of calls adds it.
LABELS = {
    EntryCategory.ENQUIRY.value: "现场咨询", "phone": "电话咨询", EntryCategory.COMPLAINT.value: "投诉",
    EntryCategory.GRIEVANCE.value: "抱怨", EntryCategory.LOST.value: "失物登记", EntryCategory.FOUND.value: "拾物",
    EntryCategory.CLAIM.value: "认领", EntryCategory.BROADCAST.value: "广播", EntryCategory.CONVENIENCE.value: "便民",
    EntryCategory.RESCUE.value: "救助",
}
_counters: dict[str, list[Callable[[DutyDay], int]]] = {}


def add_counter(key: str, counter: Callable[[DutyDay], int]) -> None:
    """Let a register count what has no line of its own: `counter(day)` is added to the figure `key`."""
    _counters.setdefault(key, []).append(counter)


def counts_of(day: DutyDay) -> list[DayCount]:
    """The figures of the paper. Several lines about one record (a claim opened and released) count once."""
    lines = dict(
        LogEntry.objects.standing().filter(day=day).values_list("category").order_by().annotate(
            number=Count("pk", filter=Q(object_id__isnull=True)) + Count("record_number", distinct=True, filter=Q(
                object_id__isnull=False
            ))
        )
    )
    return [
        DayCount(key, label, lines.get(key, 0) + sum(counter(day) for counter in _counters.get(key, ())))
        for key, label in LABELS.items()
    ]
