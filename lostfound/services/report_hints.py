"""While a loss is being told: earlier records of the same visitor, found items that may be it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from lostfound.models import Claim, FoundItem, LostReport
from lostfound.services.likeness import Likeness, Lost, Thing
from lostfound.services.matching import similar_items
from lostfound.services.signs import kind_of, typed_signs
from lostfound.services.typed import typed_category, typed_key
from servicedesk.sealing import digest, normal
from servicedesk.services.asking import gather

SHORTEST_NUMBER = 7
MOST = 5


def same_visitor_questions(phone: str, user: Any, besides: int | None = None) -> list[QuerySet]:
    """Lost reports, claims and finds with this phone, of the person's desks."""
    if len(normal(phone)) < SHORTEST_NUMBER:
        return []
    mark = digest(phone)
    reports = LostReport.objects.visible_to(user).filter(phone_digest=mark).exclude(pk=besides)
    claims = Claim.objects.visible_to(user).filter(phone_digest=mark).select_related("item")
    finds = FoundItem.objects.visible_to(user).filter(finder_phone_digest=mark)
    return [rows.order_by("-created_at")[:MOST] for rows in (reports, claims, finds)]


def newest_first(lists: Iterable[Iterable[Any]]) -> list[Any]:
    """Records of several registers in one row."""
    return sorted((r for rows in lists for r in rows), key=lambda record: record.created_at, reverse=True)


def same_visitor(phone: str, user: Any) -> list[Any]:
    """The answers to `same_visitor_questions`, newest first."""
    return newest_first(gather(*same_visitor_questions(phone, user)))


def likely_items(
    typed: Mapping[str, str], zones: Sequence[str], user: Any, lost_from: dt.datetime, lost_to: dt.datetime
) -> list[tuple[Likeness, FoundItem]]:
    """Found items that look like what is being typed; nothing is stored."""
    if not typed.get("thing", "").strip() or lost_to < lost_from:
        return []
    return similar_items(_signs(typed, zones, lost_from, lost_to), user, MOST)


def _signs(typed: Mapping[str, str], zones: Sequence[str], lost_from: dt.datetime, lost_to: dt.datetime) -> Lost:
    thing = Thing(
        kind=kind_of(typed_category(typed)), thing=typed.get("thing", "")[:60], brand=typed.get("brand", "")[:60],
        colour=typed.get("colour", "")[:30], features=typed.get("features", "")[:2000],
    )
    return typed_signs(
        thing=thing, lost_from=lost_from, lost_to=lost_to, zones=[key for key in map(typed_key, zones[:50]) if key],
        names=(typed.get("owner_name", "")[:100], typed.get("name_on_item", "")[:100]),
        number=typed.get("number_on_item", "")[:60],
    )
