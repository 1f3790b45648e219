"""`LedgerField`: one field of a ledger, as its version keeps it. How a value is kept, shown, sorted and written."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ledgers.choices import PERSONAL_TYPES, SEALED_TYPES, SORTED_TYPES, FieldType, Width
from servicedesk.sealing import CLEARED, masked, masked_name

LONGEST_SORT = 40
SUMMED_TYPES = frozenset({FieldType.NUMBER, FieldType.MONEY})
NO_SUMS = ("单价", "余额")
SLOTS = 6
# Added to a number before it is written with leading zeros, so that negative ones sort before others.
ZERO = 10**14
EXCEL_KIND = {
    FieldType.NUMBER: "number", FieldType.MONEY: "money", FieldType.DATE: "date", FieldType.MOMENT: "datetime",
    FieldType.NAME: "name", FieldType.PHONE: "phone", FieldType.YESNO: "yesno",
}


@dataclass(frozen=True, kw_only=True)
class LedgerField:
    """A field. `key` stays the same through the versions of its ledger, and so does its `slot`: the sorted column
    (1 to 6) in which lists find its value; 0 for a field that no list is sorted by.
    """

    key: str
    label: str
    type: str = FieldType.TEXT
    choices: tuple[str, ...] = field(default=())
    is_required: bool = False
    width: str = Width.HALF
    is_personal: bool = False
    in_list: bool = True
    in_table: bool = True
    help: str = ""
    slot: int = 0

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "LedgerField":
        """A field from what a version keeps of it."""
        known = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        return cls(**{**known, "choices": tuple(known.get("choices", ()))})

    def kept(self) -> dict[str, Any]:
        return {**asdict(self), "choices": list(self.choices)}

    @property
    def is_sealed(self) -> bool:
        return self.type in SEALED_TYPES

    @property
    def is_private(self) -> bool:
        """Whether it is forgotten when the term of the ledger is over."""
        return self.is_personal or self.type in PERSONAL_TYPES

    @property
    def adds_up(self) -> bool:
        """Whether the sum of a month says anything: that of prices and balances does not."""
        return self.type in SUMMED_TYPES and not any(word in self.label for word in NO_SUMS)

    @property
    def may_sort(self) -> bool:
        """Whether lists may be sorted by it: it is shown there, and personal to nobody."""
        return self.in_list and not self.is_private and self.type in SORTED_TYPES

    @property
    def excel_kind(self) -> Any:
        return EXCEL_KIND.get(FieldType(self.type), "text")

    def to_keep(self, value: Any) -> Any:
        """A cleaned value of the form as JSON holds it; None for an empty one."""
        if value is None or value == "" or value == []:
            return None
        if self.type == FieldType.MONEY:
            return f"{value:.2f}"
        if self.type in (FieldType.STAFF, FieldType.ZONE):
            return {"id": value.pk, "text": str(getattr(value, "name", value))}
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC).isoformat(timespec="minutes")
        return value.isoformat() if isinstance(value, dt.date) else value

    def read(self, kept: Any) -> Any:
        """The value as Python and Excel know it."""
        if kept is None or kept == "" or kept == CLEARED:
            return kept or None
        try:
            return self._read(kept)
        except (TypeError, ValueError, ArithmeticError, KeyError):
            return str(kept)

    def _read(self, kept: Any) -> Any:
        if self.type == FieldType.MONEY:
            return Decimal(kept)
        if self.type == FieldType.DATE:
            return dt.date.fromisoformat(kept)
        if self.type == FieldType.MOMENT:
            return dt.datetime.fromisoformat(kept)
        if self.type == FieldType.CHOICES:
            return "、".join(kept)
        if self.type in (FieldType.STAFF, FieldType.ZONE):
            return kept["text"]
        return kept

    def said(self, kept: Any) -> str:
        """The value in words, as the paper has it."""
        value = self.read(kept)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Decimal):
            return f"¥{value:,.2f}"
        if isinstance(value, dt.datetime):
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        return str(value)

    def said_masked(self, kept: Any) -> str:
        """The value as lists and notices may show it."""
        if self.is_sealed:
            return masked(self.said(kept))
        return masked_name(self.said(kept)) if self.type == FieldType.NAME else self.said(kept)

    def shown(self, kept: Any) -> Any:
        """The value of a list's column: masked, else as Python knows it."""
        return self.said_masked(kept) if self.type in PERSONAL_TYPES else self.read(kept)

    def sort_text(self, kept: Any) -> str:
        """The text by which a list is sorted: numbers and days in an order that text keeps."""
        value = self.read(kept)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "1" if value else "0"
        if isinstance(value, int | Decimal):
            return f"{int(value * 100) + ZERO:016d}"
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC).isoformat(timespec="minutes")
        return value.isoformat() if isinstance(value, dt.date) else str(value)[:LONGEST_SORT]


def fields_of(kept: Iterable[Mapping[str, Any]]) -> tuple[LedgerField, ...]:
    """The fields that a version keeps."""
    return tuple(LedgerField.of(each) for each in kept)
