"""What the rows of an old ledger are judged against: places and categories, fetched once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lostfound.choices import OTHER_CATEGORY
from lostfound.models import ItemCategory
from lostfound.services.valuables import guess_category
from servicedesk.models import Zone
from servicedesk.pinyin import normal_text

UNIT = "件"
MOST_PIECES = 100_000
_COUNT = re.compile(r"^(\d{1,6})\s*(\D{0,6})$")


@dataclass(frozen=True)
class Known:
    """Zones, the longest name first, and categories."""

    zones: Sequence[Zone]
    categories: Sequence[ItemCategory]

    def zone_in(self, text: str) -> Zone | None:
        """The zone whose name or number is the text, else the one whose name stands in it; the longest wins."""
        plain = normal_text(text)
        whole = next((zone for zone in self.zones if plain in (normal_text(zone.name), zone.number.lower())), None)
        return whole or next((zone for zone in self.zones if normal_text(zone.name) in plain), None)

    def zones_in(self, text: str, wrong: list[str]) -> list[Zone]:
        """The zones of a way, `东门→观景台`; what is none is said."""
        found = []
        for part in re.split(r"[→、,,;;>\-—/]+", text):
            zone = self.zone_in(part.strip()) if part.strip() else None
            if zone and zone not in found:
                found.append(zone)
        if not found:
            wrong.append(no_zone(text))
        return found

    def category_of(self, name: str, thing: str, wrong: list[str]) -> ItemCategory | None:
        """The named category, by name or code; where none is named the one that the thing suggests, else “其他”."""
        if name:
            named = next((each for each in self.categories if name in (each.name, each.code)), None)
            if named is None:
                wrong.append(f"类别:“{name[:20]}”不在类别表里,请改成现有的类别,或留空由系统按名称判断")
            return named
        other = next((each for each in self.categories if each.code == OTHER_CATEGORY), self.categories[-1])
        return guess_category(thing, self.categories) or other


def prepare(point: Any) -> Known:  # noqa: ARG001  # places and categories are those of all desks
    zones = sorted(Zone.objects.all(), key=lambda zone: -len(zone.name))
    return Known(zones, list(ItemCategory.objects.all()))


def no_zone(text: str) -> str:
    return f"地点:“{text[:20]}”不在地点表里,请改成现有地点的名称,或先在“地点”里加上"


def count_of(values: Mapping[str, Any], wrong: list[str]) -> dict[str, Any]:
    """`2`, `2把`: how many, and their unit."""
    text = values.get("quantity") or "1"
    found = _COUNT.match(text)
    if not found or not 0 < int(found.group(1)) <= MOST_PIECES:
        wrong.append(f"数量:“{text}”应是数字,如 1 或 1把")
        return {}
    return {"quantity": int(found.group(1)), "unit": found.group(2).strip() or UNIT}
