"""Lines by hand: written once, changed within the window, struck but never gone, added to afterwards."""

import datetime as dt

import pytest

from dutylog.choices import DayState, EntryCategory
from dutylog.errors.days import DayLocked
from dutylog.errors.entries import (
    AddendumNeedsReason,
    HappensInFuture,
    LineOfRegister,
    LineStruck,
    NotYourLine,
    TextNeeded,
    TextTooLong,
    WindowOver,
)
from dutylog.models import Addendum, DutyDay, LogEntry, OpenItem
from dutylog.services.addenda import add_addendum
from dutylog.services.entries import EntryFacts, edit_entry, may_edit, record_in_log, strike_entry
from dutylog.services.figures import add_counter, counts_of
from dutylog.services.openitems import OpenItemFacts, items_on, open_item
from servicedesk.errors import EditedMeanwhile, ReasonNeeded
from servicedesk.models import Message
from servicedesk.services.search import search
from tests.dutylog.conftest import TODAY


def facts(moment, **more) -> EntryFacts:
    return EntryFacts(**{"happened_at": moment("10:20"), "category": EntryCategory.ENQUIRY, "text": "改过的话", **more})


def lock(day: DutyDay) -> None:
    DutyDay.objects.filter(pk=day.pk).update(state=DayState.CLOSED)


def test_a_line_stands_on_its_day_and_shift_with_both_times(entry, day, moment):
    assert (entry.day, entry.shift.kind, entry.is_late_entry) == (day, "early", False)
    assert (entry.happened_at, entry.entered_at) == (moment("10:20"), moment("10:30"))
    assert entry.number == "ZB-20261124 10:20"


def test_a_line_is_found_by_its_words(entry, clerk, outsider):
    assert [e.number for e in search("末班车", clerk)] == [entry.number]
    assert search("末班车", outsider) == []


@pytest.mark.parametrize(("text", "refusal"), [("  ", TextNeeded), ("长" * 4001, TextTooLong)])
def test_a_line_says_something_and_not_everything(write, text, refusal):
    with pytest.raises(refusal):
        write(text)
    assert len(write("长" * 4000).text) == 4000


def test_a_line_of_the_future_is_refused(write):
    with pytest.raises(HappensInFuture, match="11-24 10:40"):
        write(clock="10:40")


@pytest.mark.parametrize(("at", "is_late"), [("08:30", False), ("08:29", True)])
def test_a_line_written_later_than_two_hours_is_marked(write, at, is_late):
    assert write(clock=at).is_late_entry == is_late


def test_its_author_changes_a_line_for_thirty_minutes(entry, clock, moment, clerk):
    clock.move_to(moment("11:00"))
    edit_entry(entry, facts(moment), by=clerk, version=entry.version)
    assert (entry.text, entry.history.count()) == ("改过的话", 2)
    clock.move_to(moment("11:00") + dt.timedelta(seconds=1))
    assert not may_edit(entry, clerk)
    with pytest.raises(WindowOver, match="30 分钟"):
        edit_entry(entry, facts(moment, text="再改"), by=clerk)


def test_the_window_follows_the_setting(entry, clock, moment, clerk, choose):
    choose("dutylog.edit_minutes", 0)
    clock.move_to(moment("10:31"))
    with pytest.raises(WindowOver):
        edit_entry(entry, facts(moment), by=clerk)


def test_nobody_changes_anothers_line(entry, moment, second_clerk, supervisor):
    for person in (second_clerk, supervisor):
        with pytest.raises(NotYourLine, match="王芳"):
            edit_entry(entry, facts(moment), by=person)


def test_of_two_windows_of_one_author_the_second_is_told(entry, moment, clerk):
    version, stale = entry.version, LogEntry.objects.get(pk=entry.pk)
    edit_entry(entry, facts(moment), by=clerk, version=version)
    with pytest.raises(EditedMeanwhile, match="王芳"):
        edit_entry(stale, facts(moment, text="另一窗口"), by=clerk, version=version)
    assert LogEntry.objects.get(pk=entry.pk).text == "改过的话"


def test_a_line_whose_time_is_put_right_follows_into_its_shift(entry, clock, moment, clerk):
    clock.move_to(moment("10:50"))
    edit_entry(entry, facts(moment, happened_at=moment("07:40")), by=clerk)
    assert (entry.shift, entry.is_late_entry) == (None, True)


