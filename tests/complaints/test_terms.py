"""The clocks of a case: to the minute, gross and net, whatever a job did."""

import datetime as dt

import pytest

from complaints.models import Complaint
from complaints.services.escalations import escalate, escalate_all, owed_by
from complaints.services.pauses import go_on, wait_for_visitor
from complaints.services.solutions import offer_solution, reply_first
from complaints.services.terms import clocks_of, outside_term, reply_term, solution_term, stood_for
from dutylog.services.chain import note_answer, steps_of
from servicedesk.models import Message

TUESDAY, WEDNESDAY, FRIDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 25), dt.date(2026, 11, 27)
ROWS = [
    ("2026-02-13 17:50", "02-14 17:50", "02-16 17:50", "02-24", "02-27"),
    ("2026-02-14 09:00", "02-15 09:00", "02-17 09:00", "02-25", "02-28"),
    ("2026-04-30 16:30", "05-01 16:30", "05-03 16:30", "05-07", "05-11"),
    ("2026-09-17 10:00", "09-18 10:00", "09-20 10:00", "09-20", "09-23"),
    ("2026-09-30 16:30", "10-01 16:30", "10-03 16:30", "10-09", "10-13"),
    ("2026-12-28 09:00", "12-29 09:00", "12-31 09:00", "12-30", "01-05"),
]


def told(case, now):
    return owed_by(case, steps_of([case]).get(case.pk, []), case.escalations.all(), now)


@pytest.mark.parametrize(("received", "reply", "solution", "two", "five"), ROWS)
def test_a_row_of_the_table_holds_to_the_minute(db, moment, received, reply, solution, two, five):
    day, clock = received.split()
    start = moment(clock, dt.date.fromisoformat(day))

    def said(term, form):
        return f"{term.due_at.astimezone(start.tzinfo):{form}}"

    assert said(reply_term(start), "%m-%d %H:%M") == reply
    assert said(solution_term(start), "%m-%d %H:%M") == solution
    assert said(outside_term("bureau", start), "%m-%d") == two
    assert said(outside_term("12345", start), "%m-%d") == five
    assert outside_term("12345", start).is_provisional == (five == "01-05")


def test_equal_is_on_time_and_a_minute_later_is_late(hear, clerk, moment, clock):
    case, other = hear(), hear()
    clock.move_to(moment("10:30", WEDNESDAY))
    reply_first(case, "答复", by=clerk, at=moment("10:20", WEDNESDAY))
    reply_first(other, "答复", by=clerk, at=moment("10:21", WEDNESDAY))
    assert (case.is_reply_late, other.is_reply_late) == (False, True)
    assert list(Complaint.objects.all().reply_late(moment("10:30", WEDNESDAY))) == [other]


def test_what_is_owed_is_overdue_after_its_moment_and_not_at_it(hear, moment, clock):
    case = hear()
    assert list(Complaint.objects.all().overdue(moment("10:20", WEDNESDAY))) == []
    assert list(Complaint.objects.all().overdue(moment("10:21", WEDNESDAY))) == [case]


def test_pauses_move_the_net_moment_and_leave_the_gross_one(handling, clerk, moment, clock):
    wait_for_visitor(handling, "截图", by=clerk)
    clock.move_to(moment("13:30"))
    go_on(handling, "已收到", by=clerk)
    clock.move_to(moment("11:20", FRIDAY))
    late = {c.label: (c.is_late, c.is_net_late, c.net_due_at) for c in clocks_of(
        handling, handling.pauses.all(), moment("11:20", FRIDAY)
    )}
    assert late["解决"] == (True, False, moment("13:20", FRIDAY))
    assert handling.solution_due_at == moment("10:20", FRIDAY)


def test_a_pause_counts_no_longer_than_the_cap(handling, clerk, moment, clock, choose):
    choose("complaints.pause_hours", 2)
    wait_for_visitor(handling, "截图", by=clerk)
    assert stood_for(handling.pauses.all(), moment("11:30")) == dt.timedelta(hours=1)
    assert stood_for(handling.pauses.all(), moment("18:30")) == dt.timedelta(hours=2)


