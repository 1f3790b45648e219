"""Requests that no browser sends: whatever arrives, nobody meets an HTTP 500, on either database."""

import json
import os
import random
import re

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from servicedesk.choices import Role
from servicedesk.wsgi import KnownCharset
from tests.access.walk import address, forms_of, read_all, undone
from tests.access_matrix import ROWS
from tests.safety.typing import filled, form_for

pytestmark = pytest.mark.django_db
SEED = 20261122
# Requests for each address and form, about 2,000 in all; with DESK_REQUESTS=10 more than 10,000.
PER_ADDRESS = int(os.environ.get("DESK_REQUESTS", "1"))
LONG = "长" * 100_000
ODD = [
    "", " ", "\x00", "a\x00b", "\u202e反向", "\u200f\u202btext", "\ufeff", "\ufffd", "0", "-1", "-0", "1e308", "1e999",
    "NaN", "Infinity", "-Infinity", "9" * 18, "9" * 19, "9" * 40, "9" * 5000, "2147483648", "9223372036854775808",
    "-9223372036854775809", "0x1F", "1_000", "١٢٣", "²", "①", "1.5", "½", "None", "null", "true", "[]", "{}", "[1]",
    "0001-01-01", "0001-01-01 00:00", "9999-12-31", "2026-02-30", "2026-13-45 99:99", "-9999", "9999-12-31 23:59",
    "99991231 2359",
    "昨9999", "0000-00-00", "2026-W01", "10000-01", "9999-12", "0001-01", "'", '"', "'; DROP TABLE x;--", "%", "%%",
    "%s", "%(a)s", "_", "\\", "\\x00", "{0}", "{number}", "{", "../../etc/passwd", "//example.org", "javascript:x",
    "http://example.org/", "\r\nX-Header: 1", "\t", "\x1b[31m", "\x7f", "💥", "👨‍👩‍👧‍👦", "𬭎䶮㛃", "é́́́", "ﷺ",
    "=1+1", "*", '"*', "AND OR NOT", "a" * 9000, LONG, "1" * 101, ",".join("1" * 500), "(((((", "<script>", "K2", "K9",
    "\ud800", "a\udfffb", "-number", "--number", "id", "?", "pk__in", "version",
]
CONTENT_TYPES = [
    "application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "application/octet-stream", "", "a/b; c",
    "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=nonsense",
    "application/json; charset=utf-7", "multipart/form-data; boundary=x; charset=unicode_escape",
]
BODIES = [
    b"", b"\x00", b"\xff\xfe\xfd", b"[]", b"{}", b'{"a": "\\ud800"}', b"[" * 60_000, b'{"a":' * 30_000, b"1" * 6000,
    b'{"a": ' + b"1" * 6000 + b"}", b"a=%00", b"a=%ED%A0%80", b"%", b"&&&=;", b"--x\r\n", b"--x--",
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\x00\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="photos"; filename="../\x00.jpg"\r\n\r\nGIF89a\r\n--x--\r\n',
    b"&".join(b"a=1" for _ in range(5000)),
]
QUERY = (
    "q", "sort", "page", "columns", "since", "until", "state", "next", "id", "month", "sheets", "numbered", "blank",
    "path", "step", "pick", "all", "when", "kind", "copies", "category", "zone", "waiting", "point", "service_points",
)


def typed(value: str) -> str:
    """A lone surrogate travels as the three bytes that a careless client makes of it."""
    return value.encode("utf-8", "surrogatepass").decode("latin-1") if any("\ud800" <= c <= "\udfff" for c in value) \
        else value


def fault(client: Client, ask) -> int:
    return undone(ask, client).status_code


