"""The official calendar of holidays and working Sundays, as `chinesecalendar` knows it: the seed of the desk's own."""

import datetime as dt
from collections.abc import Iterator

from chinese_calendar import constants

from dutylog.choices import CalendarMark

LONGEST_NAME = 30
NAMES = {holiday.value: holiday.chinese for holiday in constants.Holiday}


def official_days() -> Iterator[tuple[dt.date, str, str]]:
    """Date, mark and name of each day that is not what its weekday says, or is a holiday by name."""
    for day, name in constants.holidays.items():
        yield day, CalendarMark.REST.value, NAMES.get(name, name)[:LONGEST_NAME]
    for day, name in constants.workdays.items():
        yield day, CalendarMark.WORK.value, NAMES.get(name, name)[:LONGEST_NAME]
