"""What the record page of a find shows: facts in the order of the paper, the custody chain, what fell out."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lostfound.choices import LIVE_MATCH_STATES, GoodDeedState, IntakeKind, OfferState
from lostfound.models import CustodyMove, CustodyOffer, FoundItem
from servicedesk.register import register_of
from servicedesk.sealing import masked
from servicedesk.templatetags.said import when

MOST_MATCHES = 5
CLOSED = "盲核验中,暂时关闭"
CLOSED_LABELS = {"特征(内部)", "暗记", "物品上的号码", "物品上的姓名", "规格", "品牌/型号"}
REVEAL_RIGHT = {"secret_marks": "lostfound.see_secret_marks"}


def fact_groups(item: FoundItem, user: Any, *, is_closed: bool) -> list[dict]:
    """The upper half of the paper, group by group; what a blind check closes says so."""
    groups = [_finder(item, user), _thing(item, user, is_closed), _keeping(item), _clocks(item)]
    if item.intake_kind == IntakeKind.ON_SPOT:
        groups.insert(2, _spot(item))
    return groups


def fact(label: str, value: Any, kind: str = "", **more: Any) -> dict[str, Any]:
    return {"label": label, "value": value, "kind": kind, **more}


def sealed_fact(item: FoundItem, field: str, user: Any, shown: str, kind: str = "") -> dict[str, Any]:
    """A masked value, with the way to open it for who may."""
    right = REVEAL_RIGHT.get(field, "servicedesk.reveal_personal")
    label = str(item._meta.get_field(field).verbose_name)
    url = reverse("lostfound:founditem_reveal", args=[item.pk, field]) if shown and user.has_perm(right) else ""
    return fact(label, shown, kind, reveal_url=url)


def _finder(item: FoundItem, user: Any) -> dict:
    where = [fact("拾获时间", when(item.found_at)), fact("拾获地点", item.place)]
    handed_in = fact("上交时间", when(item.handed_in_at) if item.handed_in_at else "")
    if item.intake_kind != IntakeKind.VISITOR and item.finder:
        rows = [
            fact("拾物员工", f"{item.finder.name}({item.finder.staff_no})"), fact("部门/岗位", item.finder_post),
            *where, handed_in,
        ]
    else:
        phone = sealed_fact(item, "finder_phone", user, item.finder_phone_masked, "number")
        rows = [fact("拾物人", item.finder_shown), phone, fact("来源地/住址", item.finder_origin), *where, handed_in]
    return {"title": "拾获", "rows": rows}


def _thing(item: FoundItem, user: Any, is_closed: bool) -> dict:
    rows = [
        fact("物品名称", item.thing), fact("数量", f"{item.quantity} {item.unit}"), fact("类别", item.category.name),
        fact("颜色", item.colour),
    ]
    if is_closed:
        rows.append(fact("特征、号码、内装物、照片", CLOSED, "wide"))
        return {"title": "物品", "rows": rows}
    return {"title": "物品", "rows": [
        *rows, fact("品牌/型号", item.brand), fact("规格", item.spec),
        fact("估价(元)", f"¥{item.estimated_value:,.2f}" if item.estimated_value is not None else "", "number"),
        fact("物品上的姓名", item.name_on_item),
        sealed_fact(item, "number_on_item", user, masked(item.number_on_item), "number"),
        sealed_fact(item, "secret_marks", user, "有(已封存)" if item.secret_marks else ""),
        fact("特征(内部)", item.features, "long"), fact("公开描述", item.public_text, "wide"),
    ]}


def _spot(item: FoundItem) -> dict:
    sheet = getattr(item, "booklet_sheet", None)
    late = "(逾时)" if item.is_filed_late else ""
    return {"title": "现场", "rows": [
        fact("客服到场", when(item.desk_came_at) if item.desk_came_at else ""),
        fact("客服未到原因", item.desk_absent_reason),
        fact("失主到场时间", when(item.owner_came_at) if item.owner_came_at else ""),
        fact("领班", item.foreman), fact("见证员工", item.witness), fact("空白本", str(sheet) if sheet else ""),
        fact("备案", f"{when(item.filed_at)} {item.filed_by.name}{late}" if item.filed_at and item.filed_by else ""),
    ]}


def _keeping(item: FoundItem) -> dict:
    second = item.second_person
    return {"title": "保管", "rows": [
        fact("保管人", item.holder), fact("存放处", item.storage), fact("封袋号", item.seal_number, "number"),
        fact("信息卡", "已粘贴" if item.has_label else "未粘贴"),
        fact("复核/见证人", f"{second.name} {when(item.second_person_at)}" if second else ""),
        fact("负责人接收", when(item.custodian_took_at) if item.custodian_took_at else ""),
    ]}


def _clocks(item: FoundItem) -> dict:
    rows = [
        fact("登记", f"{when(item.created_at)} {item.created_by.name}" + ("(补录)" if item.is_late_entry else "")),
        fact("本处保管到期", item.desk_due_on),
        fact("首次公告", when(item.announced_at) if item.announced_at else "未公告"),
        fact("法定期满", item.legal_due_on or "未起算"),
    ]
    if item.ended_at:
        rows.append(fact("办结", f"{when(item.ended_at)} {item.end_note}", "wide"))
    return {"title": "期限", "rows": rows}


def aside_questions(item: FoundItem) -> dict[str, QuerySet]:
    """The lists that `aside_of` shows."""
    return {
        "contents": item.contents.all(), "cash": item.cash_lines.all(),
        "deeds": item.good_deeds.exclude(state=GoodDeedState.WITHDRAWN),
        "claims": item.claims.order_by("-created_at"),
        "matches": item.matches.filter(state__in=LIVE_MATCH_STATES).select_related("report")[:MOST_MATCHES],
    }


def aside_of(item: FoundItem, user: Any, found: dict[str, list], *, is_closed: bool) -> dict[str, Any]:
    """What fell out of the find and what hangs on it."""
    return {
        "contents": [] if is_closed else found["contents"], "cash": [] if is_closed else found["cash"],
        "slip": getattr(item, "slip", None), "deeds": _linked(found["deeds"], user),
        "claims": _linked(found["claims"], user), "matches": _linked(found["matches"], user),
    }


def _linked(rows: list, user: Any) -> list[dict]:
    """Rows with the address of their page, for who may look into their book."""
    register = register_of(rows[0]) if rows else None
    may = register is not None and user.has_perm(register.permission("view"))
    return [{"record": row, "url": register.detail_url(row.pk) if may and register else ""} for row in rows]


def moves_of(item: FoundItem) -> QuerySet:
    """The chain, oldest first, with the people and places it names."""
    return item.moves.select_related("by", "from_person", "to_person", "place", "corrects")


def offers_of(item: FoundItem) -> QuerySet:
    """What was offered and not accepted: an acceptance stands in the chain."""
    rows = item.offers.exclude(state=OfferState.ACCEPTED)
    return rows.select_related("item", "from_person", "to_person", "place")


def custody_events(moves: list[CustodyMove], offers: list[CustodyOffer]) -> list[dict]:
    """Moves and offers as lines of the time line."""
    changes = [
        {"at": m.at, "who": m.by.name, "title": f"{m.get_kind_display()}:{m.giver or '—'} → {m.taker or '—'}",
         "changes": [], "reason": m.reason}
        for m in moves
    ]
    answers = [
        {"at": o.answered_at or o.at,
         "who": o.to_person.name if o.state == OfferState.REFUSED else o.from_person.name,
         "title": f"交接给{o.to_person.name}:{o.get_state_display()}", "changes": [],
         "reason": o.answer_reason or o.reason}
        for o in offers
    ]
    return [*changes, *answers]


def without_closed(timeline: list[dict]) -> list[dict]:
    """The time line without the words that a blind check closes."""
    return [
        {**line, "changes": [c for c in line["changes"] if c["label"] not in CLOSED_LABELS]} for line in timeline
    ]
