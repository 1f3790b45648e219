"""The book of counts: 贵重物品盘点."""

from django.db.models import Q

from lostfound.choices import StockTakeState
from lostfound.filters.stocktakes import StockTakeFilter
from lostfound.models import StockTake
from servicedesk.register import Column, Register, SavedView, add_register
from servicedesk.services.search import Words


def pieces(take: StockTake) -> int:
    return len(take.lines.all())


def differences(take: StockTake) -> int:
    return sum(line.is_difference for line in take.lines.all())


STOCK_TAKES = add_register(Register(
    key="stocktake", app="lostfound", model=StockTake, label="贵重盘点", icon="clipboard-check", prefixes=("PD",),
    columns=(
        Column(key="number", label="编号", kind="serial", order_by=("number",), width=20),
        Column(key="created_at", label="盘点时间", kind="datetime", order_by=("created_at",), width=17),
        Column(key="pieces", label="应有件数", kind="number", value=pieces, width=9),
        Column(key="differences", label="差异", kind="number", value=differences, width=6),
        Column(key="state", label="状态", kind="state", value="get_state_display"),
        Column(key="counted_by", label="交班人", value="counted_by.name", width=10),
        Column(key="taken_over_by", label="接班人", value="taken_over_by.name", width=10),
        Column(key="signed_at", label="签字时间", kind="datetime", order_by=("signed_at",), width=17),
        Column(key="note", label="说明", width=24, shown=False),
    ),
    filterset=StockTakeFilter, title=lambda take: "贵重物品盘点",
    words=lambda take: Words(names=[take.counted_by.name]),
    related=("service_point", "created_by", "counted_by", "taken_over_by"), prefetch=("lines",),
    views=(SavedView(label="全部", query="all=1"), SavedView(label="盘点中", query="state=counting")),
    papers=("stock-take",),
    create_name="lostfound:stocktake_create",
    empty_text="交接班时在这里逐件清点贵重物品,交接双方都签字。",
    final=Q(state__in=[StockTakeState.SIGNED]), parts=("lines",),
))
