"""While a find is being typed: earlier records of the same phone, and lost reports that may fit."""

from collections.abc import Mapping
from typing import Any

from lostfound.models import FoundItem, LostReport
from servicedesk.sealing import digest, normal

SHORTEST_NUMBER = 7
MOST = 5


def hints_for(typed: Mapping[str, str], user: Any) -> dict[str, list]:
    """Lists of records the person may see; reading only, so that nothing is stored of a half-typed form."""
    hints: dict[str, list] = {"same_phone": [], "same_number": [], "reports": []}
    phone, number = typed.get("finder_phone", "")[:60], typed.get("number_on_item", "")[:60]
    if len(normal(phone)) >= SHORTEST_NUMBER:
        hints["same_phone"] = _by_phone(phone, user)
    if len(normal(number)) >= SHORTEST_NUMBER:
        mark = digest(number)
        hints["same_number"] = list(_items(user).filter(number_on_item_digest=mark)[:MOST])
        hints["reports"] += list(_reports(user).filter(number_on_item_digest=mark)[:MOST])
    return hints


def _items(user: Any):
    return FoundItem.objects.visible_to(user).select_related("category", "zone").order_by("-created_at")


def _reports(user: Any):
    return LostReport.objects.visible_to(user).searching().order_by("-created_at")


def _by_phone(phone: str, user: Any) -> list:
    mark = digest(phone)
    items = list(_items(user).filter(finder_phone_digest=mark)[:MOST])
    reports = list(LostReport.objects.visible_to(user).filter(phone_digest=mark).order_by("-created_at")[:MOST])
    return [*items, *reports]
