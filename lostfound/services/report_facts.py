"""What a visitor says is lost, as the service takes it, and what of it cannot be."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from lostfound.choices import PickupWay, Relation, ReportChannel
from lostfound.errors.reports import (
    AbsurdFigure,
    AddressNeeded,
    LostBackwards,
    LostInFuture,
    LostTooLongAgo,
    LostWindowTooLong,
    OwnerNeeded,
    PhoneNeeded,
    RouteNeeded,
    TextTooLong,
)
from lostfound.models import LostReport

EARLIEST = dt.date(2000, 1, 1)
LONGEST_WINDOW = dt.timedelta(days=31)
MOST_PIECES = 100_000
MOST_YUAN = Decimal("99999999.99")
# Clocks of the desks' computers differ a little; the field itself knows only whole minutes.
CLOCK_TOLERANCE = dt.timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    """A further thing lost together with the first."""

    thing: str
    quantity: int = 1
    look: str = ""
    features: str = ""
    estimated_value: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureFacts:
    """What the desk did at once; `at` defaults to now."""

    kind: str
    at: dt.datetime | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class LostReportFacts:
    """What the visitor says. `zones` in the order walked; `signature_means` "" means none was given."""

    owner_name: str
    phone: str
    category: Any
    thing: str
    lost_from: dt.datetime
    lost_to: dt.datetime
    zones: Sequence[Any]
    channel: str = ReportChannel.DESK
    sex: str = ""
    other_contact: str = ""
    reporter_name: str = ""
    relation: str = Relation.SELF
    origin: str = ""
    group_info: str = ""
    leaves_at: dt.datetime | None = None
    call_when: str = ""
    last_seen: str = ""
    quantity: int = 1
    unit: str = "件"
    brand: str = ""
    colour: str = ""
    features: str = ""
    name_on_item: str = ""
    number_on_item: str = ""
    estimated_value: Decimal | None = None
    blind_answers: str = ""
    pickup_way: str = ""
    mail_address: str = ""
    note: str = ""
    lines: Sequence[LineFacts] = ()
    measures: Sequence[MeasureFacts] = ()
    signature_means: str = ""
    signature_image: str = ""


# Columns that are written as they were typed.
PLAIN = (
    "owner_name", "phone", "category", "thing", "lost_from", "lost_to", "channel", "sex", "other_contact",
    "reporter_name", "relation", "origin", "group_info", "leaves_at", "call_when", "last_seen", "quantity", "unit",
    "brand", "colour", "features", "name_on_item", "number_on_item", "estimated_value", "blind_answers",
    "pickup_way", "mail_address", "note",
)


def check_facts(facts: LostReportFacts, *, now: dt.datetime) -> None:
    """Refuse what is missing or cannot be."""
    if not facts.owner_name.strip():
        raise OwnerNeeded(field="owner_name")
    if not facts.phone.strip():
        raise PhoneNeeded(field="phone")
    if not facts.zones:
        raise RouteNeeded(field="zones")
    if facts.pickup_way == PickupWay.MAIL and not facts.mail_address.strip():
        raise AddressNeeded(field="mail_address")
    _check_times(facts, now)
    _check_figures(facts)


def _check_times(facts: LostReportFacts, now: dt.datetime) -> None:
    if facts.lost_to < facts.lost_from:
        raise LostBackwards(field="lost_to")
    if facts.lost_to > now + CLOCK_TOLERANCE:
        raise LostInFuture(field="lost_to")
    if timezone.localdate(facts.lost_from) < EARLIEST:
        raise LostTooLongAgo(field="lost_from", earliest=EARLIEST)
    if facts.lost_to - facts.lost_from > LONGEST_WINDOW:
        raise LostWindowTooLong(field="lost_from", days=LONGEST_WINDOW.days)


def _check_figures(facts: LostReportFacts) -> None:
    for quantity in (facts.quantity, *(line.quantity for line in facts.lines)):
        if not 1 <= quantity <= MOST_PIECES:
            raise AbsurdFigure(field="quantity", label="数量", least=1, most=MOST_PIECES)
    for estimate in (facts.estimated_value, *(line.estimated_value for line in facts.lines)):
        if estimate is not None and not 0 <= estimate <= MOST_YUAN:
            raise AbsurdFigure(field="estimated_value", label="估价(元)", least=0, most=MOST_YUAN)
    for name in ("thing", "owner_name", "features"):
        limit = LostReport._meta.get_field(name).max_length
        if limit and len(getattr(facts, name)) > limit:
            raise TextTooLong(field=name, label=LostReport._meta.get_field(name).verbose_name, limit=limit)
