"""The register of assets, with what is away and what the last round found."""

from collections.abc import Iterable

from django.db.models import Prefetch

from checklists.filters.rounds import AssetFilter
from checklists.models import Asset, AssetAway
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def title(asset: Asset) -> str:
    return f"{asset.described} · {asset.whereabouts}"


def words(asset: Asset) -> Words:
    return Words(
        texts=[asset.name, asset.spec, asset.area, asset.place, asset.number.replace("-", ""), asset.note],
        names=[asset.name],
    )


def away(absences: Iterable[AssetAway]) -> str:
    """`送修 1`, for all that is not back."""
    return "、".join(f"{out.get_kind_display()} {out.quantity}" for out in absences if out.back_on is None)


OUT = Prefetch("absences", queryset=AssetAway.objects.filter(back_on=None))
ASSETS = add_register(Register(
    key="asset", app="checklists", model=Asset, label="固定资产", icon="tags", prefixes=(),
    columns=(
        Column(key="number", label="资产编号", kind="serial", order_by=("number",), width=16),
        Column(key="name", label="名称", kind="link", order_by=("name",), width=18),
        Column(key="spec", label="规格型号", width=18),
        Column(key="area", label="区域", order_by=("area",), width=12),
        Column(key="place", label="位置", width=14),
        Column(key="expected_quantity", label="应有", kind="number", order_by=("expected_quantity",), width=6),
        Column(key="is_counted", label="填数量", kind="yesno", width=8, shown=False),
        Column(key="away", label="借出送修", value=lambda asset: away(asset.absences.all()), width=14),
        Column(key="bought_on", label="购入日期", kind="date", order_by=("bought_on",), width=12, shown=False),
        Column(key="note", label="备注", width=30, shown=False),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
    ),
    filterset=AssetFilter, title=title, words=words, order=("area", "number"), related=("service_point",),
    prefetch=(OUT,),  # type: ignore[arg-type]  # Django takes both
    views=(
        SavedView(label="全部", query="all=1"),
        SavedView(label="在用", query="state=in_use"),
        SavedView(label="借出送修", query="away=away"),
        SavedView(label="逾期未还", query="away=late"),
    ),
    papers=("asset-label", "asset-label-sheet"), create_name="checklists:asset_create",
    empty_text="服务中心的固定资产在这里:编号、位置、应有数量。登记后班后检查按它逐件核对。",
    is_standing=True,
))