def test_a_struck_line_stays_with_name_time_and_reason_and_counts_no_more(entry, day, clerk):
    strike_entry(entry, "记错了", by=clerk)
    assert (entry.struck_by, entry.struck_reason, entry.text) == (clerk, "记错了", "游客询问末班车时间")
    assert LogEntry.objects.count() == 1
    assert [c.number for c in counts_of(day)] == [0] * 10
    with pytest.raises(LineStruck):
        strike_entry(entry, "再划", by=clerk)


def test_striking_needs_a_reason_and_after_the_window_the_supervisor(
    entry, clock, moment, clerk, supervisor, second_clerk
):
    with pytest.raises(ReasonNeeded):
        strike_entry(entry, " ", by=clerk)
    with pytest.raises(WindowOver):
        strike_entry(entry, "别人的", by=second_clerk)
    clock.move_to(moment("12:00"))
    with pytest.raises(WindowOver):
        strike_entry(entry, "晚了", by=clerk)
    assert strike_entry(entry, "重复", by=supervisor).is_struck


def test_a_registers_line_is_neither_changed_nor_struck_here(day, clerk, moment, supervisor):
    line = record_in_log(day, EntryCategory.FOUND, "拾物登记", by=clerk)
    with pytest.raises(LineOfRegister, match="ZB-20261124"):
        edit_entry(line, facts(moment), by=clerk)
    with pytest.raises(LineOfRegister):
        strike_entry(line, "误登", by=supervisor)


def test_a_closed_day_takes_addenda_and_nothing_else(entry, day, moment, clerk):
    lock(day)
    entry.refresh_from_db()
    with pytest.raises(DayLocked):
        edit_entry(entry, facts(moment), by=clerk)
    with pytest.raises(AddendumNeedsReason):
        add_addendum(day, "游客后来致电", by=clerk, entry=entry)
    addendum = add_addendum(day, "游客后来致电", by=clerk, entry=entry, reason="闭班后来电")
    assert (addendum.order, addendum.entry) == (1, entry)
    assert LogEntry.objects.get(pk=entry.pk).text == "游客询问末班车时间"


def test_addenda_are_numbered_within_the_day(day, entry, clerk, second_clerk):
    for person in (clerk, second_clerk):
        add_addendum(day, "补", by=person)
    assert list(Addendum.objects.values_list("order", flat=True)) == [1, 2]
    with pytest.raises(TextNeeded):
        add_addendum(day, " ", by=clerk)


def test_what_happens_on_a_closed_day_is_written_on_the_next_open_sheet(day, write, clock, moment):
    lock(day)
    clock.move_to(moment("19:00"))
    line = write(clock="18:50")
    assert (line.day.on, line.is_late_entry, line.shift) == (TODAY + dt.timedelta(days=1), True, None)
    assert line.happened_at == moment("18:50")
    assert LogEntry.objects.filter(day=day).count() == 0


def test_a_line_opens_an_item_whose_owner_is_told_without_names(entry, clerk, supervisor, point, moment):
    item = open_item(
        OpenItemFacts(text="等厂家回复", owner=supervisor, due_at=moment("17:00")), by=clerk, point=point, entry=entry
    )
    assert (item.number, item.entry) == ("YL-20261124-001", entry)
    told = Message.objects.get(person=supervisor).sentence
    assert told == "未结事项 YL-20261124-001 由您负责,11月24日 17:00 前办结。"
    with pytest.raises(TextNeeded):
        open_item(OpenItemFacts(text=" "), by=clerk, point=point)


def test_an_open_item_stands_on_each_day_once_until_it_is_closed(day, point, clerk, clock, moment):
    item = open_item(OpenItemFacts(text="等厂家回复"), by=clerk, point=point)
    days = [day]
    for later in (1, 2, 3, 4):
        clock.move_to(moment("09:00", TODAY + dt.timedelta(days=later)))
        days.append(DutyDay.objects.create(
            number=f"ZB-{later}", service_point=point, created_at=moment("09:00"), created_by=clerk,
            on=TODAY + dt.timedelta(days=later), day_kind="workday",
        ))
    OpenItem.objects.filter(pk=item.pk).update(
        state="closed", closed_at=moment("16:00", TODAY + dt.timedelta(days=3))
    )
    assert [[i.number for i in items_on(each)] for each in days] == [[item.number]] * 4 + [[]]


def test_a_register_without_lines_adds_to_the_figures(day, entry, monkeypatch):
    monkeypatch.setattr("dutylog.services.figures._counters", [])
    add_counter(lambda day: {"phone": 7})
    counts = {count.label: count.number for count in counts_of(day)}
    assert (counts["现场咨询"], counts["电话咨询"], len(counts)) == (1, 7, 10)
