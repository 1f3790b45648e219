"""Rows as they lie in the tables, and what is counted of them."""

import datetime as dt

import pytest
from django.utils import timezone

from complaints.callback_choices import CallbackSource
from complaints.choices import ComplaintState, Outcome
from complaints.models import (
    CallbackPlan,
    Compensation,
    Complaint,
)
from complaints.services.summaries import Summary, summary_of
from dutylog.choices import EnquiryDirection, EnquiryKind, FollowUpKind
from dutylog.models import Enquiry, FollowUp
from servicedesk.behind import rows_behind
from servicedesk.figures import Asked, source_of
from servicedesk.periods import Period, month_of
from tests.complaints.conftest import TODAY, local

NOVEMBER = month_of(TODAY)
HOUR = dt.timedelta(hours=1)
NINE = local("09:00")
# Its base is a number that the manager sets: nobody visited is nothing done.
PLANNED = "visits_done"


def counted(period: Period = NOVEMBER, point=None) -> Summary:
    return summary_of(Asked(period=period, now=timezone.now(), point=point))


def numbers(key: str, **more) -> tuple:
    """Hits, base and what is not judged yet."""
    now = counted(**more).line(key).now
    return now.hits, now.base, now.waiting


def solved(at: dt.datetime, **more) -> dict:
    return {"state": ComplaintState.SOLVED, "replied_at": at, "solved_at": at, "outcome": Outcome.ACCEPTED, **more}


@pytest.fixture
def case(db, point, zone, clerk):
    """A complaint as it lies in the table: `case(replied_at=…)`."""
    order = iter(range(1, 500))

    def make(received_at: dt.datetime = NINE, **more) -> Complaint:
        number = next(order)
        return Complaint.objects.create(**{
            "number": f"TS-20261124-{number:03d}", "service_point": point, "created_at": received_at,
            "created_by": clerk, "occurred_at": received_at, "received_at": received_at, "zone": zone,
            "category": "票务", "words": "排队太久", "is_reachable": True, "first_receiver": clerk, "handler": clerk,
            "reply_due_at": received_at + 24 * HOUR, "solution_due_at": received_at + 72 * HOUR, **more,
        })

    return make


@pytest.fixture
def plan(db, point, clerk):
    order = iter(range(1, 50))

    def make(**more) -> CallbackPlan:
        return CallbackPlan.objects.create(**{
            "number": f"HF-{next(order)}", "service_point": point, "created_at": NINE, "created_by": clerk,
            "source_kind": CallbackSource.COMPLAINT, "from_on": TODAY, "due_on": TODAY, **more,
        })

    return make


@pytest.fixture
def enquiry(db, point, clerk):
    order = iter(range(1, 50))

    def make(**more) -> Enquiry:
        known = {
            "number": f"ZX-{next(order)}", "service_point": point, "created_at": local("09:00"), "created_by": clerk,
            "direction": EnquiryDirection.INCOMING, "kind": EnquiryKind.PRICE, "received_at": local("09:00"), **more,
        }
        return Enquiry.objects.create(**known)

    return make


def compensation(of: Complaint, order: int, state: str, paid_at: dt.datetime | None) -> None:
    Compensation.objects.create(
        number=f"PC-{order}", service_point=of.service_point, created_at=of.created_at, created_by=of.created_by,
        complaint=of, amount="120.50", grounds="退差价", payee_name="杨明静", state=state, paid_at=paid_at,
    )


def follow_up(point, clerk, order: int, **more) -> None:
    FollowUp.objects.create(**{
        "number": f"GJ-{order}", "service_point": point, "created_at": local("09:00"), "created_by": clerk,
        "kind": FollowUpKind.RECTIFICATION, "problem": "地滑", "found_by": clerk, "due_on": TODAY, **more,
    })


def behind(key: str, part: str, period: Period = NOVEMBER, cut: str = "") -> list[int]:
    """The keys that a list shows for the address of a number."""
    source = source_of(key)
    text = f"now.{key}.{part}.{period.key}.0{f'.{cut}' if cut else ''}"
    found = rows_behind(source.model, text)
    return list(source.model.objects.filter(pk__in=found).values_list("pk", flat=True).order_by("pk"))
