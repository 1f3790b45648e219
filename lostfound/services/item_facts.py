"""What is typed about a find, and what cannot be: times, finder, figures, an uncounted valuable."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from lostfound.choices import IntakeKind
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
from lostfound.models import FoundItem
from lostfound.services.storage import refuse_unfit_place
from servicedesk.choices import SignatureMeans
from servicedesk.pinyin import normal_text

EARLIEST = dt.date(2000, 1, 1)
MOST_PIECES = 100_000
MOST_YUAN = Decimal("99999999.99")
# Clocks of the desks' computers differ a little; the field itself knows only whole minutes.
CLOCK_TOLERANCE = dt.timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class ContentFacts:
    """A line of what is inside, or a further thing of the same find. `pk` names a line being edited."""

    thing: str
    quantity: int = 1
    unit: str = "件"
    look: str = ""
    features: str = ""
    estimated_value: Decimal | None = None
    is_inside: bool = True
    pk: int | None = None


@dataclass(frozen=True, kw_only=True)
class CashFacts:
    """Pieces of one denomination; `denomination` in units of the currency."""

    denomination: Decimal
    pieces: int
    currency: str = "CNY"
    pk: int | None = None


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


def check_facts(facts: FoundItemFacts, *, now: dt.datetime, point) -> None:
    """Refuse what cannot be: times, finder, figures, a place of another desk."""
    _check_times(facts, now)
    _check_finder(facts)
    _check_figures(facts)
    if facts.storage is not None and facts.storage.service_point_id != point.pk:
        raise StorageElsewhere(place=str(facts.storage), point=str(point), field="storage")
    refuse_unfit_place(facts.category, facts.storage, field="storage")


def _check_times(facts: FoundItemFacts, now: dt.datetime) -> None:
    if facts.found_at > now + CLOCK_TOLERANCE:
        raise FoundInFuture(field="found_at")
    if timezone.localdate(facts.found_at) < EARLIEST:
        raise FoundTooLongAgo(earliest=EARLIEST, field="found_at")
    if facts.handed_in_at is None:
        return
    if facts.handed_in_at > now + CLOCK_TOLERANCE:
        raise HandedInInFuture(field="handed_in_at")
    if facts.handed_in_at < facts.found_at:
        raise HandedInBeforeFound(field="handed_in_at")


def _check_finder(facts: FoundItemFacts) -> None:
    if facts.intake_kind == IntakeKind.VISITOR:
        if not facts.finder_name.strip() and not facts.finder_is_anonymous:
            raise FinderNeeded(field="finder_name")
    elif facts.finder is None:
        raise StaffFinderNeeded(field="finder")


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


def check_valuable(second_person, seal_number: str, *, by, finder, besides: FoundItem | None = None) -> None:
    """A valuable is counted by two and sealed.

    Raises:
        SecondPersonNeeded, SecondPersonMustDiffer, SealNumberNeeded, SealNumberTaken.
    """
    if second_person is None:
        raise SecondPersonNeeded(field="second_person")
    if second_person in {by, finder}:
        raise SecondPersonMustDiffer(field="second_person")
    if not seal_number.strip():
        raise SealNumberNeeded(field="seal_number")
    check_seal_is_free(seal_number, besides)


def check_seal_is_free(seal: str, besides: FoundItem | None = None) -> None:
    """One seal number on one open find."""
    others = FoundItem.objects.open().filter(seal_number=seal.strip())
    other = others.exclude(pk=besides.pk if besides else None).first()
    if other is not None:
        raise SealNumberTaken(seal=seal.strip(), number=other.number, field="seal_number")


def public_words(colour: str, category, thing: str = "") -> str:
    """What a notice may say: colour and category, never a feature, brand, name or number.

    A category of several nouns (身份证护照) is called by the one of them that stands in the thing's name.
    """
    told = [word for word in normal_text(category.keywords).split() if word in normal_text(category.name)]
    kind = max((word for word in told if word in normal_text(thing)), key=len, default=category.name)
    return f"{colour}{kind if kind != '其他' else '物品'}"[:200]
