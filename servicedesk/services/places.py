"""Departments, service points, zones and storage places, as the manager edits them."""

from typing import Any

from django.db import transaction

from servicedesk.errors import LastServicePoint, SerialMarkInUse
from servicedesk.models import Department, SerialCounter, ServicePoint, StoragePlace, Zone
from servicedesk.pinyin import initials, readings
from servicedesk.services.house import Many, add_row, change_row


def typed_names(name: str) -> dict[str, str]:
    """The columns `pinyin` and `initials` of a zone: every reading of a short name, cut at a whole word."""
    return {"pinyin": _joined(readings(name), 200), "initials": _joined(initials(name), 60)}


def _joined(words: set[str], longest: int) -> str:
    kept = ""
    for word in sorted(words):
        longer = f"{kept} {word}".strip()
        if len(longer) > longest:
            break
        kept = longer
    return kept


def add_place(model: type, *, by, reason: str = "", many: Many | None = None, **facts: Any) -> Any:
    """Add a department, service point, zone or storage place.

    Raises:
        AlreadyThere: the name, number, mark or code is taken.
    """
    return add_row(model(**_completed(model, facts)), by=by, reason=reason, many=many)


@transaction.atomic
def change_place(
    place: Any, *, by, seen: int | None = None, reason: str = "", many: Many | None = None, **facts: Any
) -> None:
    """Change a place; closing it is `is_active=False`, nothing is ever deleted.

    Raises:
        AlreadyThere, EditedMeanwhile: as `change_row`.
        SerialMarkInUse: numbers with the old mark were given.
        LastServicePoint: the last open desk would be closed.
    """
    if isinstance(place, ServicePoint):
        _guard_service_point(place, facts)
    change_row(place, by=by, seen=seen, reason=reason, many=many, **_completed(type(place), facts))


def _completed(model: type, facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, **typed_names(facts["name"])} if model is Zone and "name" in facts else facts


def _guard_service_point(point: ServicePoint, facts: dict[str, Any]) -> None:
    # The lock keeps two managers from closing the last two desks at once.
    desks = {desk.pk: desk for desk in ServicePoint.objects.select_for_update().filter(is_active=True)}
    present = desks.get(point.pk, point)
    if facts.get("serial_mark", present.serial_mark) != present.serial_mark and mark_is_used(point):
        raise SerialMarkInUse(field="serial_mark", point=point.name, mark=present.serial_mark or "(空)")
    if not facts.get("is_active", True) and not set(desks) - {point.pk}:
        raise LastServicePoint(field="is_active")


def mark_is_used(point: ServicePoint) -> bool:
    """Whether any number was ever given at this desk."""
    return SerialCounter.objects.filter(service_point=point).exists()


PLACES = (Department, ServicePoint, Zone, StoragePlace)
