"""业务量 of a day: what the lines and the registers count, each thing once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from dutylog.choices import EntryCategory
from dutylog.models import DutyDay, LogEntry
from servicedesk.services.asking import gather


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


@dataclass(frozen=True)
class Asked:
    """What a counter asks the database: the rows of all counters come by one query, `read(rows, …)` counts them."""

    rows: Sequence[QuerySet]
    read: Callable[..., Mapping[str, int]]


DayCounter = Callable[[DutyDay], Mapping[str, int] | Asked]
_counters: list[DayCounter] = []


def add_counter(counter: DayCounter) -> None:
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
    told = [counter(day) for counter in _counters]
    gather(*(rows for each in told if isinstance(each, Asked) for rows in each.rows))
    for each in told:
        counted.update(each.read(*map(list, each.rows)) if isinstance(each, Asked) else each)
    return [DayCount(key, label, counted[key]) for key, label in LABELS.items()]
