"""业务量 of a day: what the lines and the registers count, each thing once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

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
_counters: list[Callable[[DutyDay], Mapping[str, int]]] = []


def add_counter(counter: Callable[[DutyDay], Mapping[str, int]]) -> None:
    """Let a register count what has no line of its own: `counter(day)` is added to the figures, by their keys."""
    _counters.append(counter)


def counts_of(day: DutyDay, lines: Iterable[LogEntry] | None = None) -> list[DayCount]:
    """The figures of the paper, from the day's `lines` where they are in hand.

    Several lines about one record (a claim opened and released) count once.
    """
    lines = LogEntry.objects.filter(day=day) if lines is None else lines
    counted = Counter(category for category, _ in {
        (line.category, line.pk if line.object_id is None else line.record_number)
        for line in lines if not line.is_struck
    })
    for counter in _counters:
        counted.update(counter(day))
    return [DayCount(key, label, counted[key]) for key, label in LABELS.items()]
