"""Registering found items: one service for three intake kinds, and what falls out of it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from lostfound.choices import PREFIX, IntakeKind, ItemState, MoveKind
from lostfound.errors.items import (
    AbsurdNumber,
    FinderNeeded,
    FoundInFuture,
    FoundTooLongAgo,
    HandedInBeforeFound,
    HandedInInFuture,
    SealNumberNeeded,
    SealNumberTaken,
    SecondPersonMustDiffer,
    SecondPersonNeeded,
    StaffFinderNeeded,
    StorageElsewhere,
)
from lostfound.models import CashLine, ContentLine, FoundItem
from lostfound.services.custody import custodian_time, move_item
from lostfound.services.slips import make_slip
from lostfound.services.valuables import is_valuable_by_rule
from servicedesk.choices import SignatureMeans
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial

EARLIEST = dt.date(2000, 1, 1)
MOST_PIECES = 100_000
MOST_YUAN = Decimal("99999999.99")
# Clocks of the desks' computers differ a little; the field itself knows only whole minutes.
CLOCK_TOLERANCE = dt.timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class ContentFacts:
    """A line of what is inside, or a further thing of the same find."""

    thing: str
    quantity: int = 1
    unit: str = "件"
    look: str = ""
    features: str = ""
    estimated_value: Decimal | None = None
    is_inside: bool = True


@dataclass(frozen=True, kw_only=True)
class CashFacts:
    """Pieces of one denomination; `denomination` in units of the currency."""

    denomination: Decimal
    pieces: int
    currency: str = "CNY"


@dataclass(frozen=True, kw_only=True)
class FoundItemFacts:
    """What the clerk typed about a find.

    Only kind, category, thing, found_at and zone are needed, and a finder: `finder` (a User) for the
    two staff kinds, `finder_name` or `finder_is_anonymous` for a visitor. `handed_in_at` defaults to now.
    `is_valuable` can only add to the rule. `is_field_held`: an on-the-spot find that is still with its
    finder. `second_person` has confirmed by `second_means` before this is called.
    """

    intake_kind: str
    category: Any
    thing: str
    found_at: dt.datetime
    zone: Any
    quantity: int = 1
    unit: str = "件"
    brand: str = ""
    colour: str = ""
    spec: str = ""
    features: str = ""
    public_text: str = ""
    secret_marks: str = ""
    name_on_item: str = ""
    number_on_item: str = ""
    estimated_value: Decimal | None = None
    is_valuable: bool = False
    place_detail: str = ""
    handed_in_at: dt.datetime | None = None
    finder_name: str = ""
    finder_is_anonymous: bool = False
    finder_phone: str = ""
    finder_origin: str = ""
    finder: Any = None
    storage: Any = None
    seal_number: str = ""
    has_label: bool = False
    second_person: Any = None
    second_means: str = SignatureMeans.ACCOUNT
    contents: tuple[ContentFacts, ...] = ()
    cash: tuple[CashFacts, ...] = ()
    is_field_held: bool = False
    desk_came_at: dt.datetime | None = None
    desk_absent_reason: str = ""
    witness: Any = None
    foreman: Any = None
    booklet_number: str = ""
    sheet_number: int | None = None


@transaction.atomic
def register_found_item(facts: FoundItemFacts, *, by, point) -> FoundItem:
    """Write a find into the book with all that falls out of it.

    Out come: the number, the first row of the custody chain, contents and cash lines, for a staff find
    the slip HZ and the draft of a good deed, the desk's own due day, matches with lost reports, the
    search words. A find on the spot that stays with its finder begins as 现场暂管.

    Raises:
        FoundInFuture, FoundTooLongAgo, HandedInBeforeFound, HandedInInFuture: impossible times.
        FinderNeeded, StaffFinderNeeded: nobody found it.
        SecondPersonNeeded, SecondPersonMustDiffer, SealNumberNeeded, SealNumberTaken: a valuable.
        AbsurdNumber, StorageElsewhere: a slip of the hand.
    """
    now = timezone.now()
    is_valuable = facts.is_valuable or is_valuable_by_rule(facts)
    check_facts(facts, now=now, point=point)
    if is_valuable and not facts.is_field_held:
        check_valuable(facts, by=by)
    item = _save_item(facts, by=by, point=point, now=now, is_valuable=is_valuable)
    add_lines(item, facts, by=by)
    _first_move(item, facts, by=by, now=now)
    if facts.intake_kind != IntakeKind.VISITOR:
        make_slip(item, by=by)
    index_record(item)
    return item


def check_facts(facts: FoundItemFacts, *, now: dt.datetime, point) -> None:
    """Refuse what cannot be: times, finder, figures, a place of another desk."""
    _check_times(facts, now)
    _check_finder(facts)
    _check_figures(facts)
    if facts.storage is not None and facts.storage.service_point_id != point.pk:
        raise StorageElsewhere(place=str(facts.storage), point=str(point))


def _check_times(facts: FoundItemFacts, now: dt.datetime) -> None:
    if facts.found_at > now + CLOCK_TOLERANCE:
        raise FoundInFuture
    if timezone.localdate(facts.found_at) < EARLIEST:
        raise FoundTooLongAgo(earliest=EARLIEST)
    if facts.handed_in_at is None:
        return
    if facts.handed_in_at > now + CLOCK_TOLERANCE:
        raise HandedInInFuture
    if facts.handed_in_at < facts.found_at:
        raise HandedInBeforeFound


def _check_finder(facts: FoundItemFacts) -> None:
    if facts.intake_kind == IntakeKind.VISITOR:
        if not facts.finder_name.strip() and not facts.finder_is_anonymous:
            raise FinderNeeded
    elif facts.finder is None:
        raise StaffFinderNeeded


def _check_figures(facts: FoundItemFacts) -> None:
    for quantity in (facts.quantity, *(line.quantity for line in facts.contents)):
        _within("数量", quantity, 1, MOST_PIECES)
    for estimate in (facts.estimated_value, *(line.estimated_value for line in facts.contents)):
        if estimate is not None:
            _within("估价(元)", estimate, Decimal(0), MOST_YUAN)
    for line in facts.cash:
        _within("面额", line.denomination, Decimal("0.01"), MOST_YUAN)
        _within("张数", line.pieces, 1, MOST_PIECES)


def _within(label: str, number, least, most) -> None:
    if not least <= number <= most:
        raise AbsurdNumber(label=label, least=least, most=most)


def check_valuable(facts: FoundItemFacts, *, by) -> None:
    """A valuable is counted by two and sealed."""
    if facts.second_person is None:
        raise SecondPersonNeeded
    if facts.second_person in {by, facts.finder}:
        raise SecondPersonMustDiffer
    if not facts.seal_number.strip():
        raise SealNumberNeeded
    check_seal_is_free(facts.seal_number)


def check_seal_is_free(seal: str, besides: FoundItem | None = None) -> None:
    """One seal number on one open find."""
    others = FoundItem.objects.open().filter(seal_number=seal.strip())
    other = others.exclude(pk=besides.pk if besides else None).first()
    if other is not None:
        raise SealNumberTaken(seal=seal.strip(), number=other.number)


def _save_item(facts: FoundItemFacts, *, by, point, now: dt.datetime, is_valuable: bool) -> FoundItem:
    item = FoundItem(
        number=take_serial(PREFIX[IntakeKind(facts.intake_kind)], point), service_point=point, created_at=now,
        created_by=by, is_valuable=is_valuable, **_thing_of(facts), **_finder_of(facts),
        **_custody_of(facts, by=by, now=now, is_valuable=is_valuable), **_spot_of(facts),
    )
    item.is_late_entry = is_late(facts, now)
    item._history_user = by
    item.save()
    return item


def _thing_of(facts: FoundItemFacts) -> dict[str, Any]:
    names = (
        "intake_kind", "category", "thing", "quantity", "unit", "brand", "colour", "spec", "features",
        "secret_marks", "name_on_item", "number_on_item", "estimated_value", "found_at", "zone", "place_detail",
    )
    return {name: getattr(facts, name) for name in names} | {"public_text": facts.public_text or public_words(facts)}


def public_words(facts) -> str:
    """What a notice may say: colour and kind, never a feature, brand, name or number."""
    return f"{facts.colour}{facts.category.name if facts.category.name != '其他' else '物品'}"[:200]


def _finder_of(facts: FoundItemFacts) -> dict[str, Any]:
    if facts.intake_kind != IntakeKind.VISITOR:
        return {"finder": facts.finder, "finder_post": post_of(facts.finder)}
    if facts.finder_is_anonymous:
        return {"finder_is_anonymous": True}
    return {
        "finder_name": facts.finder_name.strip(), "finder_phone": facts.finder_phone,
        "finder_origin": facts.finder_origin,
    }


def post_of(person) -> str:
    """`安保部 巡逻岗` as it stands today; the record keeps the words when the person moves on."""
    return " ".join(p for p in (person.department.name if person.department else "", person.position) if p)[:80]


def _custody_of(facts: FoundItemFacts, *, by, now: dt.datetime, is_valuable: bool) -> dict[str, Any]:
    if facts.is_field_held:
        return {"state": ItemState.FIELD_HELD, "holder": facts.finder}
    return {
        "state": ItemState.IN_CUSTODY, "holder": by, "handed_in_at": facts.handed_in_at or now,
        "storage": facts.storage, "seal_number": facts.seal_number.strip(), "has_label": facts.has_label,
        "second_person": facts.second_person, "second_person_at": now if facts.second_person else None,
        "custodian_took_at": custodian_time(by, now) if is_valuable else None,
    }


def _spot_of(facts: FoundItemFacts) -> dict[str, Any]:
    if facts.intake_kind != IntakeKind.ON_SPOT:
        return {}
    names = ("desk_came_at", "desk_absent_reason", "witness", "foreman")
    return {name: getattr(facts, name) for name in names}


def is_late(facts: FoundItemFacts, now: dt.datetime) -> bool:
    """补录: written down later than the setting after it was handed in (on the spot: found)."""
    since = facts.found_at if facts.intake_kind == IntakeKind.ON_SPOT else facts.handed_in_at or now
    return now - since > dt.timedelta(minutes=preferences.value("lostfound.late_entry_minutes"))


def add_lines(item: FoundItem, facts: FoundItemFacts, *, by) -> None:
    """Write contents and cash; each row's history names who wrote it."""
    for line in facts.contents:
        row = ContentLine(item=item, **vars(line))
        row._history_user = by
        row.save()
    for line in facts.cash:
        cash = CashLine(item=item, **vars(line))
        cash._history_user = by
        cash.save()


def _first_move(item: FoundItem, facts: FoundItemFacts, *, by, now: dt.datetime) -> None:
    if facts.is_field_held:
        move_item(
            item, kind=MoveKind.INTAKE, by=by, from_text="现场拾获", to_person=facts.finder, at=facts.found_at,
            taken_at=facts.found_at, taken_means=SignatureMeans.PAPER,
        )
        return
    visitor = "" if facts.finder else (facts.finder_name.strip() or "匿名游客")
    move_item(
        item, kind=MoveKind.INTAKE, by=by, from_person=facts.finder, from_text=visitor, to_person=by,
        place=facts.storage, at=item.handed_in_at, given_at=item.handed_in_at, given_means=SignatureMeans.PAPER,
        taken_at=now, taken_means=SignatureMeans.ACCOUNT,
    )
