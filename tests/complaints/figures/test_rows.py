"""Each number leads to exactly its rows."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from complaints.choices import ComplaintState, GrievanceState, Outcome, Satisfaction, Severity
from complaints.filters.complaints import ComplaintFilter
from complaints.models import (
    CallbackAttempt,
    CallbackCheck,
    Complaint,
    Grievance,
    Incident,
)
from complaints.services.summaries import every
from dutylog.choices import EnquiryDirection, FollowUpState
from dutylog.models import NoticeStep
from servicedesk.behind import words_of
from servicedesk.figures import SUMMARY, case_sources
from servicedesk.models import Department
from tests.complaints.conftest import PHONE, TODAY, local
from tests.complaints.figures.conftest import (
    HOUR,
    behind,
    compensation,
    counted,
    follow_up,
    solved,
)


@pytest.fixture
def of_everything(case, clock, enquiry, plan, point, clerk, zone, far_zone):
    """Of every figure at least one row inside, one outside, one that is not judged; another month besides."""
    now, old = timezone.now(), timezone.now() - 100 * HOUR
    tickets = Department.objects.create(name="票务部")
    incident = Incident.objects.create(number="SJ-1", service_point=point, created_at=old, created_by=clerk, zone=zone,
                                       title="停运", began_at=old)
    told = case(old, **solved(old + HOUR, satisfaction=Satisfaction.SATISFIED, phone=PHONE), severity=Severity.MAJOR,
                respondent_department=tickets, subcategory="退改签")
    unhappy = {"outcome": Outcome.FINAL, "satisfaction": Satisfaction.NOT, "phone": PHONE, "zone": far_zone}
    case(old, **solved(old + 80 * HOUR, **unhappy))
    handled = case(old, state=ComplaintState.HANDLING)
    for kind in ("complaint", "later"):
        done = plan(complaint=told, source_kind=kind, state="passed")
        missed = plan(complaint=handled, source_kind=kind, state="failed")
        plan(complaint=handled, source_kind=kind, round=2, due_on=TODAY - dt.timedelta(days=1))
        plan(complaint=case(old, **solved(old)), source_kind=kind)
    CallbackCheck.objects.create(plan=done, at=now, by=clerk, is_good=True)
    CallbackCheck.objects.create(plan=missed, at=now, by=clerk, is_good=False)
    CallbackAttempt.objects.create(plan=done, at=now, entered_at=now, by=clerk, channel="visit", outcome="reached")
    case(now - HOUR, category="安全/伤害", incident=incident)
    case(now - dt.timedelta(minutes=1), category="安全", incident=incident)
    case(old, state=ComplaintState.VOID, ended_at=old)
    step = {"role": "supervisor", "person_name": "周敏", "channel": "inbox", "told_at": old, "by": clerk}
    NoticeStep.objects.create(record=told, **step)
    case(local("09:00", dt.date(2026, 10, 3)))
    for order, state in enumerate((GrievanceState.UPGRADED, GrievanceState.SOOTHED)):
        Grievance.objects.create(number=f"BY-{order}", service_point=point, created_at=old, created_by=clerk,
                                 received_at=old, category="票务", words="排队", state=state)
    for missed in (True, False):
        enquiry(is_missed=missed, received_at=old, due_at=old + HOUR, answered_at=old + HOUR)
        enquiry(is_missed=missed, received_at=old, due_at=old + HOUR)
        enquiry(is_missed=missed, due_at=now + HOUR, direction=EnquiryDirection.ON_SITE)
    mended = {"state": FollowUpState.VERIFIED, "verified_at": now}
    follow_up(point, clerk, 1, **mended)
    follow_up(point, clerk, 2, due_on=TODAY - dt.timedelta(days=1), **mended)
    follow_up(point, clerk, 3)
    for order, (state, paid_at) in enumerate((("paid", old), ("closed", old), ("approved", None))):
        compensation(told, order, state, paid_at)


def test_every_number_leads_to_exactly_its_rows(of_everything):
    found = counted()
    for source in case_sources(SUMMARY):
        for figure in source.figures:
            now = found.line(figure.key).now
            parts = {"hits": now.hits} | ({"base": now.base, "waiting": now.waiting} if figure.scale else {})
            if figure.total:
                shown = source.model.objects.filter(pk__in=behind(figure.key, "hits"))
                assert sum(getattr(row, figure.total) for row in shown) == now.hits
                continue
            assert {part: len(behind(figure.key, part)) for part in parts} == parts, figure.key
            assert now.hits, f"{figure.key}: nothing counts, so the test would say nothing"
            outside = now.base - now.hits if figure.scale else source.model.objects.count() - now.hits
            assert outside, f"{figure.key}: everything counts"


def test_every_part_of_the_cases_leads_to_exactly_its_rows(of_everything):
    for cut, lines in counted().cuts:
        assert lines, cut.label
        for line in every(lines):
            assert len(behind("cases", "hits", cut=line.now.cut)) == line.now.hits, line.now.cut
        assert sum(line.now.hits for line in lines) == 7


def test_a_category_is_not_found_by_the_name_of_another(of_everything):
    assert len(behind("cases", "hits", cut="category=安全")) == 1


def test_the_list_shows_the_rows_and_says_whose_they_are(of_everything, as_user, supervisor, manager):
    page = as_user(manager).get(counted().line("handled").now.urls["hits"]).content.decode()
    assert "4 件" in page
    assert "投诉汇总表:投诉处理率(达到的) 2026年11月 全部服务点" in page
    elsewhere = ComplaintFilter(QueryDict("figure=now.handled.hits.2026-11.0"), queryset=Complaint.objects.none())
    assert elsewhere.qs.count() == 0


@pytest.mark.parametrize("text", [
    "now", "now.handled", "now.nothing.hits.2026-11.0", "now.handled.all.2026-11.0", "now.handled.hits.2026-13.0",
    "now.handled.hits.2026-11.99", "now.cases.hits.2026-11.0.zone=x", "now.cases.hits.2026-11.0.name=x", "kept.hits.1",
    "kept.hits.x", "now.upgraded.hits.2026-11.0", "now.handled.hits.9999-12.0", "now.handled.hits.2026-W60.0",
])
def test_an_address_that_names_no_figure_of_the_book_shows_nothing(of_everything, text):
    rows = ComplaintFilter(QueryDict(f"figure={text}"), queryset=Complaint.objects.all()).qs
    assert not rows.exists()
    assert "作废" not in words_of(text)
