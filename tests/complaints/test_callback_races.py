"""Many desks at one moment: one end of a callback, one place in the draw, one second look."""

import datetime as dt

import pytest
from django.utils import timezone

from complaints.models import CallbackAttempt, CallbackCheck, CallbackPlan, Complaint
from complaints.services.callback_checks import check_callback
from complaints.services.callback_jobs import make_missing_plans
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import accept_complaint, begin_complaint, register_complaint
from complaints.services.solutions import accept_solution, offer_solution
from servicedesk.errors import Refusal
from tests.complaints.conftest import call
from tests.complaints.test_races import DESKS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def solve(clerk, supervisor, manager, point, zone):
    def make() -> CallbackPlan:
        now = timezone.now()
        told = register_complaint(ComplaintFacts(
            occurred_at=now - dt.timedelta(minutes=40), received_at=now - dt.timedelta(minutes=30), zone=zone,
            category="票务", words="排队太久", is_reachable=True, phone="13812341234",
        ), by=clerk, point=point)
        case = begin_complaint(accept_complaint(told, by=supervisor), by=supervisor)
        accept_solution(offer_solution(case, "退票", by=clerk), "已退", by=clerk)
        return case.callbacks.get(source_kind="complaint")

    return make


def fresh(plan: CallbackPlan) -> CallbackPlan:
    return CallbackPlan.objects.get(pk=plan.pk)


def test_one_of_many_who_reach_the_visitor_at_once_ends_it(solve, clerk):
    plan = solve()
    answers = at_once(lambda: call(fresh(plan), by=clerk))
    assert sum(isinstance(answer, CallbackAttempt) for answer in answers) == 1
    assert sum(isinstance(answer, Refusal) for answer in answers) == DESKS - 1
    assert plan.attempts.count() == 1
    assert Complaint.objects.get().actions.filter(kind="callback").count() == 1


def test_callbacks_finished_at_once_get_a_place_each_and_each_is_looked_at_once(solve, clerk, supervisor):
    plans = [solve() for _ in range(DESKS)]
    waiting = iter(plans)
    at_once(lambda: call(fresh(next(waiting)), by=clerk))
    orders = CallbackPlan.objects.exclude(finished_order=None).values_list("finished_order", flat=True)
    assert sorted(orders) == list(range(1, DESKS + 1))
    at_once(lambda: check_callback(fresh(plans[0]), "call", True, "", by=supervisor))
    assert CallbackCheck.objects.count() == 1


def test_runners_that_make_what_is_missing_at_once_make_it_once(solve):
    case = solve().complaint
    Complaint.objects.filter(pk=case.pk).update(round=2)
    at_once(make_missing_plans)
    assert case.callbacks.filter(round=2, source_kind="complaint").count() == 1
