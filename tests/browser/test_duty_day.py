"""The day in a real browser: opened, three lines by the quick line, a find shows up, added to, nothing at fault."""

import pytest

from dutylog.models import DutyDay, LogEntry
from lostfound.models import ItemCategory
from lostfound.services.item_facts import FoundItemFacts
from lostfound.services.items import register_found_item
from tests.browser.conftest import faults_at_every_size, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page, live_server, clerk, zone):
    """The clerk at the day screen, which was opened by the button."""
    sign_in(page, live_server, clerk)
    page.goto(f"{live_server.url}/duty/")
    page.get_by_role("button", name="开班").click()
    page.wait_for_url("**/duty/days/*/")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("document.activeElement.id === 'quick' && window.htmx")
    return page


def type_line(page, text: str) -> None:
    page.wait_for_function("document.activeElement.id === 'quick' && window.htmx")
    page.keyboard.type(text)
    page.wait_for_selector("#reading .reading")


def test_the_day_is_kept_with_the_keyboard_alone(desk, live_server, zone, point, clerk, now):
    for text, category in (("zx gjt 询问末班车", "咨询"), ("bm 借出雨伞", "便民"), ("观景台 设备 护栏松动", "设备")):
        type_line(desk, text)
        assert category in desk.inner_text("#reading")
        desk.keyboard.press("Enter")
        desk.wait_for_selector(f".log-kind:has-text('{category}')")
        assert desk.evaluate("document.activeElement.id") == "quick"
    register_found_item(FoundItemFacts(
        intake_kind="visitor", category=ItemCategory.objects.get(name="雨具"), thing="雨伞", found_at=now, zone=zone,
        finder_name="张三",
    ), by=clerk, point=point)
    desk.reload()
    desk.wait_for_selector(".log-kind:has-text('拾物')")
    assert "雨具 1件" in desk.inner_text(".log")
    assert desk.locator(".log-line").count() == LogEntry.objects.count() == 4
    assert desk.locator(".tally li:has-text('拾物') b").inner_text() == "1"


def test_a_line_that_is_not_understood_stays_in_the_field(desk):
    type_line(desk, "游客摔倒在台阶")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("[role=alert]")
    assert desk.input_value("#quick") == "游客摔倒在台阶"
    assert not LogEntry.objects.exists()


def test_the_screens_of_the_day_are_without_fault(desk, live_server):
    type_line(desk, "ts gjt 排队过久")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".log-line")
    day, line = DutyDay.objects.get(), LogEntry.objects.get()
    found = {}
    for path in (
        f"/duty/days/{day.pk}/", f"/duty/days/{day.pk}/edit/", f"/duty/days/{day.pk}/operations/", "/duty/days/",
        "/duty/log/", f"/duty/log/{line.pk}/", f"/duty/log/{line.pk}/notice/", "/duty/log/new/",
    ):
        desk.goto(live_server.url + path)
        desk.wait_for_load_state("networkidle")
        found[path] = faults_at_every_size(desk)
    assert found == dict.fromkeys(found, [])
