"""A visitor scans the code with a phone, without an account or a script; a low answer becomes a draft grievance."""

import pytest

from servicedesk.models import VisitorCode
from surveys.choices import Care
from surveys.models import SurveySheet
from tests.browser.conftest import SIZES, faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = "13800001234"


@pytest.fixture
def code(point, zone) -> VisitorCode:
    return VisitorCode.objects.create(code="TEST2345", name="东门售票处", service_point=point, zone=zone)


def choose(page, name: str, value: str) -> None:
    page.locator(f"label:has(input[name={name}][value='{value}'])").click()


def test_a_low_answer_from_a_phone_without_scripts_waits_for_the_supervisor(
    browser, page, live_server, code, supervisor
):
    phone = browser.new_context(viewport=SIZES["phone"], java_script_enabled=False, locale="zh-CN").new_page()
    phone.goto(f"{live_server.url}/surveys/q/{code.code}/")
    phone.fill("[name=origin]", "上海")
    choose(phone, "party", "single")
    for line in range(1, 17):
        choose(phone, f"item_{line}", "1" if line == 12 else "5")
    choose(phone, "overall", "3")
    assert phone.locator(".ask .help").is_visible()
    phone.fill("[name=comment]", "厕所没纸")
    phone.locator("summary").first.click()
    phone.fill("[name=phone]", PHONE)
    phone.locator("[name=may_call]").check()
    phone.get_by_role("button", name="提交").click()
    phone.wait_for_selector("text=谢谢您")
    sheet = SurveySheet.objects.get()
    assert (sheet.care, sheet.phone) == (Care.PASSED_ON, PHONE)

    sign_in(page, live_server, supervisor)
    page.get_by_role("link", name="去核实").click()
    page.wait_for_selector(f"text={sheet.passed_number}")
    page.get_by_role("link", name="核实登记").wait_for()
    assert PHONE not in page.content()
    assert faults(page) == []


def test_digits_typed_from_paper_go_on_by_themselves(page, live_server, code, supervisor):
    sign_in(page, live_server, supervisor)
    page.goto(f"{live_server.url}/surveys/sheets/new/")
    page.locator("[name=item_1]").focus()
    page.keyboard.type("5432105432105432" + "4" + "10")
    typed = [page.locator(f"[name=item_{line}]").input_value() for line in range(1, 17)]
    assert "".join(typed) == "5432105432105432"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=已录入")
    sheet = SurveySheet.objects.get()
    assert (sheet.overall, sheet.nps, sheet.answers.count()) == (4, 10, 16)
    assert faults(page) == []
