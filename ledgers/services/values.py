"""What a form asked for: judged by the version it was asked by, and laid into the columns of an entry."""

import json
from collections.abc import Mapping
from typing import Any

from ledgers.choices import CHOICE_TYPES, FieldType
from ledgers.definitions import SLOTS, LedgerField
from ledgers.errors.entries import FieldNeeded, NotAChoice
from ledgers.models import LedgerVersion
from servicedesk.sealing import CLEARED

PREFIX = "v_"


def name_of(field: LedgerField) -> str:
    """The name of a field's cell in forms and refusals."""
    return PREFIX + field.key


def check_values(version: LedgerVersion, values: Mapping[str, Any]) -> None:
    """Raises FieldNeeded, NotAChoice: what is missing, or was never offered."""
    for field in version.columns:
        value = values.get(field.key)
        is_empty = value is None or value == "" or value == [] or (field.type == FieldType.YESNO and not value)
        if field.is_required and is_empty:
            raise FieldNeeded(label=field.label, field=name_of(field))
        if field.type in CHOICE_TYPES and not is_empty:
            for one in value if isinstance(value, list | tuple) else [value]:
                if one not in field.choices:
                    raise NotAChoice(label=field.label, value=one, field=name_of(field))


def value_columns(version: LedgerVersion, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of an entry: open values, personal ones, sealed numbers, the sorted columns of lists."""
    kept = {field.key: field.to_keep(values.get(field.key)) for field in version.columns}
    # A document knows a person better than a phone: it stands first, and the digest is taken of the first.
    by_worth = sorted(version.columns, key=lambda field: field.type != FieldType.DOCUMENT)
    numbers = {f.key: kept[f.key] for f in by_worth if f.is_sealed and kept[f.key]}
    columns: dict[str, Any] = {f"slot_{place}": "" for place in range(1, SLOTS + 1)}
    for field in version.columns:
        if field.slot:
            columns[f"slot_{field.slot}"] = field.sort_text(kept[field.key])
    return {
        **columns,
        "values": {f.key: kept[f.key] for f in version.columns if not f.is_private and kept[f.key] is not None},
        "personal": {
            f.key: kept[f.key] for f in version.columns
            if f.is_private and not f.is_sealed and kept[f.key] is not None
        },
        "sealed": json.dumps(numbers, ensure_ascii=False) if numbers else "",
    }


def names_of(entry: Any) -> list[str]:
    """The names of people that stand in an entry."""
    fields = [field for field in entry.kind_version.columns if field.type == FieldType.NAME]
    return [name for field in fields if (name := entry.said(field)) and name != CLEARED]
