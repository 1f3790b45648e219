"""A real browser: Debian's Chromium, driven as a clerk would, watched for what a clerk must not meet."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.conftest import PASSWORD
from tests.room import roomy

CHROMIUM = os.environ.get("DESK_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # Each page is new and soon left: what V8 spends on making its code fast never comes back.
    "--js-flags=--no-opt --no-maglev",
]
AXE = Path(__file__).parents[1] / "vendor" / "axe" / "axe.min.js"
# Rules whose finds are never serious are left out, and what passes is not written down: that saves half the time.
MILD = [
    "aria-allowed-role", "aria-deprecated-role", "empty-heading", "empty-table-header", "form-field-multiple-labels",
    "heading-order", "html-xml-lang-mismatch", "image-redundant-alt", "landmark-banner-is-top-level",
    "landmark-complementary-is-top-level", "landmark-contentinfo-is-top-level", "landmark-main-is-top-level",
    "landmark-no-duplicate-banner", "landmark-no-duplicate-contentinfo", "landmark-no-duplicate-main",
    "landmark-one-main", "landmark-unique", "meta-viewport", "meta-viewport-large", "no-autoplay-audio",
    "page-has-heading-one", "presentation-role-conflict", "region", "scope-attr-valid", "server-side-image-map",
    "skip-link", "table-duplicate-name",
]
SERIOUS = """async (mild) => (await axe.run({
    resultTypes: ["violations"], rules: Object.fromEntries(mild.map((rule) => [rule, {enabled: false}])),
  })).violations.filter((each) => ["serious", "critical"].includes(each.impact))
  .map((each) => `${each.id}: ${each.nodes.slice(0, 4).map((node) => node.target).join(" ")}`)"""
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests of a worker: to start one takes as long as half a story."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread; the tests ask the database from it between two steps.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def _room_for_answers() -> Iterator[None]:
    """The server answers each request in a thread of its own."""
    answer = ThreadedWSGIServer.process_request_thread
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ThreadedWSGIServer, "process_request_thread", lambda *given: roomy(answer, *given))
        yield


@pytest.fixture
def browser(chromium):
    """The browser without a trace of the test before: whatever was opened in it, cookies and drafts, ends here."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def page(browser):
    return open_page(browser)


def open_page(browser, size: str = "desk"):
    """A page in a window of its own; what it complains of gathers in `page.complaints`."""
    context = browser.new_context(viewport=SIZES[size], locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if is_complaint(said) else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def is_complaint(said: Any) -> bool:
    """A part of a page, opened alone, names no icon: the browser's own asking for one is no fault."""
    return said.type == "error" and not said.location["url"].endswith("/favicon.ico")


def let_in(page, live_server, person) -> None:
    """The session that signing in gives, and no page yet."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([
        {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    ])


def sign_in(page, live_server, person) -> None:
    """At the start page, signed in. Whose story is the sign-in itself types it: `type_in`."""
    let_in(page, live_server, person)
    page.goto(f"{live_server.url}/")


def type_in(page, live_server, person) -> None:
    """Sign in by the keyboard, as a person does."""
    page.goto(f"{live_server.url}/signin/")
    page.keyboard.type(person.staff_no)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")


def faults(page) -> list[str]:
    """What axe finds serious, sideways scrolling, and every error in the console (the CSP's too)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*page.evaluate(SERIOUS, MILD), *(["sideways scrolling"] if wide else []), *page.complaints]


def faults_at_every_size(page) -> list[str]:
    """The faults of a page on the desk's screen, then of the same page on a phone."""
    found = []
    for size, window in SIZES.items():
        page.set_viewport_size(window)
        found += [f"{size}: {fault}" for fault in faults(page)]
    return found
