"""A calendar month of the desk: its days, and its moments in the desk's own time."""

import calendar
import datetime as dt
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True, order=True)
class Month:
    """A month, known by its first day."""

    first: dt.date

    @classmethod
    def of(cls, day: dt.date | dt.datetime) -> "Month":
        """The month of a day; of a moment in the desk's time."""
        on = timezone.localdate(day) if isinstance(day, dt.datetime) else day
        return cls(on.replace(day=1))

    @classmethod
    def parse(cls, code: str) -> "Month":
        """`2026-10`. Raises ValueError for anything else."""
        return cls(dt.datetime.strptime(code, "%Y-%m").date())

    @classmethod
    def running(cls) -> "Month":
        return cls.of(timezone.localdate())

    @property
    def last(self) -> dt.date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def days(self) -> list[dt.date]:
        return [self.first.replace(day=day) for day in range(1, self.last.day + 1)]

    @property
    def begins_at(self) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.first, dt.time()))

    @property
    def ends_at(self) -> dt.datetime:
        """Midnight after its last day."""
        return timezone.make_aware(dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time()))

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def previous(self) -> "Month":
        return Month.of(self.first - dt.timedelta(days=1))

    @property
    def is_over(self) -> bool:
        return self.last < timezone.localdate()

    def __str__(self) -> str:
        return f"{self.first.year}年{self.first.month}月"