def test_the_steps_of_the_reckoning_are_kept(hear):
    assert hear().reply_steps == ["11-24 10:20 起", "加 24 小时,昼夜连续计算", "到 11-25 10:20"]


def test_no_answer_in_fifteen_minutes_goes_to_the_next_who_is_there(hear, supervisor, manager, moment, clock):
    case = hear()
    clock.move_to(moment("10:45"))
    assert escalate(case) == []
    clock.move_to(moment("10:46"))
    row = escalate(case)[0]
    assert (row.trigger, row.step.person, row.due_at) == ("no_answer", manager, moment("10:45"))
    assert row.said == "部室负责人没有别人在岗,已跳过"
    assert escalate(case) == []


def test_only_an_answer_ends_the_waiting(hear, supervisor, manager, moment, clock):
    case = hear()
    Message.objects.update(read_at=moment("10:31"))
    clock.move_to(moment("10:50"))
    assert [each.trigger for each in told(case, moment("10:50"))] == ["no_answer"]
    note_answer(steps_of([case])[case.pk][0], moment("10:50"), by=supervisor)
    assert told(case, moment("10:51")) == []


@pytest.mark.parametrize(("clock_at", "on", "triggers"), [
    ("22:20", TUESDAY, []), ("22:21", TUESDAY, ["reply_half"]), ("04:21", WEDNESDAY, ["reply_half", "reply_later"]),
    ("10:21", WEDNESDAY, ["reply_half", "reply_later", "reply_over"]),
])
def test_shares_of_the_first_reply_are_due_after_their_moment(hear, supervisor, moment, clock_at, on, triggers):
    case = hear()
    note_answer(steps_of([case])[case.pk][0], moment("10:30"), by=supervisor)
    assert [each.trigger for each in told(case, moment(clock_at, on))] == triggers


def test_a_case_that_is_answered_owes_only_its_solution(handling, clerk, supervisor, moment, clock):
    note_answer(steps_of([handling])[handling.pk][0], moment("10:30"), by=supervisor)
    offer_solution(handling, "退款", by=clerk)
    assert [e.trigger for e in told(handling, moment("16:21", dt.date(2026, 11, 26)))] == ["solution_later"]
    assert [e.trigger for e in told(handling, moment("10:21", FRIDAY))] == ["solution_later", "solution_over"]


def test_a_day_without_the_job_is_made_up_in_one_step_and_said(hear, supervisor, manager, duty_manager, moment, clock):
    case = hear()
    note_answer(steps_of([case])[case.pk][0], moment("10:30"), by=supervisor)
    clock.move_to(moment("12:00", WEDNESDAY))
    rows = {row.trigger: row for row in escalate(case)}
    assert rows["reply_over"].step.person == duty_manager
    assert rows["reply_half"].said == "已过时限,直接通报值班经理,跳过部室负责人"
    assert rows["reply_later"].said == "已过时限,直接通报值班经理,跳过部门经理"
    assert [s.person for s in steps_of([case])[case.pk]] == [supervisor, duty_manager]


def test_the_job_twice_changes_nothing(hear, supervisor, manager, moment, clock):
    hear()
    clock.move_to(moment("10:50"))
    assert escalate_all() == "升级通报 1 件投诉"
    before = Message.objects.count()
    assert escalate_all() == ""
    assert Message.objects.count() == before


def test_figures_are_the_same_with_and_without_the_job(hear, clerk, moment, clock):
    case = hear()
    clock.move_to(moment("12:00", WEDNESDAY))
    before = list(Complaint.objects.all().reply_late(moment("12:00", WEDNESDAY)))
    escalate_all()
    assert list(Complaint.objects.all().reply_late(moment("12:00", WEDNESDAY))) == before == [case]