@pytest.fixture
def chance(request) -> random.Random:
    """The same dice for a test whatever ran before it, in whichever process."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_odd_questions_are_answered(row, world, entered, chance):
    client, url = entered(row), address(row, world)
    page = undone(lambda: client.get(url, read_all(world, row.query)), client)
    is_page = page.status_code == 200 and "html" in page.headers["Content-Type"]
    asked = [f.names() for f in forms_of(page.content.decode()) if f.method == "get"] if is_page else []
    names = [*QUERY, *(name for form in asked for name in form)]
    faults = []
    for _ in range(PER_ADDRESS):
        query = {name: typed(chance.choice(ODD))[:900] for name in chance.sample(names, 4)}
        query |= read_all(world, row.query) if chance.random() < 0.5 else {}
        status = fault(client, lambda query=query: client.get(url, query))
        if status >= 500:
            faults.append((status, query))
    assert faults == []


@pytest.mark.parametrize("row", [r for r in ROWS if r.post.roles], ids=lambda row: row.name)
def test_odd_forms_are_answered(row, world, entered, chance):
    client, url = entered(row, "POST"), address(row, world)
    form = undone(lambda: form_for(row, world, client), client)
    good = (filled(form, {}) if form else {}) | read_all(world, row.data)
    names = [*good, *(form.names() if form else []), "version", "submission_key", "after", "back", "next"]
    query = read_all(world, row.query)
    faults = []
    for _ in range(PER_ADDRESS):
        # One odd field among good ones comes far; many odd ones try what fields do to each other.
        odd = chance.sample(names, chance.choice((1, min(5, len(names)))))
        data = good | {name: typed(chance.choice(ODD)) for name in odd}
        status = fault(client, lambda data=data: client.post(url, data, query_params=query))
        if status >= 500:
            faults.append((status, {name: data[name][:80] for name in odd}))
    assert faults == []


@pytest.mark.parametrize("row", [r for r in ROWS if r.post.roles], ids=lambda row: row.name)
def test_odd_bodies_are_answered(row, world, entered, chance):
    client, url = entered(row, "POST"), address(row, world)
    faults = []
    for _ in range(-(-PER_ADDRESS // 2)):
        body, kind = chance.choice(BODIES), chance.choice(CONTENT_TYPES)
        status = fault(client, lambda body=body, kind=kind: client.generic("POST", url, body, content_type=kind))
        if status >= 500:
            faults.append((status, kind, body[:60]))
    assert faults == []


@pytest.mark.parametrize("kind", CONTENT_TYPES)
@pytest.mark.parametrize("name", ["draft", "lostfound:lostreport_hints"])
def test_every_odd_body_is_answered_in_every_odd_wrapping(name, kind, world, entered):
    row = next(r for r in ROWS if r.name == name)
    client, url = entered(row, "POST"), address(row, world)
    faults = [
        (status, body[:60]) for body in BODIES
        if (status := fault(
            client, lambda b=body: client.generic("POST", url, b, content_type=kind, QUERY_STRING="q=%E4")
        )) >= 500
    ]
    assert faults == []


@pytest.mark.parametrize("name", ["draft", "signin", "lostfound:founditem_create", "lostfound:founditem_photos"])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_ten_megabytes_are_refused_without_a_fault(name, kind, world, entered):
    row = next(r for r in ROWS if r.name == name)
    client = entered(row, "POST")
    body = b"x" * 10_000_000
    if kind == "multipart/form-data":
        body = b'--x\r\nContent-Disposition: form-data; name="thing"\r\n\r\n' + body + b"\r\n--x--\r\n"
        kind += "; boundary=x"
    status = fault(client, lambda: client.generic("POST", address(row, world), body, content_type=kind))
    assert status in {400, 422}


@pytest.mark.parametrize("row", [r for r in ROWS if r.name.endswith("_list") or r.name.startswith("paper")],
                         ids=lambda row: row.name)
def test_the_ends_of_the_calendar_are_answered(row, world, entered):
    client, url, faults = entered(row), address(row, world), []
    if row.get.status != 200:
        return
    for day in ("0001-01-01", "1999-12-31", "9999-12-31", "0001-01", "9999-12"):
        query = dict.fromkeys(("since", "until", "month"), day)
        if (status := fault(client, lambda q=query: client.get(url, q))) >= 500:
            faults.append((status, day))
    assert faults == []


@pytest.mark.parametrize("value", ODD[::4])
def test_odd_words_in_the_address_are_answered(value, world, entered):
    row = next(r for r in ROWS if r.name == "start")
    client, faults = entered(row), []
    word = re.sub(r"[/\r\n]", "-", typed(value)[:300]) or "-"
    for name in ("draft", "setting_edit", "paper", "paper_pdf", "paper_wording"):
        for method in ("GET", "POST"):
            url = reverse(name, args=[word])
            status = fault(client, lambda m=method, u=url: client.generic(m, u, b"{}", content_type="application/json"))
            if status >= 500:
                faults.append((name, method, status))
    assert faults == []


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "9" * 4400])
def test_numbers_of_no_record_are_answered(number, world, entered):
    client, faults = entered(next(r for r in ROWS if r.name == "start")), []
    for row in ROWS:
        if any(str(a).startswith("@") for a in row.args):
            url = address(row, world).replace(f"/{world.read(row.args[0])}/", f"/{number}/", 1)
            method = "GET" if row.get.roles else "POST"
            if (status := fault(client, lambda m=method, u=url: client.generic(m, u))) >= 500:
                faults.append((row.name, method, status))
    assert faults == []


@pytest.mark.parametrize("charset", ["rot13", "idna", "hex", "undefined", "nonsense", "gbk", '"', "a\x00b"])
def test_a_charset_that_is_none_does_not_stop_the_server(charset):
    kind = f"a/b; charset={charset}; boundary=x"
    environ = RequestFactory().generic("POST", "/", b"{}").environ | {"CONTENT_TYPE": kind, "QUERY_STRING": "q=%E4"}
    asked = KnownCharset(lambda given, start_response: WSGIRequest(given))(environ, None)
    assert (asked.content_params["boundary"], list(asked.GET)) == ("x", ["q"])


@pytest.mark.parametrize("query", [{"id": "²"}, {"sheets": "²"}, {"month": "0001-01"}, {"month": "9999-12"}])
@pytest.mark.parametrize("key", ["3.3", "3.7"])
def test_a_paper_asked_for_with_odd_numbers_is_answered(key, query, world, clients):
    answer = clients[Role.MANAGER].get(reverse("paper", args=[key]), query)
    assert answer.status_code in {200, 404}


@pytest.mark.parametrize("name", ["lostfound:founditem_list", "search", "person_list", "start"])
def test_a_nul_in_a_question_is_refused_in_one_place(name, world, entered):
    row = next(r for r in ROWS if r.name == name)
    answer = entered(row).get(address(row, world) + "?q=%00")
    assert answer.status_code == 400
    assert "地址" in answer.content.decode()


def test_drafts_of_any_text_come_back(world, entered):
    row = next(r for r in ROWS if r.name == "draft")
    client, url = entered(row), address(row, world)
    fields = {"thing": "💥𬭎\u202e", "features": "长" * 5000}
    assert client.post(url, json.dumps(fields), content_type="application/json").status_code == 200
    assert client.get(url).json()["fields"] == fields
