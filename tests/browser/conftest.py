"""A real browser: Debian's Chromium, driven as a clerk would, watched for what a clerk must not meet."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import PASSWORD

CHROMIUM = os.environ.get("DESK_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
AXE = Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js"
SERIOUS = """async () => (await axe.run()).violations
  .filter((each) => ["serious", "critical"].includes(each.impact))
  .map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(" ")}`)"""
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def browser(monkeypatch):
    # Playwright's loop runs in this thread; the tests ask the database from it between two steps.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A page at the desk's size; what it complains of gathers in `page.complaints`."""
    page = browser.new_page(viewport=SIZES["desk"], locale="zh-CN", timezone_id="Asia/Shanghai")
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def sign_in(page, live_server, person) -> None:
    page.goto(f"{live_server.url}/signin/")
    page.keyboard.type(person.staff_no)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")


def faults(page) -> list[str]:
    """What axe finds serious, sideways scrolling, and every error in the console (the CSP's too)."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*page.evaluate(SERIOUS), *(["sideways scrolling"] if wide else []), *page.complaints]
