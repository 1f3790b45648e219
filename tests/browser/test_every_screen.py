"""Every page of the URL configuration, walked in a real browser: as a clerk by day, as a manager by night.

The pages and their things come from the access matrix: an address that is added there is walked here. Each opens
a page once; the manager, who sees all that a clerk sees and more, has chosen dark and large type. The house is
walked in parts, so that several workers share the way.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error

from servicedesk.choices import Role, TextSize, Theme
from servicedesk.models import User
from tests.access.row import Row
from tests.access.world import World
from tests.access_matrix import ROWS
from tests.browser.conftest import AXE, MILD, SERIOUS, SIZES, let_in, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Names that are written so in Chinese too, keys as they stand on the keyboard, and two words a finger types.
NAMES = {"Excel", "PIN", "OTA", "Alt", "Ctrl", "Shift", "Enter", "Tab", "Esc", "MB", "JPG", "PNG", "HEIC", "PDF", "gjt"}
# Numbers of records, tags of things (KF-DT-0001), codes of forms (KF-HF-TZ) and the short codes of versions (3AF9).
SERIALS = re.compile(
    r"\bKF(-[A-Z]{2,4})+\b|\b[A-Z]{1,4}(-[A-Z]{2})?-?\d[\w.-]*|\b\d+[A-Z]\b|\b(?=[A-F]*\d)[\dA-F]{4,}\b"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}")
# Whoever asks for them is signed out afterwards, or before a closed door.
LEAVES = {"signout", "lock"}
REST = "the rest"
# The parts of the house and what a clerk and a manager see there at the least: a walk that saw less has missed some.
LEAST = {"lostfound": (50, 75), "dutylog": (55, 70), "complaints": (35, 60), REST: (35, 100)}
# A page with a main action shows one without scrolling; a page whose sheet floats over it has none.
SHAPE = """() => {
  const all = [...document.querySelectorAll("main .btn-primary")].filter((one) => one.checkVisibility());
  const seen = (one) => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; };
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : []),
    ...(all.length > 0 && !all.some(seen) ? ["the main action is out of sight"] : []),
  ];
}"""
# What is marked as English is meant so: the visitors' own language.
WORDS = """() => {
  const meant = [...document.querySelectorAll("[lang=en]")];
  meant.forEach((one) => { one.style.display = "none"; });
  const read = [document.title, document.body.innerText, ...[...document.querySelectorAll(
    "[placeholder], [aria-label], [title], [alt]")].filter((one) => !one.closest("iframe, [lang=en]"))
    .flatMap((one) => ["placeholder", "aria-label", "title", "alt"].map((name) => one.getAttribute(name) ?? ""))];
  meant.forEach((one) => { one.style.removeProperty("display"); });
  return read.join(" ");
}"""


@pytest.fixture
def world(db) -> World:
    return World().with_everything()


def part_of(row: Row) -> str:
    house = row.name.partition(":")[0]
    return house if house in LEAST else REST


def screens(page: Any, world: World, live_server: Any, role: str, part: str) -> Iterator[str]:
    """Open the pages that a role gets by GET one after the other, and give their names.

    Papers, pictures and workbooks are no screens, nor are parts of a page.
    """
    for row in ROWS:
        if part_of(row) != part or row.get.status != 200 or role not in row.get.roles or row.name in LEAVES:
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


def serious(page: Any) -> list[str]:
    return page.evaluate(SERIOUS, MILD)


def english(page: Any) -> list[str]:
    """Words on the page that no Chinese reader knows, names and numbers of records left out."""
    text = SERIALS.sub(" ", page.evaluate(WORDS))
    return sorted({f"English: {word}" for word in ENGLISH.findall(text) if word not in NAMES})


def faults(page: Any, *questions: Callable[[Any], list[str]]) -> list[str]:
    """Width and main action on the desk's screen and on a phone, what is asked at the desk, and the console.

    A page that came as narrow as a phone is widened and the next one narrowed: to resize is dear.
    """
    found = []
    for size in sorted(SIZES, key=lambda each: SIZES[each] != page.viewport_size):
        if page.viewport_size != SIZES[size]:
            page.set_viewport_size(SIZES[size])
        found += [f"{size}: {wrong}" for wrong in page.evaluate(SHAPE)]
        if size == "desk":
            found += [wrong for ask in questions for wrong in ask(page)]
    return found + page.complaints


def said_of(walked: list[tuple[str, list[str]]]) -> str:
    return "\n".join(f"{name} {wrong}" for name, found in walked for wrong in found)


@pytest.fixture
def walk(browser, live_server, world):
    """Sign a role in, with the look it has chosen: `walk(Role.CLERK)` gives its page."""

    def start(role: str, **look: str) -> Any:
        person = world.person(role)
        User.objects.filter(pk=person.pk).update(**look)
        page = open_page(browser)
        page.context.add_init_script(path=AXE)
        let_in(page, live_server, person)
        return page

    return start


@pytest.mark.parametrize("part", LEAST)
def test_every_screen_of_a_clerk_is_without_fault_and_speaks_chinese(walk, world, live_server, part):
    page = walk(Role.CLERK, theme=Theme.LIGHT)
    opened = screens(page, world, live_server, Role.CLERK, part)
    walked = [(name, faults(page, serious, english)) for name in opened]
    assert said_of(walked) == ""
    assert len(walked) >= LEAST[part][0]


@pytest.mark.parametrize("part", LEAST)
def test_every_screen_of_a_manager_is_without_fault_dark_and_in_large_type(walk, world, live_server, part):
    page = walk(Role.MANAGER, theme=Theme.DARK, text_size=TextSize.LARGE)
    opened = screens(page, world, live_server, Role.MANAGER, part)
    walked = [(name, faults(page, serious)) for name in opened]
    assert said_of(walked) == ""
    assert len(walked) >= LEAST[part][1]


def test_every_rail_link_leads_to_its_page(walk, world, live_server):
    for role in (Role.CLERK, Role.MANAGER, Role.FINANCE, Role.ADMIN):
        page, client = walk(role), Client()
        client.force_login(world.person(role))
        page.goto(f"{live_server.url}/")
        links = page.eval_on_selector_all(".rail-link", "all => all.map((one) => one.getAttribute('href'))")
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200), role
        page.context.close()
