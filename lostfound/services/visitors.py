"""游客扫码报失: a visitor tells it on an open page; one look at the desk makes a lost report of it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from lostfound.choices import PARTS_OF_DAY, VISITOR_REPORT_PREFIX, PartOfDay, ReportChannel, VisitorReportState
from lostfound.errors.visitors import NotWaiting, VisitorForgotten
from lostfound.models import LostReport, VisitorReport
from lostfound.services.report_facts import LostReportFacts
from lostfound.services.reports import register_lost_report
from lostfound.services.valuables import category_or_other
from servicedesk.errors import ReasonNeeded
from servicedesk.models import VisitorCode
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move


@dataclass(frozen=True, kw_only=True)
class VisitorReportFacts:
    """What the visitor typed."""

    owner_name: str
    phone: str
    thing: str
    zone: Any
    lost_on: dt.date
    part_of_day: str
    colour: str = ""
    features: str = ""
    last_seen: str = ""
    language: str = "zh"


@transaction.atomic
def take_visitor_report(facts: VisitorReportFacts, *, code: VisitorCode, key: uuid.UUID) -> VisitorReport:
    """Put a visitor's report into the inbox of the code's desk. The same form sent twice is one report."""
    try:
        with transaction.atomic():
            report = VisitorReport.objects.create(
                number=take_serial(VISITOR_REPORT_PREFIX, code.service_point), service_point=code.service_point,
                created_at=timezone.now(), code=code, posted_key=key, **vars(facts),
            )
            index_record(report)
            return report
    except IntegrityError:
        first = VisitorReport.objects.filter(posted_key=key).first()
        if first is None:
            raise
        return first


@transaction.atomic
def verify_visitor_report(told: VisitorReport, *, by) -> LostReport:
    """核实登记: a lost report with what the visitor said, and all that falls out of one.

    Raises:
        NotWaiting: it is registered already.
        VisitorForgotten: the purge has made it anonymous.
        SomeoneWasFaster: another desk did it this moment.
    """
    if told.state == VisitorReportState.VERIFIED:
        raise NotWaiting(number=told.number, state=told.get_state_display())
    if told.anonymised_at:
        raise VisitorForgotten(number=told.number)
    # First the state, whose old value guards it: of two desks one makes the report.
    move(told, VisitorReportState.VERIFIED, by=by, reason="核实登记", drop_reason="")
    report = register_lost_report(facts_of(told), by=by, point=told.service_point)
    amend(told, by=by, reason=f"登记为 {report.number}", report=report)
    index_record(told)
    return report


def facts_of(told: VisitorReport) -> LostReportFacts:
    """The lost report's facts; the window ends now where the part of the day is not over."""
    first, last = (_at(told.lost_on, hour) for hour in PARTS_OF_DAY[PartOfDay(told.part_of_day)])
    now = timezone.now()
    return LostReportFacts(
        channel=ReportChannel.ONLINE, owner_name=told.owner_name, phone=told.phone, thing=told.thing,
        category=category_or_other(told.thing), colour=told.colour, features=told.features,
        lost_from=min(first, now), lost_to=min(last, now), zones=[told.zone], last_seen=told.last_seen,
        note=f"游客扫码报失 {told.number}",
    )


def _at(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()) + dt.timedelta(hours=hour))


@transaction.atomic
def drop_visitor_report(told: VisitorReport, *, by, reason: str) -> VisitorReport:
    """不登记: a joke, a report sent before, a thing already fetched.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it is settled.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(
        told, VisitorReportState.DROPPED, by=by, reason=reason.strip()[:100], drop_reason=reason.strip()[:200]
    )
    return told
