"""A low answer whose visitor may be called is put on the list of callbacks, where the setting says so."""

import pytest

from complaints.models import CallbackPlan, Grievance
from complaints.services.callback_plans import plan_for_grievance
from complaints.services.grievances import draft_grievance
from dutylog.intakes import IntakeFacts
from servicedesk.services.preferences import choose
from servicedesk.services.search import search
from surveys.choices import Channel
from tests.surveys.conftest import PHONE, angry, facts

pytestmark = pytest.mark.one_database


def test_a_low_answer_with_a_number_is_called_back_and_found_by_it(scan, supervisor):
    sheet = scan(angry(channel=Channel.QR))
    plan = CallbackPlan.objects.get()
    assert (plan.source_kind, plan.source, plan.about_number, plan.created_by) == (
        "survey", sheet, sheet.number, supervisor
    )
    assert (plan.number_to_call, plan.person_name) == (PHONE, "王女士")
    # No score stands in it: who calls may not read them.
    assert plan.words == "问卷低分:厕所没纸"
    assert plan.number in [hit.number for hit in search(PHONE[-4:], supervisor)]


def test_a_good_answer_one_without_a_number_and_one_the_manager_does_not_want_called_are_not(scan, supervisor, manager):
    scan(facts(Channel.QR, low=3, phone=PHONE, may_call=True))
    scan(facts(Channel.QR, low=1))
    choose("surveys.callback_low", False, manager)
    scan(angry(channel=Channel.QR))
    assert not CallbackPlan.objects.exists()


def test_an_answer_typed_in_is_called_back_in_the_name_of_who_typed_it(enter, clerk, supervisor):
    enter(angry())
    assert CallbackPlan.objects.get().created_by == clerk


def test_a_grievance_of_the_same_answer_makes_no_second_call(scan, supervisor, point, now):
    sheet = scan(angry(channel=Channel.QR))
    told = IntakeFacts(words="太脏", received_at=now, phone=PHONE, source=sheet, source_text=sheet.number)
    grievance = draft_grievance(told, by=supervisor, point=point)
    Grievance.objects.filter(pk=grievance.pk).update(soothed_at=now)
    grievance.refresh_from_db()
    assert plan_for_grievance(grievance, by=supervisor) is None
    assert CallbackPlan.objects.count() == 1
