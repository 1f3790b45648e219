"""寄存单: two parts with one number and its QR, the left goes with the bag, the right with the visitor."""

from typing import Any

from django.db.models import Q

from ledgers.models import LedgerEntry, LedgerKind, LedgerVersion
from ledgers.papers.entries import RIGHT, form_code
from servicedesk.paper import Paper

# What the bag's own part bears: it hangs in the open, so a name and the end of a phone must do.
ON_BAG = ("owner", "phone", "pieces", "shelf", "look")
ON_SLIP = ("owner", "pieces", "look")


def slip_paper(kind: LedgerKind, version: LedgerVersion) -> Paper:
    """The slip of a bag; torn along the middle."""
    return Paper(
        key=f"ledger-{kind.code}-slip", form_code=f"{form_code(kind)}-D", title="物品寄存单",
        template="ledgers/print/slip.html", size="a5-landscape", model=LedgerEntry,
        context=lambda entry: slip_context(entry, version), right=RIGHT, only=Q(kind=kind.pk),
        fits=lambda entry: entry.kind_id == kind.pk, has_tear_line=True,
        footnotes=(
            "不寄存现金、证件、贵重物品和违禁品;请在当日闭园前凭本单取件。",
            "单据遗失请立即告诉服务台,凭有效证件核对后取件。",
        ),
    )


def slip_context(entry: LedgerEntry | None, version: LedgerVersion) -> dict[str, Any]:
    """Both parts: their lines, what is written on the bag masked."""
    version = entry.kind_version if entry else version
    fields = {field.key: field for field in version.columns}
    return {
        "entry": entry, "is_filled": entry is not None,
        "bag": [(fields[k].label, entry.said_masked(fields[k]) if entry else "") for k in ON_BAG if k in fields],
        "slip": [(fields[k].label, entry.said(fields[k]) if entry else "") for k in ON_SLIP if k in fields],
    }
