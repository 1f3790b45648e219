"""资产旧账: the assets of the old list enter as in use, under the tags that stick on them."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from checklists.models import Asset
from checklists.services.assets import TAG
from servicedesk.oldbooks import OldBook, OldColumn, add_old_book

MOST_PIECES = 30_000
COLUMNS = (
    OldColumn(key="old_number", title="资产编号", aliases=("编号", "标签号", "资产标签"), is_required=True, most=16,
              help="贴在资产上的编号,如 KF-DT-0001"),
    OldColumn(key="name", title="资产名称", aliases=("名称", "物品名称", "设备名称"), is_required=True, most=40),
    OldColumn(key="spec", title="规格型号", aliases=("规格", "型号", "规格/型号"), most=40),
    OldColumn(key="area", title="区域", aliases=("所在区域", "存放区域", "存放地点", "地点"), is_required=True, most=30,
              help="一起查的地方,如 大厅、便民区"),
    OldColumn(key="place", title="位置", aliases=("具体位置",), most=30),
    OldColumn(key="quantity", title="应有数量", aliases=("数量", "件数"), kind="number", most=MOST_PIECES,
              help="留空算 1;多于 1 的查时填实有数量"),
    OldColumn(key="bought_on", title="购入日期", aliases=("购置日期", "购买日期", "购入时间"), kind="moment"),
    OldColumn(key="note", title="备注", aliases=("说明",)),
)


def prepare(point: Any) -> set[str]:  # noqa: ARG001  # a tag is one of all desks
    return set(Asset.objects.values_list("number", flat=True))


def judge(values: Mapping[str, Any], known: set[str], wrong: list[str]) -> Asset | None:
    """The asset of a row, under its own tag."""
    get = values.get
    tag = (get("old_number") or "").upper()
    if not TAG.match(tag):
        wrong.append(f"资产编号:“{tag}”应像 KF-DT-0001")
    if tag in known:
        wrong.append(f"资产编号:“{tag}”已在固定资产里")
    count = get("quantity") if get("quantity") is not None else 1
    if wrong:
        return None
    bought_at = get("bought_on")
    return Asset(
        number=tag, created_at=timezone.now(), name=get("name"), spec=get("spec") or "", area=get("area"),
        place=get("place") or "", expected_quantity=count, is_counted=count != 1, note=get("note") or "",
        bought_on=timezone.localdate(bought_at) if bought_at else None,
    )


add_old_book(OldBook(
    key="asset", label="固定资产", right="checklists.add_asset", model=Asset, columns=COLUMNS, prepare=prepare,
    judge=judge, help="资产导入后是“在用”,下一次检查就会列出;退役的不用导入。",
))
