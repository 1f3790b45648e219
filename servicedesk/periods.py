"""Days, weeks from Monday to Sunday, calendar months and years, by which figures are counted and books are kept.

A day is one of the desk's time, and so is a moment: midnight is that of the desk.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

# Further days cannot be reckoned with in every time zone, and nothing happened on them.
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2199, 12, 31)
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
WEEKDAYS = "一二三四五六日"


class Span(models.TextChoices):
    """How long a period is."""

    DAY = "day", "日"
    WEEK = "week", "周"
    MONTH = "month", "月"
    YEAR = "year", "年"


@dataclass(frozen=True, order=True)
class Period:
    """A day, week, month or year, by its first day."""

    first: dt.date
    span: Span = Span.MONTH

    @property
    def is_week(self) -> bool:
        return self.span == Span.WEEK

    @property
    def after(self) -> dt.date:
        """The first day of the next one."""
        if self.span in {Span.DAY, Span.WEEK}:
            return self.first + (WEEK if self.is_week else DAY)
        if self.span == Span.YEAR:
            return self.first.replace(year=self.first.year + 1)
        return (self.first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)

    @property
    def last(self) -> dt.date:
        return self.after - DAY

    @property
    def begins(self) -> dt.datetime:
        return midnight(self.first)

    @property
    def ends(self) -> dt.datetime:
        """The moment that no longer belongs to it."""
        return midnight(self.after)

    @property
    def before(self) -> "Period":
        return period_of(self.first - DAY, self.span)

    @property
    def following(self) -> "Period":
        return Period(self.after, self.span)

    @property
    def year_before(self) -> "Period":
        """The same of the year before: of a day its date, of a week its number; what that year lacks, the last."""
        if self.is_week:
            year, number, _ = self.first.isocalendar()
            weeks = dt.date(year - 1, 12, 28).isocalendar().week
            return Period(dt.date.fromisocalendar(year - 1, min(number, weeks), 1), self.span)
        day = 28 if (self.first.month, self.first.day) == (2, 29) else self.first.day
        return Period(self.first.replace(year=self.first.year - 1, day=day), self.span)

    @property
    def key(self) -> str:
        """`2026-11-30`, `2026-W48`, `2026-11`, `2026`: as addresses and papers name it."""
        forms = {Span.DAY: "%Y-%m-%d", Span.WEEK: "%G-W%V", Span.MONTH: "%Y-%m", Span.YEAR: "%Y"}
        return f"{self.first:{forms[self.span]}}"

    @property
    def label(self) -> str:
        if self.is_week:
            return f"{self.first:%G}年第{int(f'{self.first:%V}')}周({self.first:%m-%d} 至 {self.last:%m-%d})"
        said = f"{self.first.year}年"
        if self.span == Span.YEAR:
            return said
        said += f"{self.first.month}月"
        return said if self.span == Span.MONTH else f"{said}{self.first.day}日(周{WEEKDAYS[self.first.weekday()]})"

    @property
    def short(self) -> str:
        """`11-30`, `48周`, `2026-11`, `2026`: below a chart."""
        if self.is_week:
            return f"{int(f'{self.first:%V}')}周"
        return f"{self.first:%m-%d}" if self.span == Span.DAY else self.key

    @property
    def word(self) -> str:
        return str(self.span.label)

    def __str__(self) -> str:
        return self.label

    def days(self) -> list[dt.date]:
        return [self.first + dt.timedelta(days=n) for n in range((self.after - self.first).days)]

    def parts(self) -> "list[Period]":
        """The months of a year, the days of a month or week."""
        if self.span == Span.YEAR:
            return [Period(self.first.replace(month=month)) for month in range(1, 13)]
        return [] if self.span == Span.DAY else [Period(day, Span.DAY) for day in self.days()]

    def back(self, count: int) -> "list[Period]":
        """This one and those before it, `count` in all, the oldest first."""
        found = [self]
        while len(found) < count and found[-1].before.first >= FIRST_DAY:
            found.append(found[-1].before)
        return found[::-1]

    def is_over(self, now: dt.datetime | None = None) -> bool:
        return (now or timezone.now()) >= self.ends


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def period_of(day: dt.date, span: Span) -> Period:
    """The one that a day lies in."""
    firsts = {
        Span.DAY: day, Span.WEEK: day - dt.timedelta(days=day.weekday()), Span.MONTH: day.replace(day=1),
        Span.YEAR: day.replace(month=1, day=1),
    }
    return Period(firsts[span], span)


def day_of(day: dt.date) -> Period:
    return period_of(day, Span.DAY)


def week_of(day: dt.date) -> Period:
    return period_of(day, Span.WEEK)


def month_of(day: dt.date | dt.datetime) -> Period:
    """The month of a day; of a moment in the desk's time."""
    return period_of(timezone.localdate(day) if isinstance(day, dt.datetime) else day, Span.MONTH)


def year_of(day: dt.date) -> Period:
    return period_of(day, Span.YEAR)


def running_month() -> Period:
    return month_of(timezone.localdate())


def read_period(text: str, spans: Iterable[Span] = (Span.WEEK, Span.MONTH)) -> Period | None:
    """The period of one of the `spans` that `key` wrote; None for anything else, and for days out of reach."""
    found = _read(text)
    if found is None or found.span not in spans:
        return None
    # The one before and the one after are reckoned with too.
    return found if FIRST_DAY < found.first < LAST_DAY.replace(day=1) else None


def _read(text: str) -> Period | None:
    if "W" in text:
        moment = _parsed(f"{text}-1", "%G-W%V-%u")
        return week_of(moment) if moment else None
    for span, form in ((Span.DAY, "%Y-%m-%d"), (Span.MONTH, "%Y-%m"), (Span.YEAR, "%Y")):
        day = _parsed(text, form)
        if day:
            return Period(day, span)
    return None


def _parsed(text: str, form: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, form).date()
    except ValueError:
        return None


def read_month(code: str) -> Period:
    """`2026-10`. Raises ValueError for anything else."""
    return Period(dt.datetime.strptime(code, "%Y-%m").date())
