"""Loans that other registers know of: declared here, so that a round shows what is lent as ○.

A source answers for many assets at once: `lent(assets, day)` → {key of the asset: quantity away on that day}.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from checklists.models import Asset, AssetAway

Source = Callable[[Sequence[Asset], dt.date], Mapping[int, int]]
_sources: list[Source] = []


def add_loans(source: Source) -> Source:
    """Make a register's loans known; called by an app at start-up."""
    _sources.append(source)
    return source


def on_loan_of(assets: Sequence[Asset], day: dt.date) -> dict[int, int]:
    """How many of each asset are away on a day, never more than there are."""
    away = dict.fromkeys((asset.pk for asset in assets), 0)
    for source in _sources:
        for key, quantity in source(assets, day).items():
            away[key] = away.get(key, 0) + quantity
    return {asset.pk: min(away[asset.pk], asset.expected_quantity) for asset in assets}


def on_loan(asset: Asset, day: dt.date) -> int:
    """How many of one asset are away on a day."""
    return on_loan_of([asset], day)[asset.pk]


@add_loans
def marked_away(assets: Sequence[Asset], day: dt.date) -> dict[int, int]:
    """What the desk marked by hand as lent or sent for repair."""
    away: dict[int, int] = {}
    rows = AssetAway.objects.on_day(day).filter(asset__in=[asset.pk for asset in assets])
    for key, quantity in rows.values_list("asset_id", "quantity"):
        away[key] = away.get(key, 0) + quantity
    return away
