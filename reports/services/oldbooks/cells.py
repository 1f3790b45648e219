"""What stands in a cell, as the kind of its column; or one sentence why it cannot be that."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from openpyxl.utils.datetime import from_excel

from servicedesk.oldbooks import OldColumn
from servicedesk.pinyin import normal_text

EARLIEST = dt.datetime(1990, 1, 1)
_DAY = r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_CLOCK = r"(?:[\st]*(?P<hour>\d{1,2})\s*[::时点]\s*(?:(?P<minute>\d{1,2})\s*分?)?(?:[::]\d{1,2}(?:\.\d+)?)?)?"
_MOMENT = re.compile(rf"^{_DAY}{_WEEKDAY}{_CLOCK}$")
_DIGITS = re.compile(r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})$")
_TIME = re.compile(
    r"^(?P<part>凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚)?\s*(?P<hour>\d{1,2})\s*[:时点]\s*"
    r"(?:(?P<minute>\d{1,2})分?|(?P<half>半)|整)?(?::\d{1,2}(?:\.\d+)?)?$"
)
_TIME_DIGITS = re.compile(r"^(?P<hour>\d{1,2})(?P<minute>\d{2})$")
# From when on the clock of a part of the day counts from noon. Twelve at night may be of either day: it is not read.
_TO_NOON = {"中午": 11, "下午": 12, "傍晚": 12, "晚上": 13, "晚": 13}
_PHONE = re.compile(r"^[\d+\-*/() ,,;、转]{3,60}$")
# So many of the words that a column takes are named when another one stands there.
WORDS_SAID = 6
# Days as Excel counts them, 1990 to 2099: any other number is no day.
FIRST_SERIAL, LAST_SERIAL = 32874, 73050
MINUTES_OF_DAY = 24 * 60


class WrongCell(Exception):
    """Why a cell cannot be taken over."""


def read_cell(column: OldColumn, value: Any, year: int) -> Any:
    """The value of a cell; None for an empty one. `year` is that of days without one.

    Raises:
        WrongCell: it is not what the column holds.
    """
    if value is None or value == "":
        return None
    return _READERS[column.kind](column, value, year)


def _text(column: OldColumn, value: Any, year: int) -> str:  # noqa: ARG001
    text = said(value)
    if len(text) > column.most:
        raise WrongCell(f"最多 {column.most} 字,现有 {len(text)} 字,请缩短")
    return text


def said(value: Any) -> str:
    """A value as the sheet shows it: a phone that Excel took for a number has no `.0`."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != dt.time.min else f"{value:%Y-%m-%d}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value).strip()


def _phone(column: OldColumn, value: Any, year: int) -> str:
    text = _text(column, value, year)
    if not _PHONE.match(text):
        raise WrongCell(f"“{text[:20]}”不是电话号码,请改成数字")
    return text


def _number(column: OldColumn, value: Any, year: int) -> int:  # noqa: ARG001
    number = _decimal(value)
    if number != number.to_integral_value() or not 0 <= number <= column.most:
        raise WrongCell(f"“{said(value)[:20]}”应是 0 到 {column.most} 的整数")
    return int(number)


def _money(column: OldColumn, value: Any, year: int) -> Decimal:  # noqa: ARG001
    number = _decimal(value)
    if not 0 <= number <= column.most:
        raise WrongCell(f"“{said(value)[:20]}”应是 0 到 {column.most} 的金额")
    return number.quantize(Decimal("0.01"))


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise WrongCell("应是数字")
    text = said(value).replace(",", "").replace(",", "").removeprefix("¥").removeprefix("¥").removesuffix("元")
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise WrongCell(f"“{text[:20]}”应是数字") from None
    if not number.is_finite():
        raise WrongCell(f"“{text[:20]}”应是数字")
    return number


def _choice(column: OldColumn, value: Any, year: int) -> Any:  # noqa: ARG001
    words = column.choices or {}
    text = normal_text(said(value))
    found = next((meant for word, meant in words.items() if normal_text(word) == text), None)
    if found is None:
        more = "等" if len(words) > WORDS_SAID else ""
        raise WrongCell(f"“{said(value)[:20]}”应是:{'、'.join(list(words)[:WORDS_SAID])}{more}")
    return found


def _moment(column: OldColumn, value: Any, year: int) -> dt.datetime:  # noqa: ARG001
    naive = _naive(value, year)
    if naive < EARLIEST:
        raise WrongCell(f"“{naive:%Y-%m-%d}”太早,请核对年份")
    moment = timezone.make_aware(naive)
    if moment > timezone.now():
        raise WrongCell(f"“{naive:%Y-%m-%d %H:%M}”还没有到,请核对日期和年份")
    return moment


def _naive(value: Any, year: int) -> dt.datetime:
    if isinstance(value, dt.datetime):
        # Excel keeps a time as a fraction of the day: 10:30 may come as 10:29:59.99.
        return (value.replace(tzinfo=None) + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    if isinstance(value, int | float) and not isinstance(value, bool) and FIRST_SERIAL <= value <= LAST_SERIAL:
        return _naive(from_excel(value), year)
    # 3.5 as a number is no fifth of March, 20240305 is one.
    return _written("" if isinstance(value, float) and not value.is_integer() else said(value), year)


def _written(text: str, year: int) -> dt.datetime:
    plain = normal_text(text)
    found = _DIGITS.match(plain) or _MOMENT.match(plain)
    parts = {name: int(part) for name, part in found.groupdict().items() if part} if found else {}
    try:
        return dt.datetime(**{"year": year, **parts})  # type: ignore[arg-type]
    except (ValueError, TypeError):
        raise WrongCell(f"“{text[:20]}”不是日期,请写成 2024-3-5 或 2024年3月5日") from None


def _clock(column: OldColumn, value: Any, year: int) -> dt.time:  # noqa: ARG001
    if isinstance(value, dt.time):
        value = dt.datetime.combine(EARLIEST, value)
    if isinstance(value, dt.datetime):
        return _naive(value, 0).time().replace(second=0)
    if isinstance(value, float) and 0 <= value < 1:
        # A time without its format is a fraction of the day.
        return (dt.datetime.min + dt.timedelta(minutes=round(value * MINUTES_OF_DAY) % MINUTES_OF_DAY)).time()
    return _said_clock(said(value))


def _said_clock(text: str) -> dt.time:
    plain = normal_text(text)
    found = _TIME.match(plain) or _TIME_DIGITS.match(plain)
    parts = found.groupdict() if found else {}
    hour, minute = int(parts.get("hour") or 99), int(parts.get("minute") or (30 if parts.get("half") else 0))
    if hour < _TO_NOON.get(parts.get("part") or "", 0):
        hour += 12
    try:
        return dt.time(hour, minute)
    except ValueError:
        raise WrongCell(f"“{text[:20]}”不是时间,请写成 10:20") from None


_READERS: dict[str, Callable[[OldColumn, Any, int], Any]] = {
    "text": _text, "number": _number, "money": _money, "moment": _moment, "clock": _clock, "phone": _phone,
    "choice": _choice,
}
