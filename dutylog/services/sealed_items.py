"""The open items of a closed day as they stood when it was closed, however they went on."""

import json
from typing import Any

from dutylog.choices import SealKind
from dutylog.models import DutyDay, OpenItem


def items_as_sealed(day: DutyDay) -> list[tuple[Any, str]]:
    """Each item as its history knew it then, with the last line of progress of that time."""
    seal = day.seals.filter(kind=SealKind.CLOSING).order_by("-round").first()
    if seal is None:
        return []
    parts = json.loads(seal.content)["parts"]
    history = OpenItem.history.model  # type: ignore[attr-defined]
    order = [row["history_id"] for row in parts["open_items"]]
    lines = {line.history_id: line for line in history.objects.filter(history_id__in=order).select_related("owner")}
    last = {row["item_id"]: row["text"] for row in sorted(parts["item_updates"], key=lambda row: row["id"])}
    found = [lines[key] for key in order if key in lines]
    return [(line, line.result or last.get(line.id) or line.get_state_display()) for line in found]
