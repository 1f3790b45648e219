"""Two people change one record at once, each in a browser of their own: the second is told and keeps its words."""

import datetime as dt

import pytest
from django.utils import timezone

from dutylog.choices import EntryCategory
from dutylog.services.days import duty_day
from dutylog.services.entries import EntryFacts, write_entry
from lostfound.models import ItemCategory
from lostfound.services.item_facts import FoundItemFacts
from lostfound.services.items import register_found_item
from tests.browser.conftest import open_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_form(browser, live_server, person, path: str):
    """The form at `path` in a browser of the person's own, as ready as a person would find it."""
    page = open_page(browser)
    sign_in(page, live_server, person)
    page.goto(live_server.url + path)
    page.wait_for_load_state("networkidle")
    return page


def save(page) -> None:
    page.locator(".desk-form button[type=submit].btn-primary").first.click()
    page.wait_for_load_state("networkidle")


def test_the_second_editor_of_a_line_is_told_and_keeps_its_text(
    browser, live_server, point, clerk, zone, now
):
    duty_day(timezone.localdate(), point, by=clerk)
    line = write_entry(EntryFacts(
        happened_at=now - dt.timedelta(minutes=1), category=EntryCategory.CONVENIENCE, text="借出雨伞",
    ), by=clerk, point=point)
    first, second = (open_form(browser, live_server, clerk, f"/duty/log/{line.pk}/edit/") for _ in range(2))
    first.fill("[name=text]", "借出雨伞一把")
    second.fill("[name=text]", "借出长柄雨伞,押身份证")
    save(first)
    save(second)
    assert "您填写的内容还在" in second.locator("main").inner_text()
    assert "现在的记录是:借出雨伞一把" in second.locator("main").inner_text()
    assert second.input_value("[name=text]") == "借出长柄雨伞,押身份证"
    line.refresh_from_db()
    assert line.text == "借出雨伞一把"
    save(second)
    line.refresh_from_db()
    assert line.text == "借出长柄雨伞,押身份证"


def test_the_second_editor_of_a_find_is_told_and_keeps_its_words(
    browser, live_server, point, clerk, second_clerk, zone, now
):
    item = register_found_item(FoundItemFacts(
        intake_kind="visitor", category=ItemCategory.objects.get(name="雨具"), thing="雨伞", found_at=now, zone=zone,
        finder_name="张三",
    ), by=clerk, point=point)
    path = f"/lost-and-found/items/{item.pk}/edit/"
    first, second = (open_form(browser, live_server, person, path) for person in (clerk, second_clerk))
    first.fill("[name=thing]", "折叠伞")
    second.fill("[name=colour]", "天蓝色")
    save(first)
    save(second)
    assert "您填写的内容还在" in second.locator("main").inner_text()
    assert second.input_value("[name=colour]") == "天蓝色"
    item.refresh_from_db()
    assert (item.thing, item.colour) == ("折叠伞", "")
