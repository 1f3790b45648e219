"""Without a mouse: a bag is taken in, its slip printed, fetched by the number on the slip; a wheelchair is lent."""

import re

import pytest

from ledgers.choices import EntryState, Proof
from ledgers.models import LedgerEntry, LedgerKind
from ledgers.services.stock import ThingFacts, add_thing
from servicedesk.models import PrintedPaper
from tests.browser.conftest import faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENOUGH_MS = 250


def fill(page, *words: str) -> None:
    """Each word into its field; Enter leads to the next one, "" leaves a field as it is."""
    for word in words:
        if word:
            page.keyboard.type(word)
        page.keyboard.press("Enter")
        page.wait_for_timeout(60)


def test_a_bag_is_taken_in_its_slip_printed_and_fetched_without_a_mouse(
    page, live_server, clerk, point
):
    sign_in(page, live_server, clerk)
    page.keyboard.press("Alt+7")
    page.wait_for_url("**/ledgers/jc/new/")
    page.wait_for_timeout(2 * ENOUGH_MS)
    fill(page, "杨明静", "13812341234", "2", "A3", "黑色双肩包")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/papers/ledger-jc-slip/**")
    bag = LedgerEntry.objects.get()
    assert (bag.state, bag.values["pieces"], bag.values["look"]) == (EntryState.KEPT, 2, "黑色双肩包")
    assert page.evaluate("document.activeElement.textContent.trim()") == "打印"
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.close()
    assert PrintedPaper.objects.get().number == bag.number
    assert faults(page) == []
    page.keyboard.press("Alt+8")
    page.wait_for_url("**/ledgers/jc/slip/")
    page.wait_for_timeout(ENOUGH_MS)
    page.keyboard.type(bag.number)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(rf"/ledgers/jc/{bag.pk}/give/$"))
    page.wait_for_timeout(ENOUGH_MS)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(rf"/ledgers/jc/{bag.pk}/$"))
    bag.refresh_from_db()
    assert (bag.state, bag.proof, bag.ended_by) == (EntryState.PICKED, Proof.SLIP, clerk)
    assert faults(page) == []


def test_the_focus_stands_in_the_list_of_things_when_one_is_lent(page, live_server, clerk, manager, point):
    for name in ("雨伞", "轮椅"):
        add_thing(LedgerKind.objects.get(code="jy"), ThingFacts(name=name), by=manager, point=point, quantity=2)
    sign_in(page, live_server, clerk)
    page.goto(f"{live_server.url}/ledgers/jy/new/")
    page.wait_for_timeout(2 * ENOUGH_MS)
    fill(page, "lunyi")
    assert page.evaluate("document.querySelector('select[name=thing]').selectedOptions[0].text").startswith("轮椅")
    assert faults(page) == []
