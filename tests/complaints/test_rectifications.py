"""每周问题整改 of complaints: suggested by itself, made or not by one press, opened again by the next case."""

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from complaints.errors.rectifications import NoSuggestion
from complaints.errors.steps import TextNeeded
from complaints.models import Grievance, RectificationCase
from complaints.services.complaints import edit_complaint, register_complaint
from complaints.services.endings import merge_complaint, void_complaint, withdraw_complaint
from complaints.services.grievances import GrievanceFacts, register_grievance
from complaints.services.rectifications import (
    dismiss_rectification,
    make_rectification,
    suggestions,
    undecided,
)
from complaints.services.recurrences import hear_all_again
from complaints.services.upgrades import upgrade_grievance
from complaints.today import recurring
from dutylog.choices import FollowUpKind, FollowUpState
from dutylog.errors.followups import CheckerIsOwner, ClosedAlone
from dutylog.models import FollowUp
from dutylog.papers.followups import SHEET, of_week, sheet_context
from dutylog.services.followup_steps import add_progress, finish_follow_up, verify_follow_up
from dutylog.services.followups import Assignment, assign_follow_up
from servicedesk.choices import Role
from servicedesk.paper import Ledger
from servicedesk.services.printing.sheets import sheet_html
from servicedesk.services.today import answered

DAY = dt.timedelta(days=1)


@pytest.fixture
def came(facts, clerk, point, day, clock, moment):
    """A complaint that came so many days after the first day, taken down at once: `came(3, category="票务")`."""

    def hear(after=0, *, by=clerk, **more):
        now = moment("10:30") + after * DAY
        clock.move_to(now)
        told = {"occurred_at": now, "received_at": now, **more}
        return register_complaint(facts(**told), by=by, point=point)

    return hear


@pytest.fixture
def grumbled(clerk, point, day, clock, moment, zone):
    def hear(after=0, **more) -> Grievance:
        now = moment("10:40") + after * DAY
        clock.move_to(now)
        known = {"received_at": now, "category": "服务态度", "words": "没人理", "zone": zone, **more}
        return register_grievance(GrievanceFacts(**known), by=clerk, point=point)

    return hear


@pytest.fixture
def closed(came, supervisor, manager, clerk) -> FollowUp:
    """Made of three cases, mended by the clerk, closed by the manager on the third day."""
    made = make_rectification([came(after) for after in range(3)][-1].number, by=supervisor)
    assign_follow_up(made, Assignment(owner=clerk, due_on=made.due_on, checker=manager), by=supervisor)
    finish_follow_up(made, "加派引导", by=clerk)
    return verify_follow_up(made, by=manager)


def found(user) -> list[list[str]]:
    return [[case.number for case in each.cases] for each in suggestions(*undecided(user))]


def sentences(user) -> list[str]:
    return [line.sentence for line in answered(recurring(user))[0]]


@pytest.mark.parametrize(("days", "is_suggested"), [((0, 7, 14), True), ((0, 7, 15), False), ((0, 14), False)])
def test_three_of_one_category_and_place_in_fourteen_days_are_a_suggestion(came, supervisor, days, is_suggested):
    numbers = [came(after).number for after in days]
    assert found(supervisor) == ([numbers] if is_suggested else [])


def test_cases_and_days_are_settings(came, supervisor, choose):
    choose("complaints.rectify_cases", 2)
    choose("complaints.rectify_days", 3)
    numbers = [came(after).number for after in (0, 3)]
    assert found(supervisor) == [numbers]
    choose("complaints.rectify_days", 2)
    assert found(supervisor) == []


def test_another_category_or_place_is_another_problem(came, supervisor, far_zone):
    came(0)
    came(1, category="票务")
    came(2, zone=far_zone)
    assert found(supervisor) == []


def test_grievances_count_with_complaints_and_one_that_was_upgraded_once(came, grumbled, supervisor, clerk):
    first, second = came(0), grumbled(1)
    third = grumbled(2)
    assert found(supervisor) == [[first.number, second.number, third.number]]
    made = upgrade_grievance(third, by=clerk)
    assert found(supervisor) == [[first.number, second.number, made.number]]


