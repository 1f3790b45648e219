"""Gates before a day may close. Each app declares its own; a miss is explained on the sheet or mended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dutylog.models import DutyDay


@dataclass(frozen=True)
class Miss:
    """What is not done yet: one Chinese sentence, and where it can be done."""

    sentence: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class ClosingGate:
    """`misses(day)` says what still stands open for that day; nothing when the gate is clear."""

    key: str
    label: str
    misses: Callable[[DutyDay], Sequence[Miss]]


_gates: dict[str, ClosingGate] = {}


def add_gate(gate: ClosingGate) -> ClosingGate:
    """Make a gate known; called by an app's `gates.py` at start-up."""
    _gates[gate.key] = gate
    return gate


def gates() -> list[ClosingGate]:
    """All gates in the order of their declaration."""
    return list(_gates.values())
