"""资产标签: 80 × 50 mm with its QR, alone or ten on a sheet."""

from collections.abc import Sequence
from typing import Any

from checklists.choices import AssetState
from checklists.models import Asset
from servicedesk.paper import Paper, add_paper
from servicedesk.services.printing.sheets import qr_picture

PER_SHEET = 10


def card(asset: Asset | None) -> dict[str, Any]:
    """One label's facts; the empty label has none."""
    if asset is None:
        return {"number": "", "asset": None}
    return {
        "number": asset.number, "asset": asset, "qr": qr_picture(asset.number), "phone": asset.service_point.phone,
        "point": asset.service_point.name,
    }


def label_context(asset: Asset | None) -> dict[str, Any]:
    return {"card": card(asset)}


def sheet_context(assets: Sequence[Asset] | None) -> dict[str, Any]:
    cards = [card(asset) for asset in assets] if assets else [card(None)] * PER_SHEET
    return {"rows": [cards[i:i + 2] for i in range(0, len(cards), 2)]}


def in_use(asset: Asset) -> bool:
    return asset.state == AssetState.IN_USE


LABEL = add_paper(Paper(
    key="asset-label", form_code="KF-ZC", title="资产标签", template="checklists/print/label.html", size="label",
    model=Asset, context=label_context, fits=in_use,
))
LABEL_SHEET = add_paper(Paper(
    key="asset-label-sheet", form_code="KF-ZC", title="资产标签(整张 2×5)", size="label-sheet", model=Asset,
    template="checklists/print/label_sheet.html", context=sheet_context, per_sheet=PER_SHEET, fits=in_use,
))
