"""The frame in a real browser: nothing serious for axe, nothing refused by the CSP, nothing sideways."""

import pytest

from tests.browser.conftest import faults_at_every_size, sign_in, type_in
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("theme", "text_size"), [("light", "m"), ("dark", "l")])
def test_screens_everybody_has_are_without_fault(page, live_server, clerk, theme, text_size):
    clerk.theme, clerk.text_size = theme, text_size
    clerk.save()
    sign_in(page, live_server, clerk)
    found = {}
    for path in ("/", "/search/?q=手机", "/my/password/", "/switch/", "/lock/"):
        page.goto(live_server.url + path)
        found[path] = faults_at_every_size(page)
    assert found == dict.fromkeys(found, [])


def test_the_keyboard_alone_signs_in_finds_searches_and_locks(page, live_server, clerk):
    type_in(page, live_server, clerk)
    page.keyboard.press("?")
    assert page.locator("#keyboard-sheet").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "finder"
    page.keyboard.press("Alt+l")
    page.wait_for_url("**/lock/?next=*")
    page.goto(f"{live_server.url}/search/?q=1")
    assert "/lock/" in page.url


def test_a_locked_page_comes_back_after_the_password(page, live_server, clerk):
    sign_in(page, live_server, clerk)
    page.goto(f"{live_server.url}/search/?q=abc")
    page.keyboard.press("Alt+l")
    page.wait_for_url("**/lock/?next=*")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/search/?q=abc")


def test_dark_and_large_stay_chosen(page, live_server, clerk):
    sign_in(page, live_server, clerk)
    for name, value in (("theme", "dark"), ("text_size", "l")):
        page.click(".person-menu > button")
        page.click(f"button[name={name}][value={value}]")
        page.wait_for_load_state()
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    assert page.get_attribute("html", "data-text") == "l"
