"""Headcounts side by side: the times of a day, the days of a month, and the same day a year before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dutylog.hours import CLOSING
from dutylog.models import DutyDay, HeadcountReport
from dutylog.services.headcounts import slots_of, standing_of
from servicedesk.models import ServicePoint
from servicedesk.periods import month_of


def times_of(day: DutyDay, *, standing: dict[str, HeadcountReport] | None = None) -> list[dict[str, Any]]:
    """Each report time of a day with its figure in force, and whether it is due or overdue.

    `standing` are the day's figures in force where they are in hand. A time that the settings no longer name is
    listed all the same when something was reported for it.
    """
    moment, standing = timezone.now(), standing_of(day) if standing is None else dict(standing)
    slots = slots_of(day)
    rows = [
        {
            "label": slot.label, "due_at": slot.due_at, "report": standing.pop(slot.label, None),
            "is_due": moment >= slot.due_at, "is_overdue": slot.is_overdue(moment),
        }
        for slot in slots
    ]
    rows += [
        {"label": label, "due_at": report.due_at, "report": report, "is_due": True, "is_overdue": False}
        for label, report in standing.items()
    ]
    return sorted(rows, key=lambda row: row["due_at"])


def year_before(on: dt.date) -> dt.date:
    """The same date a year earlier; 29 February has 28 February."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)


def same_time_last_year(report: HeadcountReport) -> QuerySet[HeadcountReport]:
    """What was reported at the desk for the same date and time a year before: one row, or none."""
    rows = HeadcountReport.objects.standing().filter(service_point=report.service_point_id, slot=report.slot)
    return rows.filter(on=year_before(report.on)).order_by("pk")[:1]


@dataclass
class DayRow:
    """A day of the month table."""

    on: dt.date
    is_due: bool
    figures: dict[str, HeadcountReport] = field(default_factory=dict)
    last_year: int | None = None

    @property
    def is_missing(self) -> bool:
        return self.is_due and not self.figures

    @property
    def total(self) -> int | None:
        """What had entered by closing time; None while that was not reported."""
        closing = self.figures.get(CLOSING)
        return closing.entered if closing else None

    @property
    def is_without_closing(self) -> bool:
        return self.is_due and bool(self.figures) and self.total is None

    @property
    def change(self) -> str:
        """`+12.5%` against the year before; empty when one of the two is not known."""
        if self.total is None or not self.last_year:
            return ""
        return f"{100 * (self.total - self.last_year) / self.last_year:+.1f}%"


@dataclass
class MonthTable:
    """A desk's month: a row per day, a column per report time."""

    point: ServicePoint | None
    month: dt.date
    slots: list[str]
    days: list[DayRow]

    @property
    def missing(self) -> list[int]:
        return [row.on.day for row in self.days if row.is_missing]

    @property
    def without_closing(self) -> list[int]:
        return [row.on.day for row in self.days if row.is_without_closing]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.without_closing

    @property
    def total(self) -> int:
        return sum(row.total or 0 for row in self.days)

    @property
    def last_year(self) -> int | None:
        """The same days a year before; None when nothing is known of them."""
        known = [row.last_year for row in self.days if row.last_year is not None and row.is_due]
        return sum(known) if known else None

    @property
    def in_both_years(self) -> list[tuple[int, int]]:
        """Total and that of the year before, of the days that know both."""
        return [(row.total, row.last_year) for row in self.days if row.total is not None and row.last_year]

    @property
    def compared(self) -> str:
        """The change over those days that are known in both years."""
        both = self.in_both_years
        before = sum(last for _, last in both)
        return f"{100 * (sum(now for now, _ in both) - before) / before:+.1f}%" if before else "—"

    @property
    def said(self) -> str:
        """Which days are missing, which are not counted and why, what the change rests on."""
        due = [row.on.day for row in self.days if row.is_due]
        if not due:
            return "本月还没有数。"
        rest = [f"{_days(list(range(1, due[0])))}尚未启用报送。"] if due[0] > 1 else []
        rest += [f"{due[-1] + 1}日起还没有到。"] if due[-1] < len(self.days) else []
        whole = "本月各日齐全。" if not rest else f"{due[0]}日至{due[-1]}日齐全。"
        holes = [f"缺报 {_days(self.missing)}。"] if self.missing else []
        holes += [f"没有闭园数 {_days(self.without_closing)}。"] if self.without_closing else []
        both = len(self.in_both_years)
        change = f"增减按两年都有数的 {both} 天计算。" if 0 < both < len(self.days) else ""
        return ("不完整:" + "".join(holes) if holes else whole) + "".join(rest) + change


def _days(numbers: list[int]) -> str:
    """`3日、5日`, a whole run as `1日至19日`."""
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}日至{numbers[-1]}日"
    return "、".join(f"{number}日" for number in numbers)


def month_table(point: ServicePoint | None, month: dt.date, rows: Iterable[HeadcountReport]) -> MonthTable:
    """The table of a desk's month from its figures in force."""
    began = _began(point)
    today = timezone.localdate()
    days = {on: DayRow(on, is_due=began is not None and began <= on < today) for on in month_of(month).days()}
    order: dict[str, dt.time] = {}
    for row in rows:
        days[row.on].figures[row.slot] = row
        days[row.on].is_due = True
        order.setdefault(row.slot, timezone.localtime(row.due_at).time())
    _fill_last_year(point, days)
    slots = sorted((slot for slot in order if slot != CLOSING), key=lambda slot: order[slot])
    return MonthTable(point, month, [*slots, CLOSING], list(days.values()))


def _began(point: ServicePoint | None) -> dt.date | None:
    """The first day of which the desk has figures of its own: before it nothing is missing."""
    rows = HeadcountReport.objects.filter(service_point=point, day__isnull=False)
    return rows.order_by("on").values_list("on", flat=True).first()


def _fill_last_year(point: ServicePoint | None, days: dict[dt.date, DayRow]) -> None:
    before = {on: year_before(on) for on in days}
    rows = HeadcountReport.objects.standing().between(min(before.values()), max(before.values()))
    known = dict(rows.filter(service_point=point, slot=CLOSING).values_list("on", "entered"))
    for on, row in days.items():
        row.last_year = known.get(before[on])
