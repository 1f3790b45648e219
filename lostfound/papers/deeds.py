"""3.8 员工好人好事汇总表, 3.9 员工拾到物品回执, and the numbered booklet of 3.5."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from lostfound.choices import GoodDeedState, IntakeKind, ItemState
from lostfound.models import Booklet, FoundItem, GoodDeed
from lostfound.papers.items import ON_SPOT_SHEET, WITHHELD, cash_facts, item_context, item_lines
from lostfound.papers.signs import signed_by
from lostfound.services.viewing import is_closed_on_paper
from servicedesk.paper import Ledger, Paper, add_paper
from servicedesk.services import preferences


def deeds_of_month(rows: QuerySet, month: dt.date) -> QuerySet:
    """Verified deeds only, in the order of their days."""
    return rows.filter(state=GoodDeedState.VERIFIED, on__year=month.year, on__month=month.month).order_by(
        "on", "pk"
    ).select_related("person", "item__slip", "verified_by")


def deeds_context(ledger: Ledger | None) -> dict[str, Any]:
    """Facts of 3.8 with the totals of the whole month."""
    if ledger is None:
        return {"rows": [], "ledger": None, "totals": None, "room": range(15)}
    items = [deed.item for deed in ledger.all_rows if deed.item]
    return {
        "rows": [(order, deed, returned(deed)) for order, deed in enumerate(ledger.rows, start=ledger.first)],
        "ledger": ledger,
        "totals": {
            "count": len(ledger.all_rows), "things": sum(item.quantity for item in items),
            "value": sum((item.estimated_value or Decimal(0) for item in items), Decimal(0)),
        },
    }


def returned(deed: GoodDeed) -> str:
    """What became of the thing: `已归还`, `保管中` …"""
    if deed.item is None:
        return ""
    return "已归还" if deed.item.state == ItemState.RETURNED else deed.item.get_state_display()


def slip_context(item: FoundItem | None) -> dict[str, Any]:
    """Facts of 3.9: the desk's stub and the part that the employee takes."""
    return {"copies_for": "回执联 · 交员工作好人好事凭证", "numbered": "HZ-", **_receipt(item)}


def visitor_receipt_context(item: FoundItem | None) -> dict[str, Any]:
    """The same for a visitor who brought something: the finder's proof, under the number of the find."""
    return {"copies_for": "回执联 · 交拾物人", "numbered": "SW-", "is_visitor": True, **_receipt(item)}


def _receipt(item: FoundItem | None) -> dict[str, Any]:
    if item is None:
        return {"item": None, "is_filled": False, "signs": {}}
    point, slip = item.service_point, getattr(item, "slip", None)
    receiver = slip.created_by if slip else item.created_by
    lines = item_lines(item)
    what = "、".join(f"{line.thing.partition('(')[0]} {line.quantity}" for line in lines)
    return {
        "item": item, "is_filled": True, "what": what, "receiver": receiver,
        "received_at": item.handed_in_at or item.created_at, "features": lines[0].features,
        "look": lines[0].look, "cash": cash_facts(item), "point": point,
        "is_closed": is_closed_on_paper(item), "withheld": WITHHELD,
        "department": item.finder_post.partition("/")[0] if item.finder_post else "",
        "place": "　".join(p for p in (point.name, point.address, point.phone) if p),
        "finder_name": _finder(item), "signs": signed_by(item, {"finder": _finder(item), "clerk": receiver.name}),
    }


def _finder(item: FoundItem) -> str:
    if item.intake_kind != IntakeKind.VISITOR:
        return item.finder.name if item.finder else ""
    return "不愿留名" if item.finder_is_anonymous else item.finder_name


def find_by_slip(rows: QuerySet, number: str) -> FoundItem | None:
    return rows.filter(Q(slip__number=number) | Q(number=number)).first()


def booklet_notes(booklet: Booklet) -> list[str]:
    """`(空白本号: B012 第 07 张)` for each sheet."""
    count = booklet.sheets.count() or preferences.value("lostfound.booklet_sheets")
    return [f"(空白本号: {booklet.number} 第 {order:02d} 张)" for order in range(1, count + 1)]


def booklets_of(user) -> QuerySet:
    """Booklets of the person's desks."""
    if user.has_perm("servicedesk.see_all_points"):
        return Booklet.objects.all()
    return Booklet.objects.filter(service_point__in=user.service_points.all())


GOOD_DEEDS = add_paper(Paper(
    key="3.8", form_code="KF-3.8", title="员工好人好事汇总表", template="lostfound/print/gooddeed_summary.html",
    size="a4-landscape", model=GoodDeed, context=deeds_context, month_rows=deeds_of_month,
    month_of=lambda deed: deed.on,
    signatures=(("maker", "制表"), ("head", "中心负责人"), ("manager", "部门经理"), ("hr", "人力/工会")),
))
SLIP = add_paper(Paper(
    key="3.9", form_code="KF-3.9", title="员工拾到物品回执", template="lostfound/print/slip.html", size="a5-landscape",
    model=FoundItem, context=slip_context, number_of=lambda item: item.slip.number, find=find_by_slip,
    fits=lambda item: item.intake_kind != IntakeKind.VISITOR and hasattr(item, "slip"), has_tear_line=True,
    footnotes=("回执只证明上交,不作领物凭证。",),
    signatures=(("finder", "员工签字"), ("clerk", "接收人")),
))
VISITOR_RECEIPT = add_paper(Paper(
    key="3.9-visitor", form_code="KF-3.9-YK", title="游客拾到物品回执", template="lostfound/print/slip.html",
    size="a5-landscape", model=FoundItem, context=visitor_receipt_context, has_tear_line=True,
    fits=lambda item: item.intake_kind == IntakeKind.VISITOR, footnotes=("回执只证明上交,不作领物凭证。",),
    signatures=(("finder", "拾物人"), ("clerk", "接收人")),
))
BOOKLET = add_paper(Paper(
    key="booklet", form_code=ON_SPOT_SHEET.form_code, title="员工现场拾物空白本", heading=ON_SPOT_SHEET.heading,
    template=ON_SPOT_SHEET.template, size="a4", model=Booklet, context=item_context, sheet_notes=booklet_notes,
    has_tear_line=True, right="lostfound.issue_booklet", visible=booklets_of, has_blank=False,
    footnotes=ON_SPOT_SHEET.footnotes, signatures=ON_SPOT_SHEET.signatures,
))
