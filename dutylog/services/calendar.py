"""What kind of day a date is, by the desk's own table."""

import datetime as dt
from dataclasses import dataclass

from dutylog.choices import CalendarMark, DayKind
from dutylog.models import CalendarDay

SATURDAY = 5
# Festivals that stand in the law with their date: known before any notice of the year.
FIXED_HOLIDAYS = {
    (1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节",
}


@dataclass(frozen=True)
class KindOfDay:
    """`is_provisional`: the table knows nothing of that year; the weekday and the fixed festivals decided."""

    kind: DayKind
    name: str = ""
    is_provisional: bool = False


def kind_of_day(on: dt.date) -> KindOfDay:
    """平日, 周末, 节假日 or 调休上班.

    A year without rows is taken by its weekdays and the festivals of the law, and said to be 暂定.
    """
    row = CalendarDay.objects.filter(date=on).first()
    is_weekend = on.weekday() >= SATURDAY
    if row is not None and row.mark == CalendarMark.WORK:
        return KindOfDay(DayKind.SHIFTED if is_weekend else DayKind.WORKDAY, row.name)
    if row is not None:
        return KindOfDay(DayKind.HOLIDAY if row.name else DayKind.WEEKEND, row.name)
    is_provisional = not CalendarDay.objects.filter(date__year=on.year).exists()
    if festival := FIXED_HOLIDAYS.get((on.month, on.day)):
        return KindOfDay(DayKind.HOLIDAY, festival, is_provisional)
    return KindOfDay(DayKind.WEEKEND if is_weekend else DayKind.WORKDAY, is_provisional=is_provisional)


def fixed_holidays(year: int) -> list[tuple[dt.date, str]]:
    """The festivals of a year that are known without a notice."""
    return [(dt.date(year, month, day), name) for (month, day), name in FIXED_HOLIDAYS.items()]
