"""Gates before a day may close. Each app declares its own; a miss is explained on the sheet or mended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dutylog.models import DutyDay
from servicedesk.services.asking import gathered


@dataclass(frozen=True)
class Miss:
    """What is not done yet: one Chinese sentence, and where it can be done."""

    sentence: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class ClosingGate:
    """`misses(day)` says what still stands open for that day; nothing when the gate is clear.

    Lists that it looks through are named in `questions(day)`: they come with those of the other gates by one query,
    and `misses(day, found)` gets them.
    """

    key: str
    label: str
    misses: Callable[..., Sequence[Miss]]
    questions: Callable[[DutyDay], dict[str, QuerySet]] | None = None

    def missed(self, day: DutyDay, found: dict[str, list[Any]] | None = None) -> Sequence[Miss]:
        """What is missed now; `found` answers `gate_questions`, where that is in hand."""
        if self.questions is None:
            return self.misses(day)
        own = self.questions(day)
        lists = gathered(own) if found is None else {name: found[f"{self.key}.{name}"] for name in own}
        return self.misses(day, lists)


_gates: dict[str, ClosingGate] = {}


def add_gate(gate: ClosingGate) -> ClosingGate:
    """Make a gate known; called by an app's `gates.py` at start-up."""
    _gates[gate.key] = gate
    return gate


def gates() -> list[ClosingGate]:
    """All gates in the order of their declaration."""
    return list(_gates.values())


def gate_questions(day: DutyDay) -> dict[str, QuerySet]:
    """The lists that the gates look through, each named after its gate."""
    return {
        f"{gate.key}.{name}": rows
        for gate in gates() if gate.questions for name, rows in gate.questions(day).items()
    }
