"""From one register into another that does not know it: what a visitor told the first becomes a form of the second.

The one that has something to pass on declares a `Teller`, the one that takes it a `Taker`, each in its app's
`handoffs.py`. Topics are words that both know: `grievance`.

    add_teller(Teller(key="surveysheet", right="surveys.pass_on_surveysheet", rows=…, told=…, passed_on=…))
    add_taker(Taker(topic="grievance", label="转抱怨登记", icon="chat-left-text", right="complaints.add_grievance",
                    page="complaints:grievance_create"))

The page gets `?told=surveysheet-12`; its form begins with `told_of(request)`, and its save calls
`note_passed_on(request, record, by=…)` in the same transaction, which tells the first register what became of it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse

PARAMETER = "told"
GRIEVANCE = "grievance"
LONGEST_KEY = 18


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a visitor said, as any form can begin with it."""

    number: str
    received_at: dt.datetime
    words: str
    zone: Any = None
    visitor_name: str = ""
    phone: str = ""
    service_point: Any = None


@dataclass(frozen=True, kw_only=True)
class Teller:
    """A register whose records may go on. `rows(user)` are those this person may pass on, `told(record)` what they
    say, `passed_on(record, new, by)` writes what became of one and refuses a second time."""

    key: str
    right: str
    rows: Callable[[Any], models.QuerySet]
    told: Callable[[Any], Told]
    passed_on: Callable[[Any, models.Model, Any], None]


@dataclass(frozen=True, kw_only=True)
class Taker:
    """A register whose form takes what was told elsewhere."""

    topic: str
    label: str
    icon: str
    right: str
    page: str

    def url(self, teller: Teller, record: models.Model) -> str:
        return f"{reverse(self.page)}?{PARAMETER}={teller.key}-{record.pk}"


_tellers: dict[str, Teller] = {}
_takers: list[Taker] = []


def add_teller(teller: Teller) -> Teller:
    """Make known what may go on; called by an app's `handoffs.py` at start-up."""
    _tellers[teller.key] = teller
    return teller


def add_taker(taker: Taker) -> Taker:
    """Make known who takes it; called by an app's `handoffs.py` at start-up."""
    _takers.append(taker)
    return taker


def takers_for(topic: str, user: Any) -> list[Taker]:
    """The forms of a topic that this person may fill in; none while no register takes it."""
    return [taker for taker in _takers if taker.topic == topic and user.has_perm(taker.right)]


def _named(request: HttpRequest) -> tuple[Teller, Any] | None:
    key, _, pk = request.GET.get(PARAMETER, "").partition("-")
    teller = _tellers.get(key)
    if teller is None or not pk.isdecimal() or len(pk) > LONGEST_KEY or not request.user.has_perm(teller.right):
        return None
    record = teller.rows(request.user).filter(pk=int(pk)).first()
    return None if record is None else (teller, record)


def told_of(request: HttpRequest) -> Told | None:
    """What the address brings along and the person may see, for the form that goes on from it."""
    found = _named(request)
    return found[0].told(found[1]) if found else None


def note_passed_on(request: HttpRequest, new: models.Model, *, by) -> None:
    """Tell the register that the address names what became of its record; nothing to do without one."""
    found = _named(request)
    if found:
        found[0].passed_on(found[1], new, by)
