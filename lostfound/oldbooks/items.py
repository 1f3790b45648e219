"""拾物旧账: old finds enter as ended. They have no custody chain: what the old paper proves stays on the paper."""

from collections.abc import Mapping
from typing import Any

from lostfound.choices import PREFIX, IntakeKind, ItemState
from lostfound.models import FoundItem
from lostfound.oldbooks.known import Known, count_of, no_zone, prepare
from lostfound.services.item_facts import public_words
from servicedesk.oldbooks import OldBook, OldColumn, add_old_book, noted

KINDS = {
    "游客": IntakeKind.VISITOR, "员工": IntakeKind.STAFF, "员工现场": IntakeKind.ON_SPOT,
    "游客拾物": IntakeKind.VISITOR, "员工拾物": IntakeKind.STAFF, "现场": IntakeKind.ON_SPOT,
    "员工现场拾物": IntakeKind.ON_SPOT,
}
ENDS = {
    "已认领": ItemState.RETURNED, "已移交公安": ItemState.POLICE, "已移交财务": ItemState.DISPOSED,
    "已处置": ItemState.DISPOSED, "作废": ItemState.VOID,
    "已领取": ItemState.RETURNED, "已归还": ItemState.RETURNED, "已发还": ItemState.RETURNED,
    "认领": ItemState.RETURNED, "移交公安": ItemState.POLICE, "移交派出所": ItemState.POLICE,
    "移交财务": ItemState.DISPOSED, "销毁": ItemState.DISPOSED, "已销毁": ItemState.DISPOSED,
}
COLUMNS = (
    OldColumn(key="old_number", title="旧编号", aliases=("编号", "序号", "登记编号", "原编号"), most=40,
              help="旧账上的编号;填了就查重,以后可按它搜到"),
    OldColumn(key="found_at", title="拾获时间",
              aliases=("拾获日期", "拾得时间", "拾得日期", "捡到时间", "日期", "时间"),
              kind="moment", is_required=True),
    OldColumn(key="zone", title="拾获地点", aliases=("拾得地点", "地点", "捡到地点", "位置"),
              is_required=True, help="含有“地点”里的一个名称即可"),
    OldColumn(key="thing", title="物品名称", aliases=("物品", "名称", "拾物名称", "失物名称", "品名"),
              is_required=True, most=60),
    OldColumn(key="category", title="类别", aliases=("物品类别", "分类"), help="留空时按物品名称判断"),
    OldColumn(key="quantity", title="数量", aliases=("件数",), most=12, help="如 1 或 1把"),
    OldColumn(key="colour", title="颜色", most=30),
    OldColumn(key="brand", title="品牌/型号", aliases=("品牌", "型号", "品牌型号"), most=60),
    OldColumn(key="features", title="特征", aliases=("物品特征", "描述", "内装物", "特征描述"), most=2000),
    OldColumn(key="estimated_value", title="估价(元)", aliases=("估价", "价值", "金额"),
              kind="money", most=99_999_999),
    OldColumn(key="kind", title="来源", aliases=("拾物来源", "拾物人类别"), kind="choice", choices=KINDS,
              help="留空算游客"),
    OldColumn(key="finder", title="拾物人", aliases=("拾物人姓名", "拾获人", "拾得人", "上交人", "捡到人"),
              help="留空算不愿留名"),
    OldColumn(key="phone", title="拾物人电话", aliases=("联系电话", "电话", "拾获人电话", "上交人电话"), kind="phone"),
    OldColumn(key="post", title="部门/岗位", aliases=("部门", "岗位"), most=60),
    OldColumn(key="handed_in_at", title="上交时间", aliases=("上交日期", "登记时间", "登记日期", "交来时间"),
              kind="moment", help="留空同拾获时间;记录归入这一天的月份"),
    OldColumn(key="state", title="处理结果", aliases=("状态", "去向", "结果", "处理情况"), kind="choice",
              is_required=True, choices=ENDS, help="还在保管的请逐件登记,不从旧账导入"),
    OldColumn(key="ended_at", title="办结时间",
              aliases=("认领时间", "认领日期", "领取时间", "领取日期", "办结日期", "处理日期"),
              kind="moment", help="留空同上交时间"),
    OldColumn(key="fetched_by", title="认领人", aliases=("领取人", "失主", "失主姓名")),
    OldColumn(key="note", title="备注", aliases=("说明", "办结说明"), most=120),
)


def judge(values: Mapping[str, Any], known: Known, wrong: list[str]) -> FoundItem | None:
    """The find of a row, ended; its remark begins with the old number."""
    get = values.get
    zone = known.zone_in(get("zone") or "")
    if zone is None:
        wrong.append(no_zone(get("zone") or ""))
    category = known.category_of(get("category") or "", get("thing") or "", wrong)
    count = count_of(values, wrong)
    found_at, handed_in_at = values["found_at"], get("handed_in_at") or values["found_at"]
    ended_at = get("ended_at") or handed_in_at
    if not found_at <= handed_in_at or ended_at.date() < handed_in_at.date():
        wrong.append("时间先后不对:应是拾获、上交、办结")
    if wrong or category is None or zone is None:
        return None
    detail = "" if get("zone") == zone.name else get("zone") or ""
    # Who fetched it is forgotten with the features; the remark, which stays, names nobody.
    fetched = f"认领人 {get('fetched_by')}" if get("fetched_by") else ""
    features = "\n".join(part for part in (get("features"), fetched, get("note")) if part)
    return FoundItem(
        state=values["state"], category=category, thing=get("thing"), colour=get("colour") or "",
        brand=get("brand") or "", features=features, estimated_value=get("estimated_value"),
        is_valuable=category.is_valuable, found_at=found_at, zone=zone, place_detail=detail[:100],
        handed_in_at=handed_in_at, created_at=handed_in_at, ended_at=max(ended_at, handed_in_at), is_late_entry=True,
        public_text=public_words(get("colour") or "", category, get("thing") or "")[:200],
        end_note=noted(get("old_number") or ""), **count, **_finder(values, handed_in_at),
    )


def _finder(values: Mapping[str, Any], filed_at: Any) -> dict[str, Any]:
    """Who found it, in the ledger's words: staff of then need not be staff of today."""
    kind = values.get("kind") or IntakeKind.VISITOR
    name, post = values.get("finder") or "", values.get("post") or ""
    finder = {"intake_kind": kind, "finder_name": name, "finder_phone": values.get("phone") or ""}
    if kind == IntakeKind.VISITOR:
        return finder | {"finder_is_anonymous": not name, "finder_origin": post}
    filed = {"filed_at": filed_at, "is_filed_late": False} if kind == IntakeKind.ON_SPOT else {}
    return finder | {"finder_post": f"{name} {post}".strip()[:80], **filed}


add_old_book(OldBook(
    key="founditem", label="拾物", right="lostfound.add_founditem", model=FoundItem, columns=COLUMNS, prepare=prepare,
    judge=judge, prefix=lambda item: PREFIX[IntakeKind(item.intake_kind)],
    loads=("slip", "category", "zone", "finder"), help="还在保管的拾物请在“拾物”里逐件登记。",
))
