"""Records that one register may begin in another without knowing it: an app declares what it takes in.

    add_intake(Intake(key="grievance", label="抱怨草稿", take=draft_grievance))       # in the app's `intakes.py`
    take_in("grievance", IntakeFacts(words="…", received_at=…, phone=…, source=answer, source_text="问卷 WJ-…"),
            by=person, point=point)                                                # in the transaction of the other

`by` is who began it: nobody of the house where a visitor did it from an open page; a callback is always somebody's.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class IntakeFacts:
    """What the register that begins it knows. `source` is its record, `source_text` says it in words."""

    words: str
    received_at: dt.datetime
    source: Any = None
    source_text: str = ""
    zone: Any = None
    place_detail: str = ""
    visitor_name: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Intake:
    """A register that takes something in as a draft: `take(facts, by=…, point=…)` returns the record."""

    key: str
    label: str
    take: Callable[..., Any]


_intakes: dict[str, Intake] = {}


def add_intake(intake: Intake) -> Intake:
    """Make an intake known; called by an app's `intakes.py` at start-up."""
    _intakes[intake.key] = intake
    return intake


def takes(key: str) -> bool:
    """Whether some app takes such a thing in."""
    return key in _intakes


def take_in(key: str, facts: IntakeFacts, *, by: Any, point: Any) -> Any:
    """Begin a record in the register of `key`, in the caller's transaction; None where no app takes such a thing."""
    intake = _intakes.get(key)
    return intake.take(facts, by=by, point=point) if intake else None
