"""What the desk lends of its assets: 便民借用 knows them by their tags, and a round shows them as ○."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import Q, Sum

from checklists.loans import add_loans
from checklists.models import Asset
from ledgers.choices import EntryState, Service
from ledgers.models import LedgerEntry
from servicedesk.periods import Period, Span


@add_loans
def lent_to_visitors(assets: Sequence[Asset], day: dt.date) -> Mapping[int, int]:
    """How many of each asset visitors had when the day was over."""
    after = Period(day, Span.DAY).ends
    numbers = {(asset.service_point_id, asset.number): asset.pk for asset in assets}
    rows = LedgerEntry.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=after), kind__service=Service.LOAN, happened_at__lt=after,
        thing__asset_number__in=[number for _, number in numbers],
    ).exclude(state=EntryState.VOID)
    counted = rows.values_list("service_point", "thing__asset_number").annotate(Sum("quantity")).order_by()
    return {numbers[point, number]: away for point, number, away in counted if (point, number) in numbers}
