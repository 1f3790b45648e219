"""The desk's own term and the legal one: month ends, leap years, midnight in Shanghai."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from lostfound.choices import TermKind
from lostfound.models import ItemCategory
from lostfound.services.clocks import desk_due_on, legal_due_on, months_later
from servicedesk.services import preferences

SHANGHAI = ZoneInfo("Asia/Shanghai")


def kept(kind: str, number: int = 0) -> ItemCategory:
    return ItemCategory(term_kind=kind, term_number=number)


def local(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("kind", "number", "due"), [
    (TermKind.SAME_DAY, 0, dt.date(2026, 11, 22)),
    (TermKind.HOURS, 72, dt.date(2026, 11, 25)),
    (TermKind.DAYS, 7, dt.date(2026, 11, 29)),
    (TermKind.DAYS, 30, dt.date(2026, 12, 22)),
    (TermKind.MONTH_END, 0, dt.date(2026, 11, 30)),
    (TermKind.NONE, 0, None),
])
def test_each_kind_of_term_has_its_last_day(kind, number, due):
    assert desk_due_on(kept(kind, number), local(2026, 11, 22, 10, 20)) == due


@pytest.mark.parametrize(("handed_in", "due"), [
    (local(2026, 2, 3, 9), dt.date(2026, 2, 28)),
    (local(2028, 2, 3, 9), dt.date(2028, 2, 29)),
    (local(2026, 12, 31, 23, 59), dt.date(2026, 12, 31)),
    (local(2026, 4, 30, 8), dt.date(2026, 4, 30)),
])
def test_month_end_is_the_last_day_of_the_month_of_the_find(handed_in, due):
    assert desk_due_on(kept(TermKind.MONTH_END), handed_in) == due


def test_the_day_is_that_of_shanghai_not_of_utc():
    before_midnight_utc = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)  # 00:30 on 1 December here
    assert desk_due_on(kept(TermKind.SAME_DAY), before_midnight_utc) == dt.date(2026, 12, 1)
    assert desk_due_on(kept(TermKind.MONTH_END), before_midnight_utc) == dt.date(2026, 12, 31)
    assert desk_due_on(kept(TermKind.DAYS, 1), before_midnight_utc) == dt.date(2026, 12, 2)


def test_hours_run_over_midnight():
    assert desk_due_on(kept(TermKind.HOURS, 2), local(2026, 11, 22, 23, 10)) == dt.date(2026, 11, 23)


@pytest.mark.parametrize(("day", "months", "later"), [
    (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
    (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
    (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
    (dt.date(2026, 12, 15), 1, dt.date(2027, 1, 15)),
    (dt.date(2026, 11, 22), 12, dt.date(2027, 11, 22)),
])
def test_months_later_keeps_the_day_or_the_last_of_the_month(day, months, later):
    assert months_later(day, months) == later


def test_the_legal_term_counts_from_the_notice_by_the_setting(manager):
    announced = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
    assert legal_due_on(announced) == dt.date(2027, 12, 1)
    preferences.choose("lostfound.legal_months", 6, manager)
    assert legal_due_on(announced) == dt.date(2027, 6, 1)
