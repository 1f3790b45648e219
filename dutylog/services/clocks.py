"""自然时, 服务时, 工作日: when a thing is due, and the steps of the reckoning for whoever asks why.

The start is when the visitor spoke. Late is judged by the moments alone: equal is on time.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from dutylog.choices import DayKind
from dutylog.errors.clocks import NoServiceHours
from dutylog.hours import Interval, read_intervals
from dutylog.services.calendar import KindOfDay, kind_of_day
from servicedesk.services import preferences

ONE_DAY = dt.timedelta(days=1)
# A desk that opens at all has opened by then.
MOST_DAYS = 400
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Reckoning:
    """A moment with the steps that lead to it. `is_provisional`: a day of a year not announced yet counted in."""

    due_at: dt.datetime
    steps: tuple[str, ...]
    is_provisional: bool = False


def is_late(due_at: dt.datetime, done_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether it was done, or still is not, after its moment."""
    return (done_at or now) > due_at


def natural_hours(start: dt.datetime, hours: int) -> Reckoning:
    """自然时: hour after hour, night and holiday included."""
    due = start + dt.timedelta(hours=hours)
    return Reckoning(due, (f"{_said(start)} 起", f"加 {hours} 小时,昼夜连续计算", f"到 {_said(due)}"))


def service_time(start: dt.datetime, minutes: int) -> Reckoning:
    """服务时: only while the desk is open, by the hours of the settings.

    Raises:
        NoServiceHours: the settings name none.
    """
    left, steps = dt.timedelta(minutes=minutes), [f"{_said(start)} 起,共 {_span(dt.timedelta(minutes=minutes))}服务时"]
    cursor = start
    for opens, closes in _opening(start):
        begin = max(opens, cursor)
        if closes <= begin:
            continue
        taken = min(left, closes - begin)
        left, cursor = left - taken, begin + taken
        steps.append(f"{_said(begin)} 至 {_clock(begin + taken, begin)} 计 {_span(taken)}")
        if not left:
            return Reckoning(cursor, (*steps, f"到 {_said(cursor)}"))
    raise NoServiceHours


def _opening(start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The intervals in which the desk is open, from the one that still runs at `start` on."""
    first = timezone.localdate(start) - ONE_DAY
    for number in range(MOST_DAYS):
        on = first + number * ONE_DAY
        for interval in hours_on(on):
            opens, closes = interval.on(on)
            if closes > start:
                yield opens, closes


def hours_on(on: dt.date) -> list[Interval]:
    """When the desk is open on a date."""
    holiday = preferences.value("dutylog.service_hours_holiday")
    is_holiday = bool(holiday) and kind_of_day(on).kind == DayKind.HOLIDAY
    return read_intervals(holiday if is_holiday else preferences.value("dutylog.service_hours"))


def working_days(start: dt.datetime, days: int) -> Reckoning:
    """工作日 by the desk's calendar, the first being the day after the start; due by the end of the last.

    A year without a calendar counts Monday to Friday, and is said to be 暂定.
    """
    on, counted, steps, is_provisional = timezone.localdate(start), 0, [f"{_said(start)} 起,次日开始计算"], False
    while counted < days:
        on += ONE_DAY
        kind = kind_of_day(on)
        counts = kind.kind in (DayKind.WORKDAY, DayKind.SHIFTED)
        counted += counts
        is_provisional |= kind.is_provisional
        steps.append(_day_said(on, kind, counted if counts else 0))
    due = timezone.make_aware(dt.datetime.combine(on, dt.time(23, 59, 59)))
    return Reckoning(due, (*steps, f"到 {on:%Y-%m-%d} 当日为止"), is_provisional)


def _day_said(on: dt.date, kind: KindOfDay, number: int) -> str:
    what = f"第 {number} 个工作日" if number else f"{kind.name or kind.kind.label},不计"
    shifted = "(调休上班)" if kind.kind == DayKind.SHIFTED else ""
    return f"{on:%Y-%m-%d} 周{WEEKDAYS[on.weekday()]}{shifted} {what}{'(暂定)' if kind.is_provisional else ''}"


def _said(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%m-%d %H:%M}"


def _clock(moment: dt.datetime, begin: dt.datetime) -> str:
    """`18:00`; with the date where it is another one."""
    same = timezone.localdate(moment) == timezone.localdate(begin)
    return f"{timezone.localtime(moment):%H:%M}" if same else _said(moment)


def _span(length: dt.timedelta) -> str:
    """`8 小时`, `10 分钟`, `7 小时 50 分钟`."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    parts = [f"{hours} 小时"] if hours else []
    return " ".join([*parts, f"{minutes} 分钟"] if minutes or not parts else parts)
