"""A round walked with a phone: each tap saved, a failure reported once, a hole in the network bridged."""

import re

import pytest
from django.utils import timezone

from checklists.choices import RoundKind, RoundState
from checklists.models import Round, RoundTemplate
from checklists.services.rounds import start_round
from dutylog.models import FollowUp
from tests.browser.conftest import SIZES, faults, faults_at_every_size, sign_in
from tests.checklists.conftest import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def round_(clerk, safety_officer, point) -> Round:
    template = RoundTemplate.objects.get(kind=RoundKind.EQUIPMENT)
    return start_round(template, timezone.localdate(), by=clerk, point=point)


@pytest.fixture
def phone(page, live_server, clerk, round_):
    page.set_viewport_size(SIZES["phone"])
    sign_in(page, live_server, clerk)
    page.goto(f"{live_server.url}/checks/rounds/{round_.pk}/walk/")
    return page


def check(page, order: int):
    return page.locator("[data-check]").nth(order - 1)


def test_taps_are_saved_and_a_failure_is_reported_once(phone, round_):
    check(phone, 1).locator("label.answer.is-ok").click()
    phone.wait_for_selector("[data-check] >> text=已存")
    check(phone, 2).locator("label.answer.is-failed").click()
    check(phone, 2).locator("[data-report]").click()
    assert FollowUp.objects.count() == 0
    check(phone, 2).locator('input[name^="remark_"]').fill("空调没有关")
    check(phone, 2).locator("[data-report]").dblclick()
    phone.wait_for_selector("[data-check] >> text=已报冯涛")
    phone.wait_for_timeout(800)
    assert FollowUp.objects.count() == 1
    assert faults(phone) == []
    assert list(round_.lines.order_by("order").values_list("answer", flat=True))[:3] == ["ok", "failed", ""]


def test_a_tap_without_a_network_is_sent_when_it_is_back(phone, round_):
    phone.context.set_offline(True)
    check(phone, 1).locator("label.answer.is-ok").click()
    phone.wait_for_selector("[data-check] >> text=网络恢复后自动补传")
    assert round_.lines.exclude(answer="").count() == 0
    phone.context.set_offline(False)
    phone.wait_for_selector("[data-check] >> text=已存")
    assert round_.lines.get(order=1).answer == "ok"


def photographed(phone, order: int, picture) -> None:
    line = check(phone, order)
    line.locator("label.answer.is-ok").click()
    line.get_by_text("请拍一张,拍好就存").wait_for()
    line.locator("input[type=file]").set_input_files(picture)
    line.get_by_text("已拍,可换").wait_for()


def test_areas_are_filled_and_the_round_is_signed(phone, round_, tmp_path):
    picture = tmp_path / "plug.jpg"
    picture.write_bytes(photo().read())
    for order in (4, 9):
        photographed(phone, order, picture)
    for left in (3, 2, 1, 0):
        with phone.expect_navigation():
            phone.locator(".area-head button").first.click()
        phone.wait_for_load_state("networkidle")
        assert phone.locator(".area-head button").count() == left
    phone.locator("button[value=finish]:visible").click()
    phone.wait_for_url(re.compile(rf"/rounds/{round_.pk}/(#.*)?$"))
    round_.refresh_from_db()
    assert round_.state == RoundState.DONE
    assert faults(phone) == []


def test_the_screens_of_rounds_and_follow_ups_are_without_fault(page, live_server, manager, round_):
    sign_in(page, live_server, manager)
    found = {}
    for path in ("/checks/day/", "/checks/rounds/?all=1", f"/checks/rounds/{round_.pk}/", "/checks/assets/",
                 "/checks/assets/new/", "/checks/templates/", "/checks/templates/new/", "/duty/follow-ups/?all=1",
                 "/duty/follow-ups/new/", "/duty/follow-ups/old-items/"):
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")
        if wrong := faults_at_every_size(page):
            found[path] = wrong
    assert found == {}
