"""The whole job without a mouse: register, find again in the list, print, claim, release."""

import re

import pytest

from lostfound.choices import ItemState
from lostfound.models import Claim, FoundItem
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENOUGH_MS = 250


class Keyboard:
    """Types and presses with a clerk's small pauses, and knows where the focus is."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(60)

    def fill(self, *words: str) -> None:
        """Each word into its field, Enter leads to the next one; "" leaves a field as it is."""
        for word in words:
            if word:
                self.page.keyboard.type(word)
                self.page.wait_for_timeout(ENOUGH_MS)
            self.press("Enter")

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


@pytest.fixture
def keys(page, live_server, clerk, zone, counter):
    sign_in(page, live_server, clerk)
    return Keyboard(page)


def register(keys: Keyboard) -> FoundItem:
    keys.press("Alt+1")
    keys.page.wait_for_url("**/items/new/")
    keys.page.wait_for_timeout(2 * ENOUGH_MS)
    keys.fill("折叠伞", "黑色", "gjt", "-20")
    keys.page.keyboard.type("匿名")
    keys.press("Control+Enter")
    keys.page.wait_for_selector(".note-success")
    return FoundItem.objects.get()


def test_a_find_is_registered_printed_claimed_and_released_without_a_mouse(keys, live_server):
    page, item = keys.page, register(keys)
    page.goto(f"{live_server.url}/lost-and-found/items/")
    keys.press("ArrowDown", "Enter")
    page.wait_for_url(re.compile(rf"/items/{item.pk}/$"))
    keys.press("p")
    page.wait_for_url("**/papers/3.3/**")
    assert keys.focused() == "打印"
    page.go_back()
    keys.press("1")
    page.wait_for_url("**/claim/")
    page.wait_for_timeout(ENOUGH_MS)
    keys.fill("杨明静", "13800001234", "", "", "", "-60", "", "观景台")
    page.keyboard.type("伞柄贴着姓名贴")
    keys.press("Enter")
    page.keyboard.type("一根伞骨弯了")
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    show_the_passport(keys)
    assert keys.focused() == "开启核对"
    keys.press("Enter")
    page.wait_for_selector("text=核实方式")
    page.wait_for_timeout(ENOUGH_MS)
    keys.press("Space", "Enter", "Space", "Control+Enter")
    page.wait_for_selector("text=领取件数")
    sign_on_paper(keys)
    page.wait_for_selector("text=已发还")
    item.refresh_from_db()
    assert (item.state, Claim.objects.get().claimant_name) == (ItemState.RETURNED, "杨明静")
    assert page.complaints == []


def show_the_passport(keys: Keyboard) -> None:
    keys.page.wait_for_timeout(ENOUGH_MS)
    keys.press("ArrowDown", "ArrowDown", "ArrowDown", "Enter", "ArrowDown")
    keys.fill("", "20301120", "杨明静", "E12345678")
    keys.press("Control+Enter")
    keys.page.wait_for_selector("text=开启核对")
    keys.page.wait_for_timeout(ENOUGH_MS)


def sign_on_paper(keys: Keyboard) -> None:
    """Pieces and condition stand there already; then the signature's two buttons."""
    keys.page.wait_for_timeout(ENOUGH_MS)
    keys.fill("", "", "")
    keys.press("ArrowRight", "Control+Enter")


def test_keys_that_compose_chinese_are_left_to_the_input_method(keys, live_server):
    page = keys.page
    page.goto(f"{live_server.url}/lost-and-found/items/new/")
    page.wait_for_timeout(2 * ENOUGH_MS)
    enter = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: %s, bubbles: true, cancelable: true})"
    page.evaluate(f"document.querySelector('[name=thing]').dispatchEvent({enter % 'true'})")
    assert keys.focused() == "thing"
    page.evaluate(f"document.querySelector('[name=thing]').dispatchEvent({enter % 'false'})")
    assert keys.focused() == "colour"


def test_digits_and_letters_that_are_typed_into_a_field_are_no_commands(keys, live_server):
    page, item = keys.page, register(keys)
    page.goto(f"{live_server.url}/lost-and-found/items/{item.pk}/")
    keys.press("/")
    page.keyboard.type("p12")
    page.wait_for_timeout(ENOUGH_MS)
    assert page.url.endswith(f"/items/{item.pk}/")
    assert page.input_value("#finder") == "p12"