@pytest.mark.parametrize("end", [
    lambda case, other, by: withdraw_complaint(case, "撤诉", by=by),
    lambda case, other, by: void_complaint(case, "误登", by=by),
    lambda case, other, by: merge_complaint(case, other.number, "同一游客", by=by),
])
def test_what_was_withdrawn_void_or_merged_is_no_case(came, supervisor, end):
    cases = [came(after) for after in range(3)]
    end(cases[2], cases[0], supervisor)
    assert found(supervisor) == []


def test_it_stands_on_the_start_page_of_who_decides_and_on_the_page_with_its_cases(
    as_user, came, supervisor, clerk, cashier
):
    cases = [came(after) for after in range(3)]
    assert sentences(supervisor) == ["服务态度 · 观景台:14 天内 3 件投诉抱怨,建议立整改"]
    assert sentences(clerk) == sentences(cashier) == []
    page = as_user(supervisor).get(reverse("complaints:rectification_list")).content.decode()
    assert all(case.number in page for case in cases)


def test_one_press_makes_the_follow_up_with_its_cases(as_user, came, supervisor):
    cases = [came(after) for after in range(3)]
    answer = as_user(supervisor).post(reverse("complaints:rectification_make", args=[cases[0].number]))
    made = FollowUp.objects.get()
    assert answer.url == reverse("dutylog:followup_detail", args=[made.pk])
    assert (made.kind, made.zone, made.source) == (FollowUpKind.RECTIFICATION, cases[0].zone, cases[2])
    assert made.source_text == f"投诉抱怨 3 件 {' '.join(case.number for case in cases)}"
    assert list(RectificationCase.objects.values_list("complaint", "follow_up")) == [
        (case.pk, made.pk) for case in cases
    ]
    assert cases[0].actions.filter(text=f"列入问题整改 {made}").exists()
    assert sentences(supervisor) == []
    page = as_user(supervisor).get(reverse("complaints:complaint_detail", args=[cases[0].pk])).content.decode()
    assert made.number in page


def test_a_second_press_finds_nothing_any_more(as_user, came, supervisor):
    number = [came(after) for after in range(3)][0].number
    make_rectification(number, by=supervisor)
    with pytest.raises(NoSuggestion):
        make_rectification(number, by=supervisor)
    page = as_user(supervisor).post(
        reverse("complaints:rectification_make", args=[number]), follow=True).content.decode()
    assert "已经处理过" in page
    assert FollowUp.objects.count() == 1


def test_it_is_dismissed_with_a_reason_and_comes_again_with_three_new_cases_alone(as_user, came, supervisor):
    number = [came(after) for after in range(3)][0].number
    with pytest.raises(TextNeeded):
        dismiss_rectification(number, " ", by=supervisor)
    page = reverse("complaints:rectification_dismiss", args=[number])
    assert number in as_user(supervisor).get(page).content.decode()
    as_user(supervisor).post(page, {"reason": "节庆客流"})
    assert list(RectificationCase.objects.values_list("reason", flat=True)) == ["节庆客流"] * 3
    came(3)
    came(4)
    assert found(supervisor) == []
    came(5)
    assert len(found(supervisor)[0]) == 3
    assert not FollowUp.objects.exists()


def test_a_case_of_another_desk_is_not_seen_in_a_suggestion(as_user, came, make_person, other_point):
    number = [came(after) for after in range(3)][0].number
    elsewhere = make_person("1302", "徐岩", Role.SUPERVISOR, at=other_point)
    with pytest.raises(NoSuggestion):
        make_rectification(number, by=elsewhere)
    for page in ("make", "dismiss"):
        url = reverse(f"complaints:rectification_{page}", args=[number])
        assert as_user(elsewhere).post(url, {"reason": "别处的"}).status_code == 404


def test_a_case_that_comes_while_it_runs_joins_it_and_is_named(came, grumbled, supervisor):
    made = make_rectification([came(after) for after in range(3)][0].number, by=supervisor)
    fourth = grumbled(3)
    made.refresh_from_db()
    assert fourth.rectification.follow_up == made
    assert made.source_text.startswith("投诉抱怨 4 件 TS-")
    assert made.source_text.endswith(" 等")
    assert made.updates.get().text == f"又一件:{fourth.number}"
    assert made.came_back == 0


