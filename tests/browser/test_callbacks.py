"""A callback in a real browser: what fails, a wrong key, an appointment."""

import re

import pytest
from django.utils import timezone

from complaints.models import CallbackPlan, Complaint
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import accept_complaint, begin_complaint, register_complaint
from complaints.services.solutions import accept_solution, offer_solution
from servicedesk.services import preferences
from tests.browser.conftest import SIZES, faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = "13812341234"


@pytest.fixture
def solve(clerk, supervisor, manager, point, zone):
    def make() -> Complaint:
        now = timezone.now()
        told = register_complaint(ComplaintFacts(
            occurred_at=now, received_at=now, zone=zone, category="票务", words="排队太久没有人引导", is_reachable=True,
            visitor_name="杨明静", phone=PHONE,
        ), by=clerk, point=point)
        case = begin_complaint(accept_complaint(told, by=supervisor), by=supervisor)
        return accept_solution(offer_solution(case, "退票款", by=clerk), "已退票款", by=clerk)

    return make


@pytest.fixture
def desk(page, live_server, clerk, manager, solve):
    # Who was tried a moment ago comes again at once.
    preferences.choose("complaints.callback_retry_minutes", 0, manager)
    solve()
    sign_in(page, live_server, clerk)
    return page


def test_what_fails_asks_for_its_cause_and_the_next_person_is_one_key_away(desk, live_server, solve):
    page = desk
    other = solve().callbacks.get(source_kind="complaint")
    page.set_viewport_size(SIZES["phone"])
    page.goto(f"{live_server.url}/complaints/callbacks/work/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(rf"/callbacks/{other.pk}/call/"))
    for key in ("1", "2", "2", "3"):
        page.keyboard.press(key)
    assert faults(page) == []
    page.keyboard.type("只退了一半")
    page.keyboard.press("Enter")
    page.get_by_text(f"{other} 回访不合格").wait_for()
    assert (other.attempts.get().cause, Complaint.objects.get(pk=other.complaint_id).state) == ("amount", "failed")


def test_a_wrong_key_is_taken_back_before_it_is_written_down(desk, live_server):
    page = desk
    page.goto(f"{live_server.url}/complaints/callbacks/work/")
    page.keyboard.press("6")
    page.get_by_text("马上保存").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("5")
    page.get_by_text("关机,已记").wait_for()
    assert [attempt.outcome for attempt in CallbackPlan.objects.get(source_kind="complaint").attempts.all()] == ["off"]


def test_an_appointment_is_taken_by_a_tap(desk, live_server):
    page = desk
    page.goto(f"{live_server.url}/complaints/callbacks/work/")
    page.keyboard.press("2")
    page.get_by_role("button", name="明早 10 点").click()
    page.keyboard.press("Enter")
    page.get_by_text("约时再访,已记").wait_for()
    plan = CallbackPlan.objects.get(source_kind="complaint")
    assert timezone.localtime(plan.next_at).hour == 10
