"""先行赔偿 in a real browser: asked for by one, approved by another, paid by a third."""

import datetime as dt

import pytest
from django.utils import timezone

from complaints.choices import CompensationState
from complaints.models import Compensation, Complaint
from complaints.services.complaint_facts import ComplaintFacts
from complaints.services.complaints import accept_complaint, begin_complaint, register_complaint
from tests.browser.conftest import faults, sign_in
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(clerk, supervisor, point, zone) -> Complaint:
    now = timezone.now()
    made = register_complaint(ComplaintFacts(
        occurred_at=now - dt.timedelta(minutes=40), received_at=now - dt.timedelta(minutes=30), zone=zone,
        category="票务", words="多收了钱", is_reachable=False, visitor_name="杨明静",
    ), by=clerk, point=point)
    return begin_complaint(accept_complaint(made, by=supervisor), by=supervisor)


def test_three_people_ask_approve_and_pay(page, browser, live_server, case, clerk, supervisor, second_clerk):
    sign_in(page, live_server, clerk)
    page.goto(f"{live_server.url}/complaints/cases/{case.pk}/compensate/")
    page.get_by_label("金额(元)").fill("120.5")
    page.get_by_label("赔偿事由").fill("多收餐费,退差价")
    page.get_by_role("button", name="申请赔偿").click()
    page.get_by_text("待审(督导)").first.wait_for()
    assert faults(page) == []
    row = Compensation.objects.get()

    lead = browser.new_page(locale="zh-CN", timezone_id="Asia/Shanghai")
    sign_in(lead, live_server, supervisor)
    lead.get_by_role("link", name="去审批").click()
    lead.get_by_role("link", name="多收餐费").click()
    lead.get_by_role("link", name="审批同意").click()
    lead.get_by_label("密码或签字 PIN").fill(PASSWORD)
    lead.get_by_role("button", name="审批同意").click()
    lead.get_by_text("已签意见").wait_for()
    assert lead.get_by_role("button", name="支付").is_disabled()

    payer = browser.new_page(locale="zh-CN", timezone_id="Asia/Shanghai")
    sign_in(payer, live_server, second_clerk)
    payer.get_by_role("link", name="去支付").click()
    payer.get_by_role("link", name="多收餐费").click()
    payer.get_by_role("link", name="支付").click()
    payer.get_by_text("在纸上签").click()
    payer.get_by_role("button", name="支付").click()
    payer.get_by_text("已支付").first.wait_for()
    row.refresh_from_db()
    assert (row.state, row.paid_by) == (CompensationState.PAID, second_clerk)
    page.reload()
    page.get_by_text("收款人").first.wait_for()
    assert faults(page) == []
