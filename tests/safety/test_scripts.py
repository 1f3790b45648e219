"""Script payloads in every text of every row: no page carries them as anything but text."""

from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from servicedesk.choices import Role
from tests.access.walk import address, read_all, undone
from tests.access.world import World
from tests.access_matrix import ROWS
from tests.safety.planting import furnish, in_turn, planted

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MARK = "xq7"
PAYLOADS = [
    f"<{MARK}>", f"</{MARK}><{MARK}>", f"\"><{MARK}>", f"'><{MARK}>", f"`><{MARK}>", f"<svg/onload={MARK}>",
    f"\" onfocus={MARK} a=\"", f"' onload='{MARK}", f"<script>{MARK}</script>", f"</script><{MARK}>",
    f"</title><{MARK}>", f"</textarea><{MARK}>", f"</style><{MARK}>", f"<!--<{MARK}>-->", f"-->< {MARK}><{MARK}>",
    f"<img src={MARK} onerror=1>", f"<a href=javascript:{MARK}>", f"javascript:{MARK}//", f"<iframe src={MARK}>",
    f"<object data={MARK}>", f"<base href=//{MARK}>", f"<form action=//{MARK}>", f"<link href=//{MARK}>",
    f"<meta http-equiv=refresh {MARK}>", f"{{{{{MARK}}}}}{{% now %}}", f"&lt;{MARK}&gt;<{MARK}>",
    f"\\u003c{MARK}\\u003e",
    f"<math><{MARK}>", f"<b style=color:{MARK}>", f"<{MARK}\x0conclick=1>",
]
ADDRESSES = ("href", "src", "action", "formaction", "data", "hx-get", "hx-post", "data-href", "srcdoc")


class Injected(HTMLParser):
    """Whatever a payload became besides text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if MARK in tag:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            is_address = name in ADDRESSES and (value or "").strip().lower().startswith(("javascript:", "data:text"))
            if name.startswith("on") or MARK in name or is_address or name == "style":
                self.found.append(f"<{tag} {name}={value}>")
        if tag in {"base", "object", "embed"} or (tag == "script" and "src" not in dict(attrs)):
            self.found.append(f"<{tag} {attrs}>")


def injected(html: str) -> list[str]:
    reader = Injected()
    reader.feed(html)
    return reader.found


def client_of(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.person(role))
    return client


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker):
    """A world full of script payloads, and somebody who may look at each page."""
    with django_db_blocker.unblock(), transaction.atomic():
        with planted(in_turn(PAYLOADS)):
            world = World().with_everything()
            furnish(world)
        yield world, {role: client_of(world, role) for role in Role}
        transaction.set_rollback(True)


@pytest.mark.parametrize("payload", [p for p in PAYLOADS if f"<{MARK}>" in p and "<!--" not in p and "&lt;" not in p])
def test_the_reader_sees_an_injection(payload):
    assert injected(f"<p>{payload}</p>") != []
    assert injected(f"<p>{escape(payload)}</p><a title=\"{escape(payload)}\">") == []


@pytest.mark.parametrize("row", [r for r in ROWS if r.get.status == 200], ids=lambda row: row.name)
def test_no_page_echoes_a_payload_as_markup(row, walked):
    world, clients = walked
    role = Role.MANAGER if Role.MANAGER in row.get.roles else next(iter(sorted(row.get.roles)), Role.MANAGER)
    query = read_all(world, row.query)
    answer = undone(lambda: clients[role].get(address(row, world), query, follow=True), clients[role])
    if "html" in answer.headers["Content-Type"]:
        assert injected(answer.content.decode()) == []
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["search", "lostfound:founditem_list", "signin"])
def test_no_page_echoes_what_its_address_says(name, walked):
    world, clients = walked
    url, client = address(next(r for r in ROWS if r.name == name), world), clients[Role.MANAGER]
    echoed = {}
    for payload in PAYLOADS:
        query = dict.fromkeys(("q", "next", "sort", "since", "state", "columns", "page"), payload)
        echoed[payload] = injected(undone(lambda q=query: client.get(url, q), client).content.decode())
    assert echoed == dict.fromkeys(PAYLOADS, [])


def test_payloads_that_were_typed_come_back_as_text(walked):
    world, clients = walked
    row = next(r for r in ROWS if r.name == "lostfound:founditem_create")
    typed = {"thing": PAYLOADS[0], "colour": PAYLOADS[6], "features": PAYLOADS[11], "zone": PAYLOADS[2],
        "unit": PAYLOADS[7]}
    answer = undone(lambda: clients[Role.MANAGER].post(address(row, world), typed), clients[Role.MANAGER])
    assert answer.status_code == 422
    assert injected(answer.content.decode()) == []
    assert f"&lt;{MARK}&gt;" in answer.content.decode()
