"""One typed line understood: `1020 投诉 检票口 游客王某…` is a time, a category, a place and the rest.

Nothing is saved here: what was understood is shown first.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dutylog.choices import EntryCategory
from servicedesk.forms.fields import read_when
from servicedesk.models import Zone

# Initials of the pinyin; where 失物 and 拾物 sound alike, the prefixes of their numbers tell them apart.
CATEGORY_KEYS = {
    "zx": EntryCategory.ENQUIRY, "ts": EntryCategory.COMPLAINT, "by": EntryCategory.GRIEVANCE,
    "ss": EntryCategory.LOST, "sw": EntryCategory.FOUND, "rl": EntryCategory.CLAIM, "sh": EntryCategory.ACCIDENT,
    "tf": EntryCategory.ACCIDENT, "gb": EntryCategory.BROADCAST, "bm": EntryCategory.CONVENIENCE,
    "jz": EntryCategory.RESCUE, "sb": EntryCategory.EQUIPMENT, "tz": EntryCategory.NOTICE, "qt": EntryCategory.OTHER,
}
CATEGORY_WORDS = {label: EntryCategory(value) for value, label in EntryCategory.choices} | {
    "伤害": EntryCategory.ACCIDENT, "突发": EntryCategory.ACCIDENT, "受伤": EntryCategory.ACCIDENT,
    "丢失": EntryCategory.LOST, "寻物": EntryCategory.LOST, "设施": EntryCategory.EQUIPMENT,
}
# A clock later than now means last night, when that is not longer ago than this.
LAST_NIGHT = dt.timedelta(hours=12)
_GLUED_TIME = re.compile(r"^(\d{4}|\d{1,2}[::]\d{2})(?=[^\d\s:年月日分\-/.])")
_SEPARATORS = re.compile(r"^[,,::、;;]+")


@dataclass(frozen=True)
class Understood:
    """What a line means. `zone` and `category` are None when nothing in it names one."""

    happened_at: dt.datetime
    has_time: bool
    category: EntryCategory | None
    zone: Zone | None
    text: str

    @property
    def is_complete(self) -> bool:
        return self.category is not None and bool(self.text)

    @property
    def missing(self) -> str:
        """What is still wanted before it can be saved, in the clerk's words; empty when nothing is."""
        if self.category is None:
            return "类别,如 投诉 或 ts"
        return "" if self.text else "内容"


def read_line(typed: str, *, now: dt.datetime, zones: Sequence[Zone]) -> Understood:
    """The meaning of a typed line at the moment `now` (aware, in the desk's zone), places being `zones`."""
    words = _GLUED_TIME.sub(r"\1 ", typed.strip()).split()
    moment, words = _take_time(words, now)
    category, zone = None, None
    # Category and place stand before the text, in either order.
    for _ in range(2):
        if category is None:
            category, words = _take_category(words)
        if zone is None:
            zone, words = _take_zone(words, zones)
    return Understood(
        happened_at=moment or now.replace(second=0, microsecond=0), has_time=moment is not None, category=category,
        zone=zone, text=" ".join(words),
    )


def _take_time(words: list[str], now: dt.datetime) -> tuple[dt.datetime | None, list[str]]:
    """Two words (`11-20 0930`) before one; a clock that is still to come may be last night's."""
    for count in (2, 1):
        if len(words) < count:
            continue
        moment = read_when(" ".join(words[:count]), now)
        if moment is None:
            continue
        before = moment - dt.timedelta(days=1)
        is_clock = words[0].replace(":", "").replace(":", "").isdigit()
        if is_clock and moment > now + dt.timedelta(minutes=1) and now - before <= LAST_NIGHT:
            moment = before
        return moment, words[count:]
    return None, words


def _take_category(words: list[str]) -> tuple[EntryCategory | None, list[str]]:
    if not words:
        return None, words
    first = words[0]
    if first in CATEGORY_WORDS:
        return CATEGORY_WORDS[first], words[1:]
    if first.lower() in CATEGORY_KEYS:
        return CATEGORY_KEYS[first.lower()], words[1:]
    for word, category in CATEGORY_WORDS.items():
        if first.startswith(word):
            rest = _SEPARATORS.sub("", first[len(word):])
            return category, [rest, *words[1:]] if rest else words[1:]
    return None, words


def _take_zone(words: list[str], zones: Sequence[Zone]) -> tuple[Zone | None, list[str]]:
    """A word that is a place's name, number, pinyin or initials is taken out; a text that begins with a name is not."""
    if not words:
        return None, words
    first = words[0].lower()
    for zone in zones:
        if first in {zone.name.lower(), zone.number.lower()} or first in zone_words(zone):
            return zone, words[1:]
    named = [zone for zone in zones if first.startswith(zone.name.lower())]
    return (max(named, key=lambda zone: len(zone.name)) if named else None), words


def zone_words(zone: Zone) -> set[str]:
    """The readings and initials of a place, without blanks."""
    return {*zone.pinyin.lower().split(), *zone.initials.lower().split(), zone.pinyin.replace(" ", "").lower()} - {""}