def test_a_case_within_the_term_after_closing_opens_it_again_and_counts_the_recurrence(came, closed):
    again = came(62)
    closed.refresh_from_db()
    assert (closed.state, closed.came_back) == (FollowUpState.OPEN, 1)
    assert again.rectification.follow_up == closed
    assert f"销号后再次发生:{again.number}" in [line.text for line in closed.updates.all()]
    came(63)
    closed.refresh_from_db()
    assert closed.came_back == 1


def test_a_case_after_the_term_opens_nothing(came, closed, choose):
    came(63)
    closed.refresh_from_db()
    assert (closed.state, closed.came_back) == (FollowUpState.VERIFIED, 0)
    choose("dutylog.recurrence_days", 90)
    assert hear_all_again() == "重复问题 1 件归入整改"


def test_a_case_that_was_told_before_the_closing_is_no_recurrence(facts, closed, supervisor, point, clock, moment):
    told = moment("09:00") + 2 * DAY
    clock.move_to(moment("18:00") + 2 * DAY)
    register_complaint(facts(occurred_at=told, received_at=told), by=supervisor, point=point)
    closed.refresh_from_db()
    assert closed.came_back == 0


def test_what_is_put_under_the_category_later_is_heard_with_the_saving_and_by_the_job_once(
    came, closed, facts, supervisor, clerk
):
    case = came(5, category="票务")
    told = {"occurred_at": case.occurred_at, "received_at": case.received_at}
    edit_complaint(case, facts(category="服务态度", **told), by=clerk)
    closed.refresh_from_db()
    assert closed.came_back == 1
    other = came(6, category="票务")
    type(other).objects.filter(pk=other.pk).update(category="服务态度")
    assert hear_all_again() == "重复问题 1 件归入整改"
    assert hear_all_again() == ""
    closed.refresh_from_db()
    assert (closed.came_back, closed.cases.count()) == (1, 5)


def test_the_checker_is_not_the_owner(came, supervisor, manager):
    made = make_rectification([came(after) for after in range(3)][0].number, by=supervisor)
    with pytest.raises(CheckerIsOwner):
        assign_follow_up(made, Assignment(owner=manager, due_on=made.due_on, checker=manager), by=supervisor)
    assign_follow_up(made, Assignment(owner=manager, due_on=made.due_on), by=supervisor)
    finish_follow_up(made, "加派引导", by=manager)
    with pytest.raises(ClosedAlone):
        verify_follow_up(made, by=manager)


def test_the_weekly_sheet_shows_it_with_source_progress_and_recurrence(came, closed, clerk, moment):
    came(9)
    closed.refresh_from_db()
    add_progress(closed, "中午也派人引导", by=clerk)
    monday = dt.date(2026, 11, 30)
    rows = list(of_week(FollowUp.objects.all(), monday))
    context = sheet_context(Ledger(month=monday, week=monday, rows=rows, all_rows=rows))
    assert context["totals"]["back"] == 1
    html = sheet_html(SHEET, Ledger(month=monday, week=monday, rows=rows, all_rows=rows))
    for word in ("问题整改", "投诉抱怨 4 件 TS-20261124-001 ", "中午也派人引导", "销号后再次发生"):
        assert word in html, word


def test_what_was_decided_cannot_be_changed(came, supervisor):
    make_rectification([came(after) for after in range(3)][0].number, by=supervisor)
    for act in (lambda rows: rows.update(reason="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(RectificationCase.objects.all())


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one(came, supervisor, manager):
    number = [came(after) for after in range(3)][0].number
    gate, made = threading.Barrier(2), []

    def press(person):
        gate.wait()
        try:
            made.append(make_rectification(number, by=person).number)
        except NoSuggestion as refusal:
            made.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in (supervisor, manager)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(isinstance(each, NoSuggestion) for each in made) == [False, True]
    assert (FollowUp.objects.count(), RectificationCase.objects.count()) == (1, 3)
