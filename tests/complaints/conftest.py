"""Complaints that the tests of this folder ask for. They play on a Tuesday at 10:30, the desk's day open."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from complaints.models import Compensation, Complaint
from complaints.services.compensation_approvals import approve_compensation
from complaints.services.compensation_payments import PaymentFacts, pay_compensation
from complaints.services.compensations import CompensationFacts, draft_compensation, submit_compensation
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import accept_complaint, begin_complaint, register_complaint
from complaints.services.rounds import await_callback, pass_callback
from complaints.services.solutions import accept_solution, offer_solution
from dutylog.models import DutyDay
from dutylog.services.days import duty_day
from servicedesk.services import preferences

TODAY = dt.date(2026, 11, 24)
PHONE = "13812341234"


def local(clock: str, on: dt.date = TODAY) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, dt.time.fromisoformat(clock)))


@pytest.fixture
def moment():
    return local


@pytest.fixture
def clock():
    """The program's clock: `clock.move_to(moment("14:00"))`."""
    with time_machine.travel(local("10:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def day(clock, point, clerk) -> DutyDay:
    return duty_day(TODAY, point, by=clerk)


@pytest.fixture
def choose(db, manager):
    def set_value(key: str, value) -> None:
        preferences.choose(key, value, manager, "试验")

    return set_value


@pytest.fixture
def facts(clock, zone):
    """A complaint as typed: `facts(channel="12345", outside_number="A1")`."""

    def make(**more) -> ComplaintFacts:
        known = {
            "occurred_at": local("10:00"), "received_at": local("10:20"), "zone": zone, "category": "服务态度",
            "words": "检票口没有人理我们", "is_reachable": True, "visitor_name": "杨明静", "phone": PHONE, **more,
        }
        return ComplaintFacts(**known)

    return make


@pytest.fixture
def hear(facts, day, clerk, point):
    """Register one: `hear(severity="major", major_reasons=("人身伤害",))`."""

    def make(*, by=clerk, at=point, **more) -> Complaint:
        return register_complaint(facts(**more), by=by, point=at)

    return make


@pytest.fixture
def handling(hear, supervisor) -> Complaint:
    """Accepted, and being handled."""
    return begin_complaint(accept_complaint(hear(), by=supervisor), by=supervisor)


@pytest.fixture
def offered(handling, clerk) -> Complaint:
    """A solution was told to the visitor, which is the first reply too."""
    return offer_solution(handling, "退还票款并致歉", by=clerk)


@pytest.fixture
def solved(offered, clerk) -> Complaint:
    return accept_solution(offered, "已退票款", by=clerk)


@pytest.fixture
def called(solved, supervisor) -> Complaint:
    return pass_callback(await_callback(solved, by=supervisor), "电话回访:满意", by=supervisor)


@pytest.fixture
def ask(handling, clerk):
    """A request at a case that is being handled: `ask("150")`, `ask("150", at=other_case, by=supervisor)`."""

    def make(amount="150", *, at=None, by=clerk, is_submitted=True, **more) -> Compensation:
        known = {"reason": "缆车停运退差价", "payee_name": "杨明静", **more}
        made = draft_compensation(
            at or handling, CompensationFacts(amount=Decimal(amount), **known), by=by
        )
        return submit_compensation(made, by=by) if is_submitted else made

    return make


@pytest.fixture
def approved(ask, supervisor) -> Compensation:
    return approve_compensation(ask(), "", by=supervisor)


@pytest.fixture
def paid(approved, second_clerk) -> Compensation:
    return pay_compensation(approved, PaymentFacts(way="transfer", voucher="HD-1"), by=second_clerk)
