"""Two approvers, two payers, two requests of one case at one moment."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from complaints.choices import CompensationState
from complaints.models import Compensation, CompensationApproval, Complaint
from complaints.services.compensation_approvals import approve_compensation
from complaints.services.compensation_payments import PaymentFacts, pay_compensation
from complaints.services.compensations import CompensationFacts, draft_compensation, submit_compensation
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import accept_complaint, begin_complaint, register_complaint
from servicedesk.choices import Role
from servicedesk.models import Signature, User
from tests.complaints.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(clerk, supervisor, point, zone) -> Complaint:
    now = timezone.now()
    made = register_complaint(ComplaintFacts(
        occurred_at=now - dt.timedelta(minutes=40), received_at=now - dt.timedelta(minutes=30), zone=zone,
        category="票务", words="排队太久", is_reachable=False,
    ), by=clerk, point=point)
    return begin_complaint(accept_complaint(made, by=supervisor), by=supervisor)


@pytest.fixture
def ask_in_race(case, clerk):
    def make(amount: str) -> Compensation:
        facts = CompensationFacts(amount=Decimal(amount), reason="退票", payee_name="杨明静")
        return submit_compensation(draft_compensation(case, facts, by=clerk), by=clerk)

    return make


def people(make_person, *roles: str, count: int = 6) -> list[User]:
    made = [make_person(f"9{place:03d}", f"钱{place}", roles[0]) for place in range(count)]
    for person in made:
        person.groups.set(Group.objects.filter(name__in=roles))
    return made


def taking_turns(acts: list):
    """Each thread takes another act."""
    rest = list(acts)
    return lambda: rest.pop()()


def test_approvers_at_once_take_each_step_once_and_none_of_them_two(ask_in_race, make_person):
    row = ask_in_race("500")
    both = people(make_person, Role.SUPERVISOR, Role.MANAGER)
    at_once(taking_turns([
        lambda person=person: approve_compensation(Compensation.objects.get(pk=row.pk), "", by=person)
        for person in both
    ]))
    rows = CompensationApproval.objects.all()
    assert sorted(rows.values_list("level", flat=True)) == ["manager", "supervisor"]
    assert len(set(rows.values_list("by", flat=True))) == 2
    assert Compensation.objects.get().state == CompensationState.APPROVED
    assert Signature.objects.count() == 2


def test_payers_at_once_pay_once(ask_in_race, supervisor, make_person):
    row = approve_compensation(ask_in_race("100"), "", by=supervisor)
    payers = people(make_person, Role.FINANCE)
    answers = at_once(taking_turns([
        lambda person=person: pay_compensation(
            Compensation.objects.get(pk=row.pk), PaymentFacts(way="transfer", voucher=person.staff_no), by=person
        ) for person in payers
    ]))
    assert sum(isinstance(answer, Compensation) for answer in answers) == 1
    assert row.complaint.actions.filter(text__contains="已支付").count() == 1


def test_requests_of_one_case_that_are_approved_at_once_are_judged_by_their_sum(case, ask_in_race, supervisor):
    rows = [ask_in_race("150") for _ in range(6)]
    at_once(taking_turns([
        lambda pk=row.pk: approve_compensation(Compensation.objects.get(pk=pk), "", by=supervisor) for row in rows
    ]))
    assert set(Compensation.objects.values_list("state", "level")) == {(CompensationState.PENDING, "manager")}
