"""One complaint through the real screens, from displeasure to the archive, by everybody whose hands it passes."""

import re
import subprocess

import pytest

from complaints.choices import CompensationState
from complaints.models import CallbackPlan, Compensation, Complaint, Grievance
from dutylog.models import NoticeStep
from servicedesk.models import Disclosure
from servicedesk.services import preferences
from tests.browser.conftest import faults, open_page, sign_in
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASE = re.compile(r"/complaints/cases/\d+/$")
PHONE = "13812341234"


@pytest.fixture
def people(page, browser, live_server, clerk, supervisor, second_clerk, manager, zone):
    """The desk, the supervisor and who pays, each at a screen of their own."""
    # Who was tried a moment ago comes again at once.
    preferences.choose("complaints.callback_retry_minutes", 0, manager)
    screens = [page, open_page(browser), open_page(browser)]
    for screen, person in zip(screens, (clerk, supervisor, second_clerk), strict=True):
        sign_in(screen, live_server, person)
    return screens


def test_a_grievance_becomes_a_complaint_is_paid_for_called_back_archived_and_printed(
    people, live_server, clerk, supervisor, second_clerk, tmp_path
):
    desk, lead, payer = people
    case = upgrade(desk, live_server)
    answer(lead, live_server)
    press(desk, live_server, case, "记首次答复", "已告诉游客正在核实")
    compensate(desk, lead, payer, live_server, case)
    paid = Compensation.objects.get()
    assert (paid.created_by, paid.approvals.get().by, paid.paid_by) == (clerk, supervisor, second_clerk)
    press(desk, live_server, case, "反馈方案", "退还多收的餐费")
    press(desk, live_server, case, "游客接受", "已退款,游客认可")
    call(desk, live_server)
    assert Disclosure.objects.of(CallbackPlan.objects.get(source_kind="complaint")).get().user == clerk
    lead.goto(f"{live_server.url}/complaints/cases/{case}/")
    lead.keyboard.press("1")
    lead.get_by_text("已归档").first.wait_for()
    row = Complaint.objects.get()
    assert (row.state, row.grievance) == ("archived", Grievance.objects.get())
    text = printed(lead, live_server, case, tmp_path)
    assert all(words in text for words in (row.number, "多收了餐费", "退还多收的餐费", "已退款,游客认可"))
    assert [screen.complaints for screen in people] == [[], [], []]


def upgrade(desk, live_server) -> int:
    """Typed as a grievance, then made a complaint by one press and a yes."""
    desk.goto(f"{live_server.url}/complaints/grievances/new/")
    for name, typed in (("kind", "票务"), ("zone", "gjt")):
        desk.locator(f"#id_{name}-ts-control").click()
        desk.keyboard.type(typed)
        desk.keyboard.press("Enter")
    desk.get_by_label("抱怨内容").fill("多收了餐费")
    desk.get_by_label("已当场化解").uncheck()
    desk.get_by_label("电话", exact=True).fill(PHONE)
    desk.get_by_role("button", name="保存", exact=False).first.click()
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("button", name="升级为投诉").click()
    desk.wait_for_url(CASE)
    assert faults(desk) == []
    return Complaint.objects.get().pk


def answer(lead, live_server) -> None:
    """The supervisor on duty answers from the start page, accepts it and begins."""
    lead.goto(f"{live_server.url}/")
    lead.get_by_role("link", name="去应答").first.click()
    lead.get_by_role("button", name="已应答").click()
    lead.wait_for_url(CASE)
    assert NoticeStep.objects.get().answered_at is not None
    lead.get_by_role("button", name="受理").click()
    lead.get_by_role("button", name="开始处理").click()
    lead.get_by_role("link", name="反馈方案").wait_for()


def press(page, live_server, case: int, step: str, words: str) -> None:
    """A step of the case that needs a text."""
    page.goto(f"{live_server.url}/complaints/cases/{case}/")
    page.get_by_role("link", name=step).click()
    page.locator("textarea").first.fill(words)
    page.locator("main .btn-primary").click()
    page.wait_for_url(CASE)


def compensate(desk, lead, payer, live_server, case: int) -> None:
    """Asked for by one, approved by another, paid by a third."""
    desk.goto(f"{live_server.url}/complaints/cases/{case}/compensate/")
    desk.get_by_label("金额(元)").fill("120.5")
    desk.get_by_label("赔偿事由").fill("多收餐费,退差价")
    desk.get_by_label("收款人").fill("杨明静")
    desk.get_by_role("button", name="申请赔偿").click()
    desk.get_by_text("待审(督导)").first.wait_for()
    assert faults(desk) == []
    lead.goto(f"{live_server.url}/")
    lead.get_by_role("link", name="去审批").click()
    lead.get_by_role("link", name="多收餐费").click()
    lead.get_by_role("link", name="审批同意").click()
    lead.get_by_label("密码或签字 PIN").fill(PASSWORD)
    lead.get_by_role("button", name="审批同意").click()
    lead.get_by_text("已签意见").wait_for()
    assert lead.get_by_role("button", name="支付").is_disabled()
    payer.goto(f"{live_server.url}/")
    payer.get_by_role("link", name="去支付").click()
    payer.get_by_role("link", name="多收餐费").click()
    payer.get_by_role("link", name="支付").click()
    payer.get_by_text("在纸上签").click()
    payer.get_by_role("button", name="支付").click()
    payer.get_by_text("已支付").first.wait_for()
    assert Compensation.objects.get().state == CompensationState.PAID
    desk.reload()
    desk.get_by_text("收款人").first.wait_for()
    assert faults(desk) == []


def call(page, live_server) -> None:
    """By the keyboard alone: nobody answers twice, then the visitor does and is content."""
    plan = CallbackPlan.objects.get(source_kind="complaint")
    page.goto(f"{live_server.url}/complaints/callbacks/work/")
    assert faults(page) == []
    for key, said in (("3", "无人接听"), ("4", "占线")):
        page.keyboard.press(key)
        page.get_by_text(f"{said},已记").wait_for()
        # The only one: the list says that nobody is left, the telephone begins with them again.
        page.goto(f"{live_server.url}/complaints/callbacks/work/")
    assert PHONE not in page.content()
    page.keyboard.press("0")
    page.get_by_role("link", name=PHONE).wait_for()
    for key in ("1", "1", "4"):
        page.keyboard.press(key)
    assert faults(page) == []
    page.keyboard.type("谢谢你们")
    page.keyboard.press("Enter")
    page.get_by_text(f"{plan} 回访合格").wait_for()
    outcomes = list(plan.attempts.values_list("outcome", "satisfaction"))
    assert outcomes == [("no_answer", None), ("busy", None), ("reached", 4)]


def printed(page, live_server, case: int, folder) -> str:
    """3.1 of the case as the browser's button gives it, read."""
    answer = page.request.get(f"{live_server.url}/papers/3.1/pdf/", params={"id": case})
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    (folder / "3.1.pdf").write_bytes(answer.body())
    said = subprocess.run(["pdftotext", "-layout", folder / "3.1.pdf", "-"], capture_output=True, check=True)
    return re.sub(r"\s", "", said.stdout.decode())
