"""类别 in two levels, as the setting words them: `服务态度:态度冷淡、推诿` a line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 12
_SEPARATORS = re.compile(r"[、,,;;\s]+")


@dataclass(frozen=True)
class Category:
    """A category and what it is divided into."""

    name: str
    parts: tuple[str, ...] = ()


def read_category(line: str) -> Category:
    """The category that a line means."""
    name, _, parts = line.replace(":", ":").partition(":")
    return Category(name.strip(), tuple(part for part in _SEPARATORS.split(parts.strip()) if part))


def is_category_list(lines: Iterable[str]) -> bool:
    """Whether every name is short enough, none stands twice, and there is at least one."""
    found = [read_category(line) for line in lines]
    names = [category.name for category in found]
    short = all(0 < len(name) <= LONGEST for c in found for name in (c.name, *c.parts))
    return bool(found) and short and len(set(names)) == len(names) and all(
        len(set(category.parts)) == len(category.parts) for category in found
    )
