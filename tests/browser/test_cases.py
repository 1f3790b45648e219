"""A complaint in a real browser: typed, and told to the supervisor."""

import re

import pytest

from complaints.models import Complaint
from dutylog.models import NoticeStep
from tests.browser.conftest import faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASE = re.compile(r"/complaints/cases/\d+/$")


@pytest.fixture
def desk(page, live_server, clerk, supervisor, zone):
    sign_in(page, live_server, clerk)
    return page


def test_a_complaint_is_typed_by_keys_and_tells_the_supervisor(desk, supervisor):
    desk.keyboard.press("Alt+6")
    desk.wait_for_url("**/complaints/cases/new/")
    desk.get_by_label("发生时间").fill("-10")
    for name, typed in (("zone", "gjt"), ("kind", "票务")):
        desk.locator(f"#id_{name}-ts-control").click()
        desk.keyboard.type(typed)
        desk.keyboard.press("Enter")
    desk.get_by_label("能不能联系到").select_option("yes")
    desk.get_by_label("投诉事实与理由").fill("排队太久没有人引导")
    desk.get_by_role("button", name="保存并通知督导").click()
    desk.wait_for_url(CASE)
    assert faults(desk) == []
    case = Complaint.objects.get()
    assert (case.zone.name, case.category) == ("观景台", "票务")
    assert NoticeStep.objects.get().person == supervisor
    assert desk.complaints == []


def test_a_signature_is_asked_for_at_the_desk_alone_and_a_number_of_letters(desk, live_server):
    desk.goto(f"{live_server.url}/complaints/cases/new/")
    pad, number = desk.locator(".visitor-signature"), desk.get_by_label("转办单号")
    assert (pad.is_visible(), number.is_visible()) == (True, False)
    desk.get_by_label("投诉方式").select_option("12345")
    assert (pad.is_visible(), number.is_visible()) == (False, True)
