"""Weeks from Monday to Sunday and calendar months, by which figures are counted. A day is one of the desk's time."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

# Further days cannot be reckoned with in every time zone, and nothing happened on them.
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2199, 12, 31)
WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Period:
    """A week or a month, by its first day."""

    first: dt.date
    is_week: bool = False

    @property
    def after(self) -> dt.date:
        """The first day of the next one."""
        return self.first + WEEK if self.is_week else (self.first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)

    @property
    def last(self) -> dt.date:
        return self.after - dt.timedelta(days=1)

    @property
    def begins(self) -> dt.datetime:
        return midnight(self.first)

    @property
    def ends(self) -> dt.datetime:
        """The moment that no longer belongs to it."""
        return midnight(self.after)

    @property
    def before(self) -> "Period":
        return week_of(self.first - WEEK) if self.is_week else month_of(self.first - dt.timedelta(days=1))

    @property
    def following(self) -> "Period":
        return Period(self.after, self.is_week)

    @property
    def key(self) -> str:
        """`2026-W48`, `2026-11`: as addresses and papers name it."""
        return f"{self.first:%G-W%V}" if self.is_week else f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        if self.is_week:
            return f"{self.first:%G}年第{int(f'{self.first:%V}')}周({self.first:%m-%d} 至 {self.last:%m-%d})"
        return f"{self.first.year}年{self.first.month}月"

    @property
    def word(self) -> str:
        return "周" if self.is_week else "月"

    def days(self) -> list[dt.date]:
        return [self.first + dt.timedelta(days=n) for n in range((self.after - self.first).days)]

    def is_over(self, now: dt.datetime) -> bool:
        return now >= self.ends


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def month_of(day: dt.date) -> Period:
    return Period(day.replace(day=1))


def week_of(day: dt.date) -> Period:
    return Period(day - dt.timedelta(days=day.weekday()), is_week=True)


def read_period(text: str) -> Period | None:
    """The week or month that `key` wrote; None for anything else, and for days out of reach."""
    try:
        if "W" in text:
            found = Period(dt.datetime.strptime(f"{text}-1", "%G-W%V-%u").date(), is_week=True)
        else:
            found = Period(dt.datetime.strptime(text, "%Y-%m").date())
    except ValueError:
        return None
    # The one before and the one after are reckoned with too.
    return found if FIRST_DAY < found.first < LAST_DAY.replace(day=1) else None
