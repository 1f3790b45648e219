"""Many desks at one moment: one complaint of a grievance, one handler, one notice of each level."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from complaints.errors.steps import MergeTargetEnded
from complaints.models import CaseOffer, Complaint, Escalation, Grievance
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import accept_complaint, register_complaint
from complaints.services.endings import merge_complaint
from complaints.services.escalations import escalate_all
from complaints.services.grievances import GrievanceFacts, register_grievance
from complaints.services.offers import offer_case
from complaints.services.solutions import reply_first
from complaints.services.upgrades import upgrade_grievance
from dutylog.models import NoticeStep
from servicedesk.errors import Refusal

DESKS = 6
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, times=DESKS) -> list:
    """Run `act` in threads that start together; each answers with its result or its refusal."""
    gate, answers = threading.Barrier(times), [None] * times

    def run(place):
        gate.wait()
        try:
            answers[place] = act()
        except Refusal as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.fixture
def hear(clerk, supervisor, manager, point, zone):
    def make() -> Complaint:
        now = timezone.now()
        return register_complaint(ComplaintFacts(
            occurred_at=now - dt.timedelta(minutes=40), received_at=now - dt.timedelta(minutes=30), zone=zone,
            category="票务", words="排队太久", is_reachable=False,
        ), by=clerk, point=point)

    return make


@pytest.fixture
def case(hear) -> Complaint:
    return hear()


def test_of_two_cases_that_are_merged_into_each_other_at_once_one_goes_on(hear, supervisor):
    case, other = hear(), hear()
    ways = [(case, other), (other, case)]

    def merge() -> Complaint:
        one, into = ways.pop()
        return merge_complaint(Complaint.objects.get(pk=one.pk), into.number, "同行", by=supervisor)

    answers = at_once(merge, times=2)
    assert {type(answer) for answer in answers} == {Complaint, MergeTargetEnded}
    assert Complaint.objects.filter(merged_into=None).count() == 1


def test_a_grievance_upgraded_at_once_by_many_is_one_complaint(clerk, supervisor, point, zone):
    row = register_grievance(GrievanceFacts(
        received_at=timezone.now(), category="票务", words="排队太久", zone=zone,
    ), by=clerk, point=point)
    answers = at_once(lambda: upgrade_grievance(Grievance.objects.get(pk=row.pk), by=clerk))
    assert sum(isinstance(answer, Complaint) for answer in answers) == 1
    assert Complaint.objects.count() == 1
    assert Grievance.objects.get().complaint == Complaint.objects.get()


def test_a_case_accepted_answered_and_handed_over_at_once_is_so_once(case, clerk, second_clerk, supervisor):
    def acts():
        mine = Complaint.objects.select_related("service_point", "zone", "handler").get(pk=case.pk)
        accept_complaint(mine, by=supervisor)
        return reply_first(mine, "正在核实", by=clerk)

    assert sum(isinstance(answer, Complaint) for answer in at_once(acts)) == 1
    at_once(lambda: offer_case(Complaint.objects.get(pk=case.pk), second_clerk, by=clerk))
    assert CaseOffer.objects.count() == 1
    assert case.actions.filter(text__startswith="首次答复").count() == 1


def test_runners_that_escalate_at_once_tell_each_level_once(case):
    NoticeStep.objects.update(told_at=timezone.now() - dt.timedelta(minutes=16))
    at_once(escalate_all)
    assert NoticeStep.objects.count() == 2
    assert Escalation.objects.count() == 1
