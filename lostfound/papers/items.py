"""3.3, 3.4, 3.5: a found item above the tear line, its claim below."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lostfound.choices import CURRENCIES, IntakeKind, ItemState, MatchState, MoveKind
from lostfound.models import FoundItem
from lostfound.papers.claim_half import claim_facts
from lostfound.papers.signs import Signed, signed_by
from lostfound.services.viewing import is_closed_on_paper
from servicedesk.choices import StorageKind
from servicedesk.paper import Paper, add_paper

DRAWN_LINES = 3
NOTHING = "/"
WITHHELD = "盲核验中,暂不打印"
TAKING_CONDITIONS = (
    "领取条件:本人有效证件原件,并说清至少两项可区分特征;复印件、名片不作身份凭证;代领须委托书和双方证件原件。",
    "本表不得涂改;更正用杠改并签名。违禁品、涉密文件、危险品立即报公安,不进柜。",
)


@dataclass(frozen=True)
class Line:
    """A row of the items table."""

    thing: str
    quantity: str
    look: str
    features: str
    value: Decimal | None
    is_inside: bool = False
    is_withheld: bool = False


def item_lines(item: FoundItem) -> list[Line]:
    """The thing itself and what it holds; of a thing under a blind check no more than the screen shows."""
    if is_closed_on_paper(item):
        return [_closed_line(item)]
    first = Line(
        thing=f"{item.thing}({item.category.code})", quantity=f"{item.quantity}{item.unit}",
        look=" ".join(p for p in (item.brand, item.spec, item.colour) if p), features=_features(item),
        value=item.estimated_value,
    )
    return [first, *(
        Line(c.thing, f"{c.quantity}{c.unit}", c.look, c.features, c.estimated_value, c.is_inside)
        for c in item.contents.all()
    )]


def _closed_line(item: FoundItem) -> Line:
    return Line(
        thing=f"{item.thing}({item.category.code})", quantity=f"{item.quantity}{item.unit}", value=None,
        look=f"{item.colour}({WITHHELD})" if item.colour else WITHHELD, features=WITHHELD, is_withheld=True,
    )


def _features(item: FoundItem) -> str:
    found = [item.features]
    if item.name_on_item:
        found.append(f"姓名:{item.name_on_item}")
    if item.number_on_item_tail:
        found.append(f"号码后四位:{item.number_on_item_tail}")
    return ";".join(part for part in found if part)


def lines_context(item: FoundItem | None) -> dict[str, Any]:
    """Rows of the items table: at most three stand on the form, the others on the 续页."""
    lines = item_lines(item) if item else []
    shown = lines if len(lines) <= DRAWN_LINES else lines[:DRAWN_LINES - 1]
    return {
        "lines": shown, "further_lines": lines[len(shown):], "line_count": len(lines), "drawn_before": len(shown),
        "unused_rows": range(len(lines) + 1, DRAWN_LINES + 1), "unused_count": max(DRAWN_LINES - len(lines), 0),
    }


def cash_facts(item: FoundItem | None) -> dict[str, Any]:
    """Currency, sum and pieces of the cash lines; further currencies only in the pieces."""
    if item and is_closed_on_paper(item):
        return {}
    lines = list(item.cash_lines.all()) if item else []
    if not lines:
        return {}
    codes = list(dict.fromkeys(line.currency for line in lines))
    main = "CNY" if "CNY" in codes else codes[0]
    return {
        "currency": CURRENCIES.get(main, main), "is_yuan": main == "CNY",
        "total": sum((line.amount for line in lines if line.currency == main), Decimal(0)),
        "pieces": "、".join(_pieces(line, main) for line in lines),
    }


def _pieces(line, main: str) -> str:
    mark = "" if line.currency == main else CURRENCIES.get(line.currency, line.currency)
    return f"{mark}{line.denomination.normalize():f}×{line.pieces}"


def custody_facts(item: FoundItem | None) -> dict[str, Any]:
    """Where the thing lies, or lay until it left, and the last move of it into other hands."""
    if item is None:
        return {}
    moves = list(item.moves.select_related("place", "by"))
    storage = item.storage or next((m.place for m in reversed(moves) if m.place), None)
    kind = storage.kind if storage else ""
    handed = next((m for m in reversed(moves) if m.kind == MoveKind.HAND_OVER), None)
    gone = next((m for m in reversed(moves) if m.kind in _EXITS), None) if item.state in _GONE else None
    return {
        "is_counter": kind == StorageKind.COUNTER, "is_safe": kind == StorageKind.SAFE,
        "is_store": kind in (StorageKind.STORE, StorageKind.FIRE_SAFE, StorageKind.COLD),
        "code": storage.code if storage else "", "handed": handed, "gone": gone,
        "to_finance": item.state == ItemState.FINANCE, "to_police": item.state == ItemState.POLICE,
        "to_finder": _to_finder(item),
        "to_other": item.state == ItemState.DISPOSED and not _to_finder(item),
    }


_EXITS = (MoveKind.POLICE, MoveKind.FINANCE, MoveKind.DISPOSE)
_GONE = (ItemState.POLICE, ItemState.FINANCE, ItemState.DISPOSED)


def _to_finder(item: FoundItem) -> bool:
    if item.state != ItemState.DISPOSED:
        return False
    return item.batch_lines.filter(method="to_finder", reversed_at__isnull=True).exists()


def item_signs(item: FoundItem | None) -> dict[str, Signed]:
    """Who signed the upper half, or whose name stands beside the empty cell."""
    if item is None:
        return {}
    is_visitor = item.intake_kind == IntakeKind.VISITOR
    finder = ("" if item.finder_is_anonymous else item.finder_name) if is_visitor else _name(item.finder)
    names = {
        "finder": finder, "clerk": _clerk(item), "second": _name(item.second_person),
        "witness": _name(item.witness), "foreman": _name(item.foreman),
    }
    return signed_by(item, names)


def _clerk(item: FoundItem) -> str:
    """Who took a thing in at the desk; on the spot only whoever came signs, and the foreman may have typed it."""
    if item.intake_kind != IntakeKind.ON_SPOT:
        return item.created_by.name
    return "" if item.desk_came_at or not item.desk_absent_reason else NOTHING


def _name(person) -> str:
    return person.name if person else ""


def _finder_phone(item: FoundItem | None) -> str:
    if item is None:
        return ""
    return item.finder_phone or (item.finder.phone if item.finder else "")


def item_context(item: FoundItem | None) -> dict[str, Any]:
    """Facts of the whole sheet; None is the blank form."""
    slip = getattr(item, "slip", None)
    match = item.matches.filter(state=MatchState.CONFIRMED).select_related("report").first() if item else None
    return {
        "item": item, "is_filled": item is not None, "is_over": item is not None and not item.is_open,
        "is_closed": item is not None and is_closed_on_paper(item), "withheld": WITHHELD,
        **lines_context(item), "cash": cash_facts(item), "custody": custody_facts(item), "signs": item_signs(item),
        "match": match.report if match else None, "contact": item.contacts.last() if item else None,
        "slip_number": slip.number if slip else "", "slip_is_handed": slip is not None and slip.handed_at is not None,
        "desk_is_absent": bool(item and item.desk_absent_reason), "finder_phone": _finder_phone(item),
        "is_fetched_at_desk": bool(item and item.intake_kind == IntakeKind.ON_SPOT and item.handed_in_at),
        "sheet_of_booklet": getattr(item, "booklet_sheet", None) if item else None,
        **claim_facts(item),
    }


def is_of(kind: str):
    """The test whether a form suits an item."""
    return lambda item: item.intake_kind == kind


CLAIM_SIGNATURES = (("claimant", "签字"), ("releaser", "经办人"), ("reviewer", "复核(失物招领负责人)"))

VISITOR_SHEET = add_paper(Paper(
    key="3.3", form_code="KF-3.3", title="游客拾物登记、认领表",
    heading="游客拾物登记表 (上联)", template="lostfound/print/founditem_visitor.html",
    size="a4", model=FoundItem, context=item_context, fits=is_of(IntakeKind.VISITOR), has_tear_line=True,
    footnotes=TAKING_CONDITIONS,
    signatures=(
        ("finder", "拾物人"), ("clerk", "客服受理人"), ("second", "复核/见证人"), ("giver", "交出人"),
        ("taker", "接收(失物招领负责人)"), *CLAIM_SIGNATURES,
    ),
))
STAFF_SHEET = add_paper(Paper(
    key="3.4", form_code="KF-3.4", title="员工拾物登记、认领表",
    heading="员工拾物登记表 (上联)", template="lostfound/print/founditem_staff.html",
    size="a4", model=FoundItem, context=item_context, fits=is_of(IntakeKind.STAFF), has_tear_line=True,
    footnotes=(*TAKING_CONDITIONS, "每张登记必须对应一张回执编号。"),
    signatures=(
        ("finder", "拾物员工"), ("clerk", "客服受理人"), ("second", "复核/见证人"), ("giver", "交出人"),
        ("taker", "接收(失物招领负责人)"), *CLAIM_SIGNATURES,
    ),
))
ON_SPOT_SHEET = add_paper(Paper(
    key="3.5", form_code="KF-3.5", title="员工现场拾物登记表、认领表",
    heading="员工现场拾物登记表 (上联)", template="lostfound/print/founditem_on_spot.html",
    size="a4", model=FoundItem, context=item_context, fits=is_of(IntakeKind.ON_SPOT), has_tear_line=True,
    footnotes=(*TAKING_CONDITIONS, "客服未到场时,领班、见证员工、拾物员工三方签字缺一不可。"),
    signatures=(
        ("finder", "拾物员工"), ("witness", "见证员工"), ("foreman", "领班"), ("clerk", "客服员"),
        *CLAIM_SIGNATURES, ("filer", "上交人(领班)"), ("filed", "客服接收/备案人"),
    ),
))
