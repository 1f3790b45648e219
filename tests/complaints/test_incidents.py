"""事件: several visitors, one cause; cases stay cases, both 件 and 起 are counted."""

import pytest
from django.urls import reverse

from complaints.choices import IncidentState
from complaints.errors.incidents import CauseNeeded, IncidentOver, InIncidentAlready, NotInIncident, TitleNeeded
from complaints.errors.steps import TextNeeded
from complaints.models import Complaint, Incident
from complaints.services.endings import void_complaint
from complaints.services.incidents import (
    alike_to,
    begin_incident,
    cases_and_causes,
    close_incident,
    is_joint,
    join_incident,
    leave_incident,
    reopen_incident,
    visitors_of,
)
from dutylog.errors.enquiries import NumberInText
from servicedesk.errors import EditedMeanwhile, NotPossibleNow
from servicedesk.services.search import search


@pytest.fixture
def several(hear):
    """Complaints of different visitors: `several(3)`."""
    return lambda count: [hear(phone=f"1390000000{place}") for place in range(count)]


def test_a_complaint_begins_an_incident_and_others_join_with_their_own_clocks(several, clerk):
    first, second = several(2)
    incident = begin_incident(first, "缆车停运没有通知", by=clerk)
    due = second.reply_due_at
    join_incident(second, incident, by=clerk)
    assert (incident.number, incident.zone, incident.began_at) == ("SJ-20261124-001", first.zone, first.occurred_at)
    assert (list(incident.complaints.order_by("pk")), second.reply_due_at) == ([first, second], due)
    assert [e.number for e in search("缆车停运", clerk)] == [incident.number]


def test_an_incident_needs_a_title_without_a_number(several, clerk):
    case = several(1)[0]
    with pytest.raises(TitleNeeded):
        begin_incident(case, " ", by=clerk)
    with pytest.raises(NumberInText):
        begin_incident(case, "找 13812341234", by=clerk)
    assert not Incident.objects.exists()


def test_a_complaint_belongs_to_one_incident(several, clerk):
    first, second = several(2)
    one, other = begin_incident(first, "停运", by=clerk), begin_incident(second, "停电", by=clerk)
    with pytest.raises(InIncidentAlready):
        join_incident(first, other, by=clerk)
    with pytest.raises(TextNeeded):
        leave_incident(first, "", by=clerk)
    leave_incident(first, "不是一件事", by=clerk)
    with pytest.raises(NotInIncident):
        leave_incident(first, "不是一件事", by=clerk)
    assert join_incident(first, other, by=clerk).incident == other
    assert not one.complaints.exists()


def test_of_two_desks_that_join_a_complaint_one_wins(several, clerk, second_clerk):
    first, second = several(2)
    incident = begin_incident(second, "停运", by=clerk)
    again = Complaint.objects.get(pk=first.pk)
    join_incident(first, incident, by=clerk)
    with pytest.raises(EditedMeanwhile):
        join_incident(again, incident, by=second_clerk)


def test_four_visitors_make_it_a_joint_complaint_and_each_case_says_so(several, clerk, supervisor, hear):
    first, *others = several(3)
    incident = begin_incident(first, "停运", by=clerk)
    for case in others:
        join_incident(case, incident, by=clerk)
    join_incident(hear(phone="13900000000"), incident, by=clerk)
    assert (visitors_of(incident.complaints.all()), is_joint(incident.complaints.all())) == (3, False)
    fourth = join_incident(hear(phone="13900000009"), incident, by=clerk)
    assert is_joint(incident.complaints.all())
    assert first.actions.filter(text__contains="已成共同投诉").count() == 1
    void_complaint(fourth, "误登", by=supervisor)
    assert not is_joint(incident.complaints.all())


def test_both_cases_and_causes_are_counted(several, clerk):
    first, second, _ = several(3)
    join_incident(second, begin_incident(first, "停运", by=clerk), by=clerk)
    assert cases_and_causes(Complaint.objects.all().counted()) == (3, 2)
    assert cases_and_causes(Complaint.objects.none()) == (0, 0)


def test_the_same_kind_and_place_within_a_day_may_be_one_cause(hear, clerk, far_zone, supervisor):
    case, other = hear(), hear()
    hear(zone=far_zone)
    hear(category="票务")
    void_complaint(hear(), "误登", by=supervisor)
    assert list(alike_to(case, clerk)) == [other]


def test_an_incident_ends_with_its_cause_and_takes_no_more(several, clerk, supervisor):
    first, second = several(2)
    incident = begin_incident(first, "停运", by=clerk)
    with pytest.raises(CauseNeeded):
        close_incident(incident, "", by=supervisor)
    close_incident(incident, "检修未同步", by=supervisor)
    with pytest.raises(IncidentOver):
        join_incident(second, incident, by=clerk)
    with pytest.raises(NotPossibleNow):
        close_incident(incident, "再结束", by=supervisor)
    assert reopen_incident(incident, "又有投诉", by=supervisor).state == IncidentState.OPEN


def test_a_clerk_joins_by_the_form_one_or_a_new_one_and_not_both(as_user, clerk, several):
    first, second = several(2)
    browser, address = as_user(clerk), reverse("complaints:complaint_join", args=[first.pk])
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"title": "停运"}).status_code == 302
    incident = Incident.objects.get()
    address = reverse("complaints:complaint_join", args=[second.pk])
    assert browser.post(address, {"incident": incident.pk, "title": "停运"}).status_code == 422
    assert browser.post(address, {"incident": incident.pk}).status_code == 302
    page = browser.get(reverse("complaints:incident_detail", args=[incident.pk])).content.decode()
    assert "2 件,2 位游客" in page
