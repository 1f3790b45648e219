"""What kind of day a date is, by the desk's own table."""

import datetime as dt
from dataclasses import dataclass

from dutylog.choices import CalendarMark, DayKind
from dutylog.models import CalendarDay

SATURDAY = 5


@dataclass(frozen=True)
class KindOfDay:
    """`is_provisional`: the table knows nothing of that year, the weekday alone decided."""

    kind: DayKind
    name: str = ""
    is_provisional: bool = False


def kind_of_day(on: dt.date) -> KindOfDay:
    """平日, 周末, 节假日 or 调休上班; a year without rows is taken by its weekdays, and said to be 暂定."""
    row = CalendarDay.objects.filter(date=on).first()
    is_weekend = on.weekday() >= SATURDAY
    if row is not None and row.mark == CalendarMark.WORK:
        return KindOfDay(DayKind.SHIFTED if is_weekend else DayKind.WORKDAY, row.name)
    if row is not None:
        return KindOfDay(DayKind.HOLIDAY if row.name else DayKind.WEEKEND, row.name)
    known = CalendarDay.objects.filter(date__year=on.year).exists()
    return KindOfDay(DayKind.WEEKEND if is_weekend else DayKind.WORKDAY, is_provisional=not known)
