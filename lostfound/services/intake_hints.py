"""While a find is being typed: earlier records of the same phone or number, lost reports that may fit."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from lostfound.models import FoundItem, LostReport
from lostfound.services.likeness import Found, Likeness, Thing
from lostfound.services.matching import similar_reports
from lostfound.services.signs import kind_of, neighbours
from lostfound.services.typed import typed_category, typed_key
from servicedesk.sealing import digest, normal, tail

SHORTEST_NUMBER = 7
MOST = 5


def same_phone(typed: Mapping[str, str], user: Any) -> list:
    """Finds and lost reports with the finder's phone, newest first, of the person's desks."""
    phone = typed.get("finder_phone", "")[:60]
    if len(normal(phone)) < SHORTEST_NUMBER:
        return []
    mark = digest(phone)
    items = _items(user).filter(finder_phone_digest=mark)[:MOST]
    reports = LostReport.objects.visible_to(user).filter(phone_digest=mark).order_by("-created_at")[:MOST]
    return [*items, *reports]


def same_number(typed: Mapping[str, str], user: Any) -> list:
    """Finds that carry the same number: the card handed in twice."""
    number = typed.get("number_on_item", "")[:60]
    if len(normal(number)) < SHORTEST_NUMBER:
        return []
    return list(_items(user).filter(number_on_item_digest=digest(number))[:MOST])


def _items(user: Any):
    return FoundItem.objects.visible_to(user).select_related("category", "zone").order_by("-created_at")


def likely_reports(typed: Mapping[str, str], user: Any, found_at: dt.datetime) -> list[tuple[Likeness, LostReport]]:
    """Lost reports that look like what is being typed; nothing is stored."""
    if not typed.get("thing", "").strip():
        return []
    return similar_reports(_signs(typed, found_at), user, MOST)


def _signs(typed: Mapping[str, str], found_at: dt.datetime) -> Found:
    number, zone = typed.get("number_on_item", "")[:60], typed_key(typed.get("zone", ""))
    category = typed_category(typed)
    return Found(
        thing=Thing(
            kind=kind_of(category), thing=typed.get("thing", "")[:60], brand=typed.get("brand", "")[:60],
            colour=typed.get("colour", "")[:30], features=typed.get("features", "")[:2000],
        ),
        found_at=found_at, zone=zone,
        near=neighbours([zone]).get(zone, frozenset()) if zone else frozenset(),
        is_identity=bool(category and category.is_identity), name=typed.get("name_on_item", "")[:100],
        number_digest=digest(number), number_tail=tail(number),
    )
