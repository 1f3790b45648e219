"""物品类别: the manager's table of what is valuable, how long the desk keeps it, and what comes then."""

from typing import Any

from django.db import transaction

from lostfound.choices import OTHER_CATEGORY, TermEnd, TermKind
from lostfound.errors.categories import (
    CodeInUse,
    DestroyOnlyPerishable,
    ForbiddenGoesToPolice,
    NotKeptGoesToPolice,
    OnePlaceOnly,
    OtherStays,
    TermNumberWrong,
)
from lostfound.models import FoundItem, ItemCategory
from lostfound.services.clocks import desk_due_on
from servicedesk.services.house import add_row, change_row
from servicedesk.services.transitions import amend

# The least and the most of a term that has a number.
LIMITS = {TermKind.HOURS: (1, 720), TermKind.DAYS: (1, 366)}
PERISHABLE = (TermKind.SAME_DAY, TermKind.HOURS)
TERM = ("term_kind", "term_number")


def add_category(*, by, reason: str = "", **facts: Any) -> ItemCategory:
    """Add a category.

    Raises:
        AlreadyThere: code or name is taken.
        and the refusals of `check_category`.
    """
    category = ItemCategory(**tidied(facts))
    check_category(category)
    return add_row(category, by=by, reason=reason)


@transaction.atomic
def change_category(category: ItemCategory, *, by, seen: int | None = None, reason: str = "", **facts: Any) -> None:
    """Change a category or close it (`is_active=False`); nothing is ever deleted.

    A changed term moves the desk's due day of what lies at the desk; what has left keeps its own.

    Raises:
        AlreadyThere, EditedMeanwhile: as `change_row`.
        CodeInUse: papers bear the code. OtherStays: the category of what fits nowhere.
        and the refusals of `check_category`.
    """
    present = ItemCategory.objects.select_for_update().get(pk=category.pk)
    changes = tidied(facts)
    wanted = ItemCategory(**{f.attname: getattr(present, f.attname) for f in ItemCategory._meta.concrete_fields})
    for name, value in changes.items():
        setattr(wanted, name, value)
    check_category(wanted)
    _refuse_lost_code(present, wanted)
    change_row(category, by=by, seen=seen, reason=reason, **changes)
    if any(getattr(present, name) != getattr(wanted, name) for name in TERM):
        _reckon_anew(wanted, by)


def tidied(facts: dict[str, Any]) -> dict[str, Any]:
    """Cash is always valuable; a term without a number has none."""
    changes = dict(facts)
    if changes.get("is_cash"):
        changes["is_valuable"] = True
    if "term_kind" in changes and changes["term_kind"] not in LIMITS:
        changes["term_number"] = 0
    return changes


def check_category(category: ItemCategory) -> None:
    """Refuse a term that the law or the drawer cannot keep.

    Raises:
        TermNumberWrong, ForbiddenGoesToPolice, NotKeptGoesToPolice, DestroyOnlyPerishable, OnePlaceOnly
    """
    kind, end = TermKind(category.term_kind), category.term_end
    if kind in LIMITS:
        low, high = LIMITS[kind]
        if not low <= category.term_number <= high:
            raise TermNumberWrong(field="term_number", kind=kind.label, low=low, high=high)
    if category.is_forbidden and (kind, end) != (TermKind.NONE, TermEnd.POLICE):
        raise ForbiddenGoesToPolice(field="term_kind" if kind != TermKind.NONE else "term_end")
    if kind == TermKind.NONE and end != TermEnd.POLICE:
        raise NotKeptGoesToPolice(field="term_kind")
    is_dear = category.is_valuable or category.is_identity or category.is_cash or category.is_phone
    if end == TermEnd.DESTROY and (kind not in PERISHABLE or is_dear):
        raise DestroyOnlyPerishable(field="term_end")
    if category.needs_fire_safe and category.needs_cold:
        raise OnePlaceOnly(field="needs_cold")


def code_is_used(category: ItemCategory) -> bool:
    """Whether a record bears the category, whose code then stands on papers."""
    return category.items.exists() or category.reports.exists()


def _refuse_lost_code(present: ItemCategory, wanted: ItemCategory) -> None:
    if present.code == OTHER_CATEGORY and (wanted.code != present.code or not wanted.is_active):
        raise OtherStays(name=present.name, field="is_active" if not wanted.is_active else "code")
    if wanted.code != present.code and code_is_used(present):
        raise CodeInUse(code=present.code, field="code")


def _reckon_anew(category: ItemCategory, by) -> None:
    for item in FoundItem.objects.select_for_update().filter(category=category).at_desk().order_by("pk"):
        due = desk_due_on(category, item.kept_since)
        if due != item.desk_due_on:
            amend(item, by=by, reason=f"类别“{category.name}”的保管期改为{category.term}", desk_due_on=due)
