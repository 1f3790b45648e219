"""Months as the ledgers count them: 3.7 游客失物登记汇总 and 3.8 员工好人好事汇总."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from lostfound.choices import SEARCHING_STATES, GoodDeedKind, ReportState
from lostfound.models import GoodDeed, LostReport
from servicedesk.periods import month_of


@dataclass(frozen=True, kw_only=True)
class ReportMonth:
    """3.7: the month's reports in the order of their numbers, and its foot."""

    month: dt.date
    rows: Sequence[LostReport]
    found: int
    open: int

    @property
    def registered(self) -> int:
        return len(self.rows)

    @property
    def found_rate(self) -> Decimal | None:
        """找回率 in percent with one decimal; None for a month without reports."""
        if not self.rows:
            return None
        return (Decimal(100) * self.found / self.registered).quantize(Decimal("0.1"))


def report_month(point, month: dt.date) -> ReportMonth:
    """What 3.7 prints for the month of the day `month`: of one service point, or of all for None."""
    of = month_of(month)
    rows = LostReport.objects.filter(created_at__gte=of.begins, created_at__lt=of.ends)
    rows = rows if point is None else rows.filter(service_point=point)
    found = list(
        rows.select_related("created_by", "found_item", "service_point")
        .prefetch_related("lines", "steps__zone").order_by("created_at", "pk")
    )
    return ReportMonth(
        month=of.first, rows=found, found=sum(r.state == ReportState.FOUND for r in found),
        open=sum(r.state in SEARCHING_STATES for r in found),
    )


@dataclass(frozen=True, kw_only=True)
class GoodDeedMonth:
    """3.8: the month's verified deeds in the order of their days, and its foot."""

    month: dt.date
    rows: Sequence[GoodDeed]

    @property
    def times(self) -> int:
        """人次."""
        return len(self.rows)

    @property
    def things(self) -> int:
        """Pieces that were handed in."""
        return sum(deed.item.quantity for deed in self.rows if deed.item)

    @property
    def worth(self) -> Decimal:
        """Yuan by estimate; what nobody estimated counts nothing."""
        return sum((deed.item.estimated_value or Decimal(0) for deed in self.rows if deed.item), Decimal(0))


def good_deed_month(point, month: dt.date) -> GoodDeedMonth:
    """What 3.8 prints for the month of the day `month`: verified deeds of one point, or of all for None."""
    of = month_of(month)
    rows = GoodDeed.objects.counted().filter(on__gte=of.first, on__lt=of.after)
    rows = rows if point is None else rows.filter(service_point=point)
    return GoodDeedMonth(
        month=of.first,
        rows=list(rows.select_related("person", "item__slip", "item__zone", "verified_by").order_by("on", "pk")),
    )


def deeds_of_year(person, year: int) -> dict[str, int]:
    """A person's verified deeds of a year by kind, in Chinese, with 合计."""
    rows = GoodDeed.objects.counted().filter(person=person, on__year=year)
    counts = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    by_kind = {str(label): counts[kind] for kind, label in GoodDeedKind.choices if kind in counts}
    return {**by_kind, "合计": sum(counts.values())}


def people_of_year(point, year: int, most: int = 100) -> QuerySet:
    """Verified deeds per person in a year, the most first: name, 工号 and count."""
    rows = GoodDeed.objects.counted().filter(on__year=year)
    rows = rows if point is None else rows.filter(service_point=point)
    return (
        rows.order_by().values("person_id", "person__name", "person__staff_no")
        .annotate(times=Count("pk")).order_by("-times", "person__staff_no")[:most]
    )
