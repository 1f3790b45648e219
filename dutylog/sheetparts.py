"""Parts of the sheet 3.12 that other nouns fill: headcounts, what was counted and signed at hand-over, rounds done.

    give_part("headcounts", lambda day: [{"at": "10:00", "entered": "1,280", …}])

A noun gives its part when its module is read at start-up; without it the paper leaves room to write by hand.
"""

from collections.abc import Callable
from typing import Any

from dutylog.models import DutyDay

_parts: dict[str, Callable[[DutyDay], Any]] = {}


def give_part(key: str, facts: Callable[[DutyDay], Any]) -> None:
    """Let `facts(day)` fill the part `key`: `headcounts`, `handover` or `rounds`."""
    _parts[key] = facts


def part_of(key: str, day: DutyDay | None, empty: Any) -> Any:
    """The facts of a part; `empty` on the blank form, and while nobody gives it."""
    return empty if day is None or key not in _parts else _parts[key](day)
