"""通报链: who is told next, by when, what counts as an answer, and which lines are late."""

import datetime as dt

import pytest

from dutylog.choices import EntryCategory, NoticeRole
from dutylog.errors.entries import AlreadyNoted, AnsweredBeforeTold, HappensInFuture, TextNeeded
from dutylog.models import LogEntry, NoticeStep
from dutylog.services.chain import (
    StepFacts,
    late_lines,
    next_step,
    note_answer,
    note_arrival,
    steps_of,
    tell_step,
    who_is,
)
from dutylog.services.days import edit_day
from dutylog.services.roster import set_roster
from servicedesk.choices import Role
from servicedesk.models import Message


@pytest.fixture
def complaint(write) -> LogEntry:
    """A complaint of 10:20, written at 10:30."""
    return write("排队过久", category=EntryCategory.COMPLAINT)


@pytest.fixture
def told(complaint, supervisor, clerk, moment):
    """Tell a step of the complaint: `told("supervisor", "10:31")`."""

    def tell(role=NoticeRole.SUPERVISOR, at="10:30", person=supervisor, **more) -> NoticeStep:
        facts = StepFacts(role=role, channel="phone", told_at=moment(at), person=person, **more)
        return tell_step(complaint, facts, by=clerk, sentence="投诉请应答", url="/duty/log/1/")

    return tell


def due(entry, now, *, is_required=True):
    return next_step(entry.entered_at, steps_of([entry]).get(entry.pk, []), is_required=is_required, now=now)


@pytest.mark.parametrize(("at", "is_late"), [("10:35", False), ("10:36", True)])
def test_the_supervisor_is_told_first_and_soon(complaint, moment, at, is_late):
    found = due(complaint, moment(at))
    assert (found.role, found.due_at, found.is_late) == (NoticeRole.SUPERVISOR, moment("10:35"), is_late)
    assert found.sentence == ("应在 10:35 前通报督导,已超时" if is_late else "请马上通报督导,最迟 10:35")


def test_an_ordinary_line_needs_nobody_until_somebody_is_told(complaint, told, moment):
    assert due(complaint, moment("12:00"), is_required=False) is None
    told()
    assert due(complaint, moment("10:31"), is_required=False).role == NoticeRole.SECTION_HEAD


def test_without_an_answer_the_next_in_the_order_is_due_after_fifteen_minutes(complaint, told, clock, moment):
    told()
    found = due(complaint, moment("10:46"))
    assert (found.role, found.due_at, found.is_late) == (NoticeRole.SECTION_HEAD, moment("10:45"), True)
    assert found.sentence == "应在 10:45 前通报部室负责人,已超时"
    clock.move_to(moment("11:40"))
    for role, at in ((NoticeRole.SECTION_HEAD, "10:46"), (NoticeRole.MANAGER, "11:02")):
        told(role, at)
    assert (due(complaint, moment("11:10")).role, due(complaint, moment("11:10")).is_late) == (
        NoticeRole.DUTY_MANAGER, False
    )
    told(NoticeRole.DUTY_MANAGER, "11:20")
    assert due(complaint, moment("12:00")) is None


def test_an_answer_stops_the_clock_and_a_message_that_was_read_does_not(
    complaint, told, supervisor, clock, moment, clerk
):
    step = told()
    Message.objects.filter(person=supervisor).update(read_at=moment("10:31"))
    assert due(complaint, moment("11:00")).is_late
    clock.move_to(moment("11:00"))
    note_answer(step, moment("10:59"), by=clerk)
    assert due(complaint, moment("12:00")) is None


def test_who_is_told_finds_it_in_the_inbox_and_who_tells_oneself_does_not(told, supervisor, clerk):
    told()
    message = Message.objects.get()
    assert (message.person, message.sentence, message.is_urgent) == (supervisor, "投诉请应答", True)
    told(NoticeRole.OTHER, person=clerk)
    assert Message.objects.count() == 1


def test_somebody_outside_the_house_is_told_by_name_and_nobody_is_nobody(told):
    assert told(NoticeRole.OTHER, person=None, person_name="急救中心").person_name == "急救中心"
    with pytest.raises(TextNeeded, match="通报给谁"):
        told(NoticeRole.OTHER, person=None, person_name=" ")


def test_times_of_a_step_are_possible_and_noted_once(told, clock, moment, clerk):
    with pytest.raises(HappensInFuture):
        told(at="10:32")
    step = told()
    with pytest.raises(AnsweredBeforeTold, match="10:30"):
        note_answer(step, moment("10:29"), by=clerk)
    clock.move_to(moment("10:40"))
    arrived = note_arrival(step, moment("10:39"), by=clerk)
    assert (arrived.answered_at, arrived.arrived_at) == (moment("10:39"), moment("10:39"))
    with pytest.raises(AlreadyNoted, match="10:39"):
        note_answer(step, moment("10:40"), by=clerk)
    with pytest.raises(HappensInFuture):
        note_arrival(told(NoticeRole.MANAGER), moment("10:50"), by=clerk)


def test_the_person_of_a_step_is_who_is_on_duty_now(day, early, make_person, supervisor, manager, duty_manager, clerk):
    other = make_person("1300", "徐岩", Role.SUPERVISOR)
    assert who_is(NoticeRole.SUPERVISOR, day) == other
    set_roster(early, [supervisor], by=manager)
    assert who_is(NoticeRole.SUPERVISOR, day) == supervisor
    assert who_is(NoticeRole.MANAGER, day) == manager
    edit_day(day, by=clerk, duty_manager=other)
    assert who_is(NoticeRole.DUTY_MANAGER, day) == other
    assert who_is(NoticeRole.OTHER, day) is None


def test_late_lines_are_found_with_the_same_queries_for_one_and_three(
    write, complaint, moment, django_assert_max_num_queries
):
    write("游客摔倒", category=EntryCategory.ACCIDENT)
    write("询问", category=EntryCategory.ENQUIRY)
    rows = LogEntry.objects.select_related("day")
    with django_assert_max_num_queries(4):
        found = late_lines(rows, moment("10:41"))
    assert sorted(entry.text for entry, _ in found) == ["排队过久", "游客摔倒"]
    assert late_lines(rows, moment("10:35")) == []


def test_a_struck_line_is_late_no_more(complaint, moment):
    LogEntry.objects.filter(pk=complaint.pk).update(struck_at=moment("10:31"))
    assert late_lines(LogEntry.objects.select_related("day"), moment("10:31") + dt.timedelta(hours=2)) == []
