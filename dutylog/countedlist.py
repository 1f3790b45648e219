"""The setting that says what a shift counts: `对讲机 8 部`, `备用金 500 元`, or `钥匙 把` without a number."""

import re
from dataclasses import dataclass
from decimal import Decimal

_LINE = re.compile(r"^(?P<label>\S{1,20})(?:\s+(?P<number>\d{1,7}(?:\.\d{1,2})?))?(?:\s*(?P<unit>[^\d\s]{1,4}))?$")
MONEY = "元"


@dataclass(frozen=True)
class CountedKind:
    """A kind of thing; without `expected` the last count of the desk is what is expected."""

    label: str
    expected: Decimal | None
    unit: str


def read_counted(line: str) -> CountedKind | None:
    """A line of the setting; None when it cannot be read."""
    found = _LINE.match(" ".join(line.split()))
    if found is None:
        return None
    number = Decimal(found["number"]) if found["number"] else None
    return CountedKind(found["label"], number, found["unit"] or "")


def is_counted_list(lines: list[str]) -> bool:
    """Whether every line can be read and no thing stands twice."""
    kinds = [read_counted(line) for line in lines]
    labels = [kind.label for kind in kinds if kind]
    return len(labels) == len(lines) and len(set(labels)) == len(labels)
