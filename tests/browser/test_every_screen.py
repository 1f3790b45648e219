"""Every page of the URL configuration, walked in a real browser: as a clerk by day, as a manager by night.

The pages and their things come from the access matrix: an address that is added there is walked here. Each opens
a page once; the manager, who sees all that a clerk sees and more, has chosen dark and large type.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error

from servicedesk.choices import Role, TextSize, Theme
from servicedesk.models import User
from tests.access.row import Row
from tests.access.world import World
from tests.access_matrix import ROWS
from tests.browser.conftest import AXE, SIZES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Names that are written so in Chinese too, keys as they stand on the keyboard, and two words a finger types.
NAMES = {"Excel", "PIN", "OTA", "Alt", "Ctrl", "Shift", "Enter", "Tab", "Esc", "MB", "JPG", "PNG", "HEIC", "PDF", "gjt"}
# Numbers of records, tags of things (KF-DT-0001), codes of forms (KF-HF-TZ) and the short codes of versions (3AF9).
SERIALS = re.compile(
    r"\bKF(-[A-Z]{2,4})+\b|\b[A-Z]{1,4}(-[A-Z]{2})?-?\d[\w.-]*|\b\d+[A-Z]\b|\b(?=[A-F]*\d)[\dA-F]{4,}\b"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}")
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
# A walk that saw fewer pages has missed some.
LEAST_OF_A_CLERK, LEAST_OF_A_MANAGER = 100, 160
WIDE = "document.documentElement.scrollWidth > window.innerWidth"
# A page with a main action shows one without scrolling; a page whose sheet floats over it has none.
ACTION_HIDDEN = """() => {
  const all = [...document.querySelectorAll("main .btn-primary")].filter((one) => one.checkVisibility());
  const seen = (one) => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; };
  return all.length > 0 && !all.some(seen);
}"""
# What is marked as English is meant so: the visitors' own language.
WORDS = """() => {
  document.querySelectorAll("[lang=en]").forEach((one) => { one.remove(); });
  return [document.title, document.body.innerText, ...[...document.querySelectorAll(
  "[placeholder], [aria-label], [title], [alt]")].filter((one) => !one.closest("iframe"))
  .flatMap((one) => ["placeholder", "aria-label", "title", "alt"].map((name) => one.getAttribute(name) ?? ""))
].join(" "); }"""


@pytest.fixture
def world(db) -> World:
    return World().with_everything()


def screens(page: Any, world: World, live_server: Any, role: str) -> Iterator[str]:
    """Open the pages that a role gets by GET one after the other, and give their names.

    Papers, pictures and workbooks are no screens, nor are parts of a page.
    """
    for row in ROWS:
        if row.get.status != 200 or role not in row.get.roles or row.name in {"signout", "lock"}:
            continue
        page.complaints.clear()
        if is_screen(page, live_server.url + address(row, world)):
            yield row.name


def is_screen(page: Any, url: str) -> bool:
    try:
        answer = page.goto(url)
    except Error as refused:
        # A workbook or a paper is taken as a download; the page before it stays.
        if "Download is starting" in refused.message or "ERR_ABORTED" in refused.message:
            return False
        raise
    assert answer.status == 200, url
    return answer.headers["content-type"].startswith("text/html") and page.evaluate("document.doctype !== null")


def address(row: Row, world: World) -> str:
    path = reverse(row.name, args=[world.read(part) for part in row.args])
    query = "&".join(f"{name}={world.read(value)}" for name, value in row.query.items())
    return f"{path}?{query}" if query else path


def open_as(browser: Any, client: Client, live_server: Any) -> Any:
    """A page of a signed-in person; what the console complains of gathers in `page.complaints`."""
    context = browser.new_context(viewport=SIZES["desk"], locale="zh-CN", timezone_id="Asia/Shanghai")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if is_complaint(said) else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def is_complaint(said: Any) -> bool:
    """A part of a page, opened alone, names no icon: the browser's own asking for one is no fault."""
    return said.type == "error" and not said.location["url"].endswith("/favicon.ico")


def faults(page: Any) -> list[str]:
    """What axe finds serious, then width and main action on the desk's screen and on a phone, and the console."""
    found = page.evaluate(SERIOUS, MILD) + _shape(page, "desk")
    page.set_viewport_size(SIZES["phone"])
    found += _shape(page, "phone")
    page.set_viewport_size(SIZES["desk"])
    return found + page.complaints


def _shape(page: Any, where: str) -> list[str]:
    wide = [f"{where}: scrolls sideways"] if page.evaluate(WIDE) else []
    return wide + ([f"{where}: the main action is out of sight"] if page.evaluate(ACTION_HIDDEN) else [])


def said_of(walked: list[tuple[str, list[str]]]) -> str:
    return "\n".join(f"{name} {wrong}" for name, found in walked for wrong in found)


def english(page: Any) -> list[str]:
    """Words on the page that no Chinese reader knows, names and numbers of records left out."""
    text = SERIALS.sub(" ", page.evaluate(WORDS))
    return sorted({f"English: {word}" for word in ENGLISH.findall(text) if word not in NAMES})


@pytest.fixture
def walk(browser, live_server, world):
    """Sign a role in, with the look it has chosen: `walk(Role.CLERK)` gives its client and its page."""

    def start(role: str, **look: str) -> tuple[Client, Any]:
        client, person = Client(), world.person(role)
        User.objects.filter(pk=person.pk).update(**look)
        client.force_login(person)
        return client, open_as(browser, client, live_server)

    return start


def test_every_screen_of_a_clerk_is_without_fault_and_speaks_chinese(walk, world, live_server):
    _, page = walk(Role.CLERK, theme=Theme.LIGHT)
    walked = [(name, english(page) + faults(page)) for name in screens(page, world, live_server, Role.CLERK)]
    assert said_of(walked) == ""
    assert len(walked) >= LEAST_OF_A_CLERK


def test_every_screen_of_a_manager_is_without_fault_dark_and_in_large_type(walk, world, live_server):
    _, page = walk(Role.MANAGER, theme=Theme.DARK, text_size=TextSize.LARGE)
    walked = [(name, faults(page)) for name in screens(page, world, live_server, Role.MANAGER)]
    assert said_of(walked) == ""
    assert len(walked) >= LEAST_OF_A_MANAGER


def test_every_rail_link_leads_to_its_page(walk, live_server):
    for role in (Role.CLERK, Role.MANAGER, Role.FINANCE, Role.ADMIN):
        client, page = walk(role)
        page.goto(f"{live_server.url}/")
        links = page.eval_on_selector_all(".rail-link", "all => all.map((one) => one.getAttribute('href'))")
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200), role
        page.context.close()
