"""A duty day from its opening to the paper, as the desk lives it, in a real browser."""

import re

import pytest
import time_machine
from django.utils import timezone

from checklists.choices import RoundKind
from checklists.models import RoundTemplate
from checklists.services.rounds import start_round
from dutylog.choices import DayState, HandOverState
from dutylog.models import BriefingReceipt, ClosingExplanation, DutyDay, FollowUp, HandOver, LogEntry, Shift
from tests.browser.conftest import open_page, sign_in
from tests.browser.test_briefings import sign, write_page
from tests.browser.test_duty_day import type_line
from tests.browser.test_finds import RECORD, fill_find
from tests.browser.test_story import printed
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = re.compile(r"/duty/days/\d+/$")


@pytest.fixture
def morning():
    """Half past ten of today, and the clock goes on: the early shift has begun, whenever the tests run."""
    start = timezone.localtime().replace(hour=10, minute=30, second=0, microsecond=0)
    with time_machine.travel(start, tick=True):
        yield start


@pytest.fixture
def desk(morning, page, live_server, clerk, zone, counter):
    page.clock.install(time=morning)
    sign_in(page, live_server, clerk)
    return page


def test_a_day_is_opened_kept_handed_over_closed_and_printed(
    desk, browser, live_server, clerk, second_clerk, supervisor, safety_officer, point
):
    day = the_day_is_opened(desk, live_server)
    three_lines_are_typed(desk)
    a_find_shows_up_as_a_line(desk, live_server, day)
    a_failure_on_a_round_becomes_a_follow_up(desk, live_server, clerk, point)
    the_briefing_is_signed_by_two(browser, live_server, supervisor, clerk)
    the_early_shift_is_handed_over(desk, live_server, day, second_clerk)
    closing_is_refused_until_each_miss_is_explained(desk, live_server, day)
    an_addendum_is_the_only_way_in(desk, live_server, day)
    the_sheet_is_printed(desk, live_server, day)
    # The one complaint is the refusal itself: the browser reports its status.
    assert [said for said in desk.complaints if "422" not in said] == []


def the_day_is_opened(page, live_server) -> DutyDay:
    page.goto(f"{live_server.url}/duty/")
    page.get_by_role("button", name="开班").click()
    page.wait_for_url(DAY)
    day = DutyDay.objects.get()
    assert day.state == DayState.ON_DUTY
    return day


def three_lines_are_typed(page) -> None:
    for text in ("1020 ts gjt 游客反映排队过久", "bm 借出雨伞", "观景台 设备 护栏松动"):
        type_line(page, text)
        with page.expect_navigation(wait_until="load"):
            page.keyboard.press("Enter")
    assert list(LogEntry.objects.order_by("pk").values_list("category", flat=True)) == [
        "complaint", "convenience", "equipment"
    ]


def a_find_shows_up_as_a_line(page, live_server, day: DutyDay) -> None:
    page.goto(f"{live_server.url}/lost-and-found/items/new/")
    fill_find(page, "折叠伞")
    page.locator("button[value=open]").click()
    page.wait_for_url(RECORD)
    page.goto(f"{live_server.url}/duty/days/{day.pk}/")
    assert "雨具 1件" in page.locator(".log-line", has_text="拾物").inner_text()


def a_failure_on_a_round_becomes_a_follow_up(page, live_server, clerk, point) -> None:
    round_ = start_round(
        RoundTemplate.objects.get(kind=RoundKind.EQUIPMENT), timezone.localdate(), by=clerk, point=point
    )
    page.goto(f"{live_server.url}/checks/rounds/{round_.pk}/walk/")
    line = page.locator("[data-check]").first
    line.locator("label.answer.is-failed").click()
    line.locator('input[name^="remark_"]').fill("应急灯不亮")
    line.locator("[data-report]").click()
    page.wait_for_selector("[data-check] >> text=已报冯涛")
    assert FollowUp.objects.get().owner.name == "冯涛"


def the_briefing_is_signed_by_two(browser, live_server, supervisor, clerk) -> None:
    host = open_page(browser)
    sign_in(host, live_server, supervisor)
    briefing = write_page(host, live_server)
    host.on("dialog", lambda dialog: dialog.accept())
    host.click("button:has-text('发布')")
    host.get_by_text("已发布").first.wait_for()
    for person in (supervisor, clerk):
        reader = open_page(browser)
        sign(reader, live_server, person, briefing, PASSWORD)
        reader.close()
    assert BriefingReceipt.objects.filter(kind="signed").count() == 2
    host.close()


def the_early_shift_is_handed_over(page, live_server, day: DutyDay, second_clerk) -> None:
    shift = Shift.objects.filter(day=day).order_by("starts_at").first()
    page.goto(f"{live_server.url}/duty/shifts/{shift.pk}/hand-over/")
    with page.expect_navigation():
        page.get_by_role("button", name="开始清点").click()
    hand_over = HandOver.objects.get()
    page.goto(f"{live_server.url}/duty/hand-overs/{hand_over.pk}/count/")
    for line in hand_over.lines.all():
        if not line.is_by_mark:
            page.fill(f"[name=counted_{line.pk}]", f"{line.expected or 0:f}")
    with page.expect_navigation():
        page.get_by_role("button", name="保存清点").click()
    page.goto(f"{live_server.url}/duty/hand-overs/{hand_over.pk}/sign/")
    page.fill("[name=staff_no]", second_clerk.staff_no)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main .desk-form button[type=submit].btn-primary").click()
    hand_over.refresh_from_db()
    assert (hand_over.state, hand_over.incoming) == (HandOverState.TAKEN, second_clerk)


def closing_is_refused_until_each_miss_is_explained(page, live_server, day: DutyDay) -> None:
    page.goto(f"{live_server.url}/duty/days/{day.pk}/close/")
    reasons = page.locator("[name^=why_]")
    assert reasons.count() > 0
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="闭班锁定").click()
    page.get_by_text("没有办,也没有写说明").first.wait_for()
    day.refresh_from_db()
    assert not day.is_locked
    for place in range(reasons.count()):
        reasons.nth(place).fill("停电,明早补做")
    page.get_by_role("button", name="闭班锁定").click()
    page.wait_for_url(DAY)
    day.refresh_from_db()
    assert day.state == DayState.CLOSED
    assert ClosingExplanation.objects.count() == reasons_given(day)


def reasons_given(day: DutyDay) -> int:
    return ClosingExplanation.objects.filter(day=day, text="停电,明早补做").count()


def an_addendum_is_the_only_way_in(page, live_server, day: DutyDay) -> None:
    line = LogEntry.objects.order_by("pk").first()
    page.goto(f"{live_server.url}/duty/days/{day.pk}/")
    assert page.locator("#quick").count() == 0
    page.locator(f"#line-{line.pk}").get_by_role("link", name="补记").click()
    page.fill("[name=text]", "游客已致谢")
    page.fill("[name=reason]", "闭班后回访")
    page.locator("main button[type=submit].btn-primary").click()
    page.get_by_text("游客已致谢").first.wait_for()


def the_sheet_is_printed(page, live_server, day: DutyDay) -> None:
    sheet, pages = printed(page, live_server, "3.12", day)
    for word in (day.number, "游客反映排队过久", "借出雨伞", "护栏松动", "雨具 1件", "游客已致谢", "停电,明早补做"):
        assert word in sheet, word
    assert pages >= 1
