"""3.10 物品信息卡: what may be seen by anybody who passes. No features, no names, no numbers of cards."""

from collections.abc import Sequence
from typing import Any

from lostfound.choices import ItemState
from lostfound.models import FoundItem
from servicedesk.paper import Paper, add_paper
from servicedesk.services import preferences
from servicedesk.services.printing.sheets import qr_picture

PER_SHEET = 10


def card(item: FoundItem | None) -> dict[str, Any]:
    """One label's facts; the empty label has none."""
    if item is None:
        return {"number": "", "is_filled": False}
    return {
        "item": item, "number": item.number, "qr": qr_picture(item.number), "is_filled": True,
        "due": item.desk_due_on, "clerk": item.created_by.name, "phone": item.service_point.phone,
        "code": item.storage.code if item.storage else "",
    }


def label_context(item: FoundItem | None) -> dict[str, Any]:
    return {"card": card(item), "is_large": preferences.value("lostfound.label_size") == "100x70"}


def sheet_context(items: Sequence[FoundItem] | None) -> dict[str, Any]:
    cards = [card(item) for item in items] if items else [card(None)] * PER_SHEET
    return {"rows": [cards[i:i + 2] for i in range(0, len(cards), 2)]}


def still_here(item: FoundItem) -> bool:
    """A card sticks on a thing that somebody keeps."""
    return item.state != ItemState.VOID


LABEL = add_paper(Paper(
    key="3.10", form_code="KF-3.10", title="物品信息卡", template="lostfound/print/label.html", size="label",
    model=FoundItem, context=label_context, fits=still_here,
))
LABEL_SHEET = add_paper(Paper(
    key="3.10-sheet", form_code="KF-3.10", title="物品信息卡(整张 2×5)", template="lostfound/print/label_sheet.html",
    size="label-sheet", model=FoundItem, context=sheet_context, per_sheet=PER_SHEET, fits=still_here,
))
