"""Registering a find as a clerk does: by keyboard, with a crash, with a nervous finger."""

import re

import pytest

from lostfound.models import FoundItem
from tests.browser.conftest import SIZES, faults_at_every_size, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_KEYS = 12
RECORD = re.compile(r"/items/\d+/$")


class Keys:
    """A keyboard that counts the strokes beyond the words themselves."""

    def __init__(self, page):
        self.page, self.strokes = page, 0

    def press(self, key: str) -> None:
        self.strokes += 1
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(60)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words, delay=15)
        self.page.wait_for_timeout(250)


@pytest.fixture
def desk(page, live_server, clerk, zone, counter):
    sign_in(page, live_server, clerk)
    return page


def test_an_ordinary_find_takes_at_most_twelve_keys_beyond_its_words(desk, live_server):
    keys = Keys(desk)
    keys.press("Alt+1")
    desk.wait_for_url("**/items/new/")
    desk.wait_for_timeout(400)
    keys.type("折叠伞")
    keys.press("Enter")
    keys.type("黑色")
    keys.press("Enter")
    keys.type("gjt")
    keys.press("Enter")
    keys.type("-20")
    keys.press("Enter")
    keys.type("匿名")
    keys.press("Control+Enter")
    desk.wait_for_timeout(1500)
    item = FoundItem.objects.get()
    assert (item.thing, item.colour, item.zone.name, item.finder_is_anonymous) == ("折叠伞", "黑色", "观景台", True)
    assert item.category.name == "雨具"
    assert keys.strokes <= MOST_KEYS
    assert desk.complaints == []


def test_a_double_click_makes_one_record(desk, live_server, zone):
    desk.goto(f"{live_server.url}/lost-and-found/items/new/")
    fill_find(desk, "水壶")
    desk.locator("button[value=open]").dblclick()
    desk.wait_for_url(RECORD)
    assert FoundItem.objects.count() == 1


def test_what_was_typed_survives_a_crash(desk, live_server, browser, zone):
    desk.goto(f"{live_server.url}/lost-and-found/items/new/")
    fill_find(desk, "望远镜")
    desk.wait_for_timeout(2500)
    state = desk.context.storage_state()
    desk.close()
    again = browser.new_context(storage_state=state, viewport=SIZES["desk"]).new_page()
    again.goto(f"{live_server.url}/lost-and-found/items/new/")
    again.get_by_role("button", name="恢复").click()
    assert again.input_value("input[name=thing]") == "望远镜"


def test_list_record_and_form_are_without_fault(desk, live_server, zone):
    desk.goto(f"{live_server.url}/lost-and-found/items/new/")
    fill_find(desk, "背包")
    desk.locator("button[value=open]").click()
    desk.wait_for_url(RECORD)
    found = {}
    screens = [live_server.url + path for path in ("/", "/lost-and-found/items/", "/lost-and-found/items/new/")]
    for path in (desk.url, *screens):
        desk.goto(path)
        found[path] = faults_at_every_size(desk)
    assert found == dict.fromkeys(found, [])


def fill_find(page, thing: str) -> None:
    page.wait_for_timeout(400)
    page.fill("input[name=thing]", thing)
    page.fill("input[name=found_at]", "-5")
    page.locator("#id_zone-ts-control").click()
    page.keyboard.type("guan", delay=20)
    page.keyboard.press("Enter")
    page.check("input[name=finder_is_anonymous]")
