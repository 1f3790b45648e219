"""招领公告, 移交清单 to finance and police, 处置清单."""

from decimal import Decimal
from typing import Any

from lostfound.choices import CURRENCIES, BatchKind, DisposalMethod, ItemState, MoveKind
from lostfound.models import Batch, FoundItem, Notice
from lostfound.papers.items import WITHHELD
from lostfound.papers.signs import Signed, signed_by
from lostfound.services.notices import notice_text
from lostfound.services.police import RECEIPT_MARK
from lostfound.services.viewing import is_closed_on_paper
from servicedesk.paper import Paper, add_paper
from servicedesk.services import preferences

HEAD = {
    BatchKind.FINANCE: {"receiver": "接收人(出纳)", "unit": "接收部门", "receipt": "收据号"},
    BatchKind.POLICE: {"receiver": "接收民警", "unit": "接收单位", "receipt": "接收凭证号"},
    BatchKind.DISPOSAL: {"receiver": "见证人", "unit": "处置单位", "receipt": "处置凭证号"},
}


def notice_context(notice: Notice | None) -> dict[str, Any]:
    """Public words only: neither the finder nor the place where a thing lies."""
    lines = list(notice.lines.select_related("item")) if notice else []
    months = preferences.value("lostfound.legal_months")
    point = notice.service_point if notice else None
    return {
        "notice": notice, "lines": lines, "is_filled": notice is not None, "room": range(12),
        "own_text": notice.text if notice and notice.text.strip() != _usual_text(notice).strip() else "",
        "term": "一年" if months == 12 else f"{months} 个月", "point": point,
        "on": (notice.published_at or notice.created_at) if notice else None,
    }


def _usual_text(notice: Notice) -> str:
    return notice_text(notice.service_point, [line.public_text for line in notice.lines.all()])


def batch_context(batch: Batch | None, kind: str) -> dict[str, Any]:
    """Facts of a list, its lines and totals, with the words that differ by kind."""
    lines = [row for row in _lines(batch) if row.is_active or row.done_at] if batch else []
    closed = {line.pk for line in lines if is_closed_on_paper(line.item)}
    cash = sum((line.item.cash_total for line in lines), Decimal(0))
    return {
        "batch": batch, "is_filled": batch is not None, "withheld": WITHHELD, "is_closed": bool(closed),
        "lines": [(line, line.pk in closed, *_described(line, line.pk in closed)) for line in lines],
        "room": range(12), "words": HEAD[BatchKind(kind)], "is_disposal": kind == BatchKind.DISPOSAL,
        "is_police": kind == BatchKind.POLICE, "count": sum(line.item.quantity for line in lines), "cash": cash,
        "value": sum((line.item.estimated_value or Decimal(0) for line in lines), Decimal(0)),
        "methods": _methods(lines), "signs": _signs(batch),
    }


def _lines(batch: Batch):
    return batch.lines.select_related("item__zone", "witness").prefetch_related("item__cash_lines", "item__contents")


def _described(line, is_closed: bool) -> tuple[str, str]:
    """Look and contents, and the cash with its foreign currencies; neither while a check is blind."""
    return (WITHHELD, "") if is_closed else _described_item(line.item)


def _described_item(item: FoundItem) -> tuple[str, str]:
    look = " ".join(p for p in (item.brand, item.spec, item.colour) if p)
    inside = "、".join(str(content) for content in item.contents.all())
    foreign = {c.currency for c in item.cash_lines.all()} - {"CNY"}
    return ";".join(p for p in (look, f"内装 {inside}" if inside else "") if p), "、".join(
        f"{CURRENCIES.get(code, code)} {sum(c.amount for c in item.cash_lines.all() if c.currency == code)}"
        for code in sorted(foreign)
    )


def handed_context(item: FoundItem | None) -> dict[str, Any]:
    """The list of one thing that went to the police at once, without a batch."""
    if item is None:
        return batch_context(None, BatchKind.POLICE)
    gone = item.moves.filter(kind=MoveKind.POLICE).select_related("by").last()
    taker, _, receipt = item.end_note.rpartition(RECEIPT_MARK)
    look, foreign = _described_item(item)
    line = {"item": item, "receipt_number": receipt}
    return {
        "is_filled": True, "lines": [(line, False, look, foreign)], "words": HEAD[BatchKind.POLICE],
        "batch": {"month": gone.at, "executed_at": gone.at, "receiver_unit": taker, "receipt_number": receipt},
        "is_police": True, "count": item.quantity, "cash": item.cash_total, "value": item.estimated_value or Decimal(0),
        "signs": {"maker": Signed(gone.by.name), "receiver": Signed(taker)},
    }


def went_at_once(item: FoundItem) -> bool:
    """Whether a thing lies with the police and no batch took it there: then it has a list of its own."""
    return item.state == ItemState.POLICE and RECEIPT_MARK in item.end_note


def _methods(lines) -> str:
    chosen = dict.fromkeys(line.method for line in lines if line.method)
    return "、".join(DisposalMethod(method).label for method in chosen)


def _signs(batch: Batch | None) -> dict[str, Any]:
    if batch is None:
        return {}
    names = {
        "maker": batch.created_by.name, "checker": batch.reviewed_by.name if batch.reviewed_by else "",
        "approver": batch.approved_by.name if batch.approved_by else "", "receiver": batch.receiver,
    }
    return signed_by(batch, names)


def _batch_paper(key: str, kind: str, code: str, title: str, *, copies: tuple[str, ...] = (), notes=()) -> Paper:
    return add_paper(Paper(
        key=key, form_code=code, title=title, template="lostfound/print/batch.html", size="a4-landscape", model=Batch,
        context=lambda batch: batch_context(batch, kind), fits=lambda batch: batch.kind == kind, copies=copies,
        footnotes=notes, signatures=(
            ("maker", "移交人" if kind != BatchKind.DISPOSAL else "经办人"), ("checker", "复核人"),
            ("approver", "批准人"), ("receiver", HEAD[BatchKind(kind)]["receiver"]),
        ),
    ))


TO_FINANCE = _batch_paper(
    "transfer-finance", BatchKind.FINANCE, "KF-3.3-CW", "无人认领物品移交清单",
    copies=("①失物招领存根联", "②财务联"),
    notes=("现金由财务单独保管至法定期满;失主在期满前凭发还单仍可领取。双方当面逐件清点无误后签字。",),
)
TO_POLICE = _batch_paper(
    "transfer-police", BatchKind.POLICE, "KF-3.3-GA", "拾得物品移交公安清单",
    copies=("①失物招领存根联", "②公安机关联"), notes=("双方当面逐件清点无误后签字。",),
)
TO_POLICE_AT_ONCE = add_paper(Paper(
    key="transfer-police-item", form_code=TO_POLICE.form_code, title=TO_POLICE.title, template=TO_POLICE.template,
    size=TO_POLICE.size, model=FoundItem, context=handed_context, fits=went_at_once, copies=TO_POLICE.copies,
    footnotes=TO_POLICE.footnotes, signatures=TO_POLICE.signatures, has_blank=False,
))
DISPOSAL = _batch_paper(
    "disposal", BatchKind.DISPOSAL, "KF-3.3-CZ", "无人认领物品处置清单",
    notes=("销毁须有见证人到场签字;变卖、捐赠附凭证。",),
)
NOTICE = add_paper(Paper(
    key="notice", form_code="KF-3.3-ZL", title="招领公告", template="lostfound/print/notice.html", size="a4",
    model=Notice, context=notice_context, signatures=(("issuer", "公告单位(章)"),),
))
