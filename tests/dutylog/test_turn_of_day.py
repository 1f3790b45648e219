"""The desk at ten to midnight: on an ordinary evening, at the end of a month, of a year, on the last of February."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from dutylog.choices import EnquiryDirection, EnquiryKind
from dutylog.papers.days import clock_of, open_items_of
from dutylog.services.accidents import AccidentFacts, register_accident
from dutylog.services.closing import close_day
from dutylog.services.days import duty_date, duty_day, duty_day_at, missing_dates
from dutylog.services.enquiries import EnquiryFacts, register_enquiry
from dutylog.services.entries import EntryFacts, write_entry
from dutylog.services.headcounts import HeadcountFacts, file_headcount
from dutylog.services.openitems import OpenItemFacts, close_open_item, items_on, open_item
from dutylog.services.quickline import read_line
from dutylog.services.shifts import freeze_shift
from dutylog.services.verifying import verify_all
from tests.dutylog.closing.conftest import explain_all
from tests.dutylog.conftest import local

EVENINGS = [dt.date(2026, 11, 24), dt.date(2026, 11, 30), dt.date(2026, 12, 31), dt.date(2027, 2, 28)]
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(params=EVENINGS, ids=str)
def evening(request, db):
    """The date, with the clock standing at 23:50 of it."""
    with time_machine.travel(local("23:50", request.param), tick=False) as traveller:
        yield request.param, traveller


def line(text, at, by, point):
    return write_entry(EntryFacts(happened_at=at, category="enquiry", text=text), by=by, point=point)


def test_what_is_written_before_midnight_is_that_days_and_bears_its_number(evening, point, clerk, zone):
    on, clock = evening
    now = local("23:50", on)
    assert line("游客询问末班车", now, clerk, point).day.on == on
    call = register_enquiry(EnquiryFacts(
        direction=EnquiryDirection.INCOMING, received_at=now, kind=EnquiryKind.PRICE, summary="团队票价格",
    ), by=clerk, point=point)
    assert call.number == f"ZX-{on:%Y%m%d}-001"
    assert call.due_at == local("16:00", on + ONE_DAY)
    accident = register_accident(AccidentFacts(
        kind="摔伤跌倒", happened_at=now, told_at=now, zone=zone, what="一名游客滑倒",
    ), by=clerk, point=point)
    assert accident.number == f"YW-{on:%Y%m%d}-001"
    report = file_headcount(duty_day(on, point, by=clerk), HeadcountFacts(slot="闭园", entered=2000), by=clerk)
    assert (report.on, report.number) == (on, f"RS-{on:%Y%m%d}-001")
    clock.move_to(local("00:05", on + ONE_DAY))
    later = line("游客询问早班车", timezone.now(), clerk, point)
    assert (later.day.on, later.day.number) == (on + ONE_DAY, f"ZB-{on + ONE_DAY:%Y%m%d}")


def test_a_clock_typed_after_midnight_is_last_evenings(evening, point, clerk):
    on, clock = evening
    clock.move_to(local("00:05", on + ONE_DAY))
    found = read_line("2355 咨询 问末班车", now=timezone.localtime(), zones=[])
    assert found.happened_at == local("23:55", on)
    assert line(found.text, found.happened_at, clerk, point).day.on == on


def test_a_day_closed_after_midnight_is_sealed_as_its_own_and_the_items_go_on_once(
    evening, point, clerk, supervisor, django_capture_on_commit_callbacks
):
    on, clock = evening
    day = duty_day(on, point, by=clerk)
    item = open_item(OpenItemFacts(text="饮水机不出热水"), by=clerk, point=point)
    clock.move_to(local("00:10", on + ONE_DAY))
    with django_capture_on_commit_callbacks(execute=True):
        closed = close_day(day, by=clerk, texts=explain_all(day))
    tomorrow = duty_day(on + ONE_DAY, point, by=clerk)
    assert [shown.number for shown, _ in open_items_of(closed)] == [item.number]
    assert list(items_on(tomorrow)) == [item]
    assert verify_all() == []
    assert missing_dates(point, on - ONE_DAY, on + ONE_DAY) == [on - ONE_DAY]


def test_the_early_hours_of_a_night_shift_are_the_evenings(evening, night, point, clerk):
    on, clock = evening
    tonight = duty_day_at(timezone.now(), point, by=clerk)[0]
    clock.move_to(local("05:50", on + ONE_DAY))
    assert duty_date(timezone.now(), point) == on
    early = line("游客敲门求助", timezone.now(), clerk, point)
    assert (early.day, clock_of(early.happened_at, on)) == (tonight, f"{on + ONE_DAY:%m-%d} 05:50")
    shift = early.shift
    freeze_shift(shift, local("05:50", on + ONE_DAY), by=clerk)
    clock.move_to(local("05:51", on + ONE_DAY))
    after = line("一分钟以后", timezone.now(), clerk, point)
    assert (after.day.on, after.shift.kind) == (on + ONE_DAY, "early")


def test_an_open_item_of_the_night_stands_on_the_evenings_sheet(evening, night, point, clerk):
    on, clock = evening
    tonight = duty_day_at(timezone.now(), point, by=clerk)[0]
    clock.move_to(local("02:00", on + ONE_DAY))
    item = open_item(OpenItemFacts(text="闸机不亮"), by=clerk, point=point)
    assert list(items_on(tonight)) == [item]
    clock.move_to(local("05:00", on + ONE_DAY))
    close_open_item(item, "已修好", by=clerk)
    clock.move_to(local("09:00", on + ONE_DAY))
    tomorrow = duty_day(on + ONE_DAY, point, by=clerk)
    assert (list(items_on(tonight)), list(items_on(tomorrow))) == ([item], [])
