"""Who is on which shift, and who came: on time, late, absent."""

import datetime as dt

import pytest

from dutylog.choices import DayState, Presence
from dutylog.errors.days import AlreadyCame, DayLocked, NotYourSignIn, PersonOfAnotherDesk, TooEarlyToComeIn
from dutylog.models import DutyDay, ShiftPost
from dutylog.services.days import duty_day
from dutylog.services.roster import is_overdue, note_absence, on_duty_now, set_roster, sign_in_to_shift
from servicedesk.errors import ReasonNeeded
from tests.dutylog.conftest import TODAY


@pytest.mark.parametrize(("at", "presence"), [("07:20", Presence.PRESENT), ("07:30", Presence.PRESENT),
                                              ("07:31", Presence.LATE), ("09:00", Presence.LATE)])
def test_half_an_hour_before_the_shift_is_on_time_and_a_minute_later_is_late(post, clock, moment, clerk, at, presence):
    clock.move_to(moment(at))
    assert sign_in_to_shift(post, by=clerk).presence == presence
    assert ShiftPost.objects.get().came_at == moment(at)


def test_nobody_signs_in_twice_nor_hours_before(post, clock, moment, clerk):
    clock.move_to(moment("04:29"))
    with pytest.raises(TooEarlyToComeIn, match="04:30"):
        sign_in_to_shift(post, by=clerk)
    clock.move_to(moment("07:25"))
    sign_in_to_shift(post, by=clerk)
    with pytest.raises(AlreadyCame, match="07:25"):
        sign_in_to_shift(post, by=clerk)


def test_a_colleague_does_not_sign_in_for_another_but_the_supervisor_does(post, second_clerk, supervisor):
    with pytest.raises(NotYourSignIn):
        sign_in_to_shift(post, by=second_clerk)
    assert sign_in_to_shift(post, by=supervisor).came_at is not None
    assert ShiftPost.history.first().history_user == supervisor


def test_an_absence_has_a_reason_and_ends_when_the_person_comes(post, supervisor, clerk):
    with pytest.raises(ReasonNeeded):
        note_absence(post, " ", by=supervisor)
    assert note_absence(post, "病假", by=supervisor).presence == Presence.ABSENT
    assert sign_in_to_shift(post, by=clerk).presence == Presence.LATE
    with pytest.raises(AlreadyCame):
        note_absence(post, "病假", by=supervisor)


def test_who_should_be_here_is_overdue_after_the_minute(post, moment):
    assert not is_overdue(post, moment("07:30"))
    assert is_overdue(post, moment("07:31"))


def test_the_roster_is_exactly_the_people_chosen_the_first_of_them_leading(early, clerk, second_clerk, supervisor):
    set_roster(early, [clerk, second_clerk], by=supervisor)
    posts = set_roster(early, [second_clerk, clerk], by=supervisor)
    assert [(p.person.name, p.is_lead) for p in posts] == [("李娜", True), ("王芳", False)]
    assert [p.person.name for p in set_roster(early, [clerk], by=supervisor)] == ["王芳"]


def test_who_has_signed_in_is_not_taken_off(post, early, clerk, second_clerk, supervisor):
    sign_in_to_shift(post, by=clerk)
    with pytest.raises(AlreadyCame, match="王芳"):
        set_roster(early, [second_clerk], by=supervisor)
    assert early.posts.get().person == clerk


def test_people_of_another_desk_are_not_put_on(early, outsider, supervisor):
    with pytest.raises(PersonOfAnotherDesk, match="赵强"):
        set_roster(early, [outsider], by=supervisor)


def test_a_closed_sheet_has_a_fixed_roster(post, early, day, clerk, supervisor):
    DutyDay.objects.filter(pk=day.pk).update(state=DayState.CLOSED)
    early.refresh_from_db()
    for act in (lambda: set_roster(early, [], by=supervisor), lambda: sign_in_to_shift(post, by=clerk),
                lambda: note_absence(post, "病假", by=supervisor)):
        with pytest.raises(DayLocked):
            act()


def test_the_roster_of_the_same_weekday_is_proposed_without_who_has_left(
    early, late, clerk, second_clerk, supervisor, point
):
    set_roster(early, [second_clerk, clerk], by=supervisor)
    set_roster(late, [clerk], by=supervisor)
    clerk.service_points.clear()
    next_week = duty_day(TODAY + dt.timedelta(days=7), point, by=supervisor)
    posts = ShiftPost.objects.filter(shift__day=next_week)
    assert [(p.shift.kind, p.person.name, p.presence) for p in posts] == [("early", "李娜", Presence.EXPECTED)]
    assert not duty_day(TODAY + dt.timedelta(days=6), point, by=supervisor).shifts.filter(posts__isnull=False).exists()


def test_who_came_is_on_duty_else_who_is_planned(early, clerk, second_clerk, supervisor, point, moment):
    first, _ = set_roster(early, [clerk, second_clerk], by=supervisor)
    assert [p.name for p in on_duty_now(point, moment("09:00"))] == ["王芳", "李娜"]
    sign_in_to_shift(first, by=clerk)
    assert [p.name for p in on_duty_now(point, moment("09:00"))] == ["王芳"]
    assert on_duty_now(point, moment("14:00")) == []
