"""Every address × every identity × every method, as `tests/access_matrix.py` says."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from servicedesk.views import failures
from tests.access.row import ROLES, SEES_ALL_DESKS, Row
from tests.access.walk import address, read_all, undone
from tests.access.world import World, standing
from tests.access_matrix import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SESSION_TABLE = "django_session"
NOWHERE = 999_999_999
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
IDENTITIES = [("anonymous", None), ("disabled", None), *[(w, r) for w in ("here", "elsewhere") for r in ROLES]]


def addresses(patterns=None, namespace: str = "") -> Iterator[str]:
    """Names of all addresses of the URL configuration; one without a name shows as its route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}" if pattern.name else f"nameless: {pattern.pattern}"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """One world for all rows; requests are undone one by one. What stands on a page is the question of other tests:
    those of planted numbers draw every page for everybody.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, standing() as world:
        patch.setattr(failures, "render", lambda request, template, status: HttpResponse(template, status=status))
        patch.setattr(Template, "render", lambda self, context=None, request=None: "")
        yield world


@pytest.fixture(scope="module")
def clients(world) -> dict:
    """A signed-in client per identity. The disabled one signed in before the account was closed."""
    found = {}
    for where, role in IDENTITIES:
        client = Client()
        if where == "disabled":
            client.force_login(world.disabled)
        elif role is not None:
            client.force_login(world.person(role, where))
        found[where, role] = client
    return found


def ask(client: Client, method: str, url: str, row: Row, world: World):
    """One request whose effects are undone, so that the next identity meets the same world."""
    query, data = read_all(world, row.query), read_all(world, row.data)
    if method == "GET":
        return undone(lambda: client.get(url, query), client)
    if method == "POST":
        return undone(lambda: client.post(url, data, query_params=query), client)
    return undone(lambda: client.generic(method, url), client)


def is_thing(value) -> bool:
    return isinstance(value, str) and value.startswith("@")


def writes(queries: CaptureQueriesContext) -> set[str]:
    """Tables that the captured statements change."""
    words = [q["sql"].replace('"', "").split() for q in queries if q["sql"]]
    changed = {w[2] for w in words if w[0] in {"INSERT", "DELETE"}} | {w[1] for w in words if w[0] == "UPDATE"}
    return changed - {SESSION_TABLE}


def test_every_address_has_exactly_one_row():
    names = [row.name for row in ROWS]
    assert sorted(set(addresses()) - set(names)) == []
    assert sorted(set(names) - set(addresses())) == []
    assert sorted(n for n in set(names) if names.count(n) > 1) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_identity_gets_what_the_matrix_says(row, method, world, clients):
    url, surprises = address(row, world), []
    for identity, client in clients.items():
        with CaptureQueriesContext(connection) if method == "GET" else nullcontext([]) as queries:
            response = ask(client, method, url, row, world)
        expected = row.statuses(method, *identity)
        if response.status_code not in expected:
            surprises.append((*identity, response.status_code, f"expected {sorted(expected)}"))
        is_gate = response.status_code == 302 and response.url.startswith(reverse("signin"))
        if is_gate != (identity[1] is None and not row.is_open) and row.name != "signout":
            surprises.append((*identity, "the sign-in page stands in the wrong place"))
        if method == "GET" and (changed := writes(queries) - set(row.get_writes)):
            surprises.append((*identity, f"a GET wrote to {sorted(changed)}"))
    assert surprises == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_other_methods_change_nothing(row, world, clients):
    url, surprises = address(row, world), []
    for method in OTHER_METHODS:
        for identity in (("anonymous", None), ("here", "部门经理"), ("here", "客服员")):
            with CaptureQueriesContext(connection) as queries:
                status = ask(clients[identity], method, url, row, world).status_code
            is_answer = status < 300 and method not in {"HEAD", "OPTIONS"}
            is_open = identity[1] is None and not row.is_open and status != 302
            if status >= 500 or (is_answer and method not in row.also) or is_open:
                surprises.append((method, *identity, status))
            if method not in row.also and writes(queries):
                surprises.append((method, *identity, writes(queries)))
    assert surprises == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("row", [r for r in ROWS if r.of_desk], ids=lambda row: row.name)
def test_an_object_that_does_not_exist_is_404(row, method, world, clients):
    args = [NOWHERE if is_thing(a) else a for a in row.args]
    query, data = ({k: NOWHERE if is_thing(v) else v for k, v in part.items()} for part in (row.query, row.data))
    try:
        url = reverse(row.name, args=args)
    except NoReverseMatch:
        pytest.fail(f"{row.name}: an object of a desk is addressed by its key")
    lost = Row(row.name, (), get=row.get, post=row.post, query=query, data=data)
    for role in row.expect(method).roles:
        assert ask(clients["here", role], method, url, lost, world).status_code == 404, role


def test_roles_that_see_all_desks_hold_that_right(world):
    assert {r for r in ROLES if world.person(r).has_perm("servicedesk.see_all_points")} == set(SEES_ALL_DESKS)
