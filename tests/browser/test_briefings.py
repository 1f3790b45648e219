"""The morning briefing in a browser: typed, published, read and signed by two, without a fault on either screen."""

import pytest
from django.urls import reverse

from dutylog.choices import ReceiptKind
from dutylog.models import Briefing, BriefingReceipt
from servicedesk.models import Message
from servicedesk.services.pins import set_pin
from tests.browser.conftest import faults, open_page, sign_in
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write_page(page, live_server) -> Briefing:
    page.goto(f"{live_server.url}{reverse('dutylog:briefing_create')}")
    page.wait_for_timeout(400)
    page.evaluate("""() => {
      const [host, recorder] = ["host", "recorder"].map((name) => document.querySelector(`[name=${name}]`));
      host.tomselect.setValue(recorder.value);
    }""")
    page.fill("[name=operations]", "开放项目:缆车")
    page.fill("[name=tasks-0-matter]", "清点雨伞")
    assert faults(page) == []
    page.click("text=保存草稿")
    page.wait_for_url("**/briefings/*/")
    return Briefing.objects.get()


def sign(page, live_server, person, briefing: Briefing, secret: str) -> None:
    sign_in(page, live_server, person)
    page.click("text=去签字")
    page.wait_for_url("**/briefings/*/")
    page.wait_for_timeout(600)
    assert faults(page) == []
    page.click("text=审阅签字 >> nth=0")
    page.wait_for_url("**/sign/")
    page.fill("[name=secret]", secret)
    # Enter goes on, as in every form of the desk: to the button, then through it.
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('dutylog:briefing_detail', args=[briefing.pk])}")


def test_a_briefing_is_written_published_and_signed_by_two(
    page, browser, live_server, supervisor, clerk
):
    sign_in(page, live_server, supervisor)
    briefing = write_page(page, live_server)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("button:has-text('发布')")
    page.wait_for_timeout(800)
    briefing.refresh_from_db()
    assert briefing.is_published
    set_pin(clerk, "407193")
    for person, secret in ((supervisor, PASSWORD), (clerk, "407193")):
        other = open_page(browser, "phone" if person == clerk else "desk")
        sign(other, live_server, person, briefing, secret)
        other.close()
    receipts = BriefingReceipt.objects.filter(kind__in=(ReceiptKind.OPENED, ReceiptKind.SIGNED))
    assert receipts.count() == 4
    assert Message.objects.unread().count() == 0
