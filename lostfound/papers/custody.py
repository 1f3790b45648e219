"""贵重物品盘点表: every valuable with its seal when a shift hands over."""

from typing import Any

from lostfound.choices import CountResult
from lostfound.models import StockTake
from lostfound.papers.signs import signed_by
from servicedesk.paper import Paper, add_paper


def stock_take_context(take: StockTake | None) -> dict[str, Any]:
    """The lines in order, the count of each result, both signatures."""
    lines = list(take.lines.select_related("item")) if take else []
    return {
        "take": take, "lines": lines, "is_filled": take is not None, "room": range(20),
        "results": [(label, sum(1 for line in lines if line.result == value)) for value, label in CountResult.choices],
        "signs": _signs(take),
    }


def _signs(take: StockTake | None) -> dict[str, Any]:
    if take is None:
        return {}
    names = {"counter": take.counted_by.name, "successor": take.taken_over_by.name if take.taken_over_by else ""}
    return signed_by(take, names)


STOCK_TAKE = add_paper(Paper(
    key="stock-take", form_code="KF-3.3-PD", title="贵重物品盘点表", template="lostfound/print/stock_take.html",
    size="a4", model=StockTake, context=stock_take_context,
    signatures=(("counter", "交班人"), ("successor", "接班人")),
))
