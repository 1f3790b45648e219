"""Every page that is looked at asks the database at most ten times, with one row and with many."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lostfound.models import CashLine, ClaimStatement, ContactAttempt, ContentLine
from servicedesk.choices import Role
from servicedesk.models import Disclosure, Photo, PrintedPaper, Signature, Zone
from servicedesk.register import registers
from servicedesk.services import kept
from servicedesk.services.transitions import amend
from tests.access.row import Row
from tests.access.world import World, standing
from tests.access_matrix import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOST_QUERIES = 10
CLONES = 3
LOOKING = (Role.CLERK, Role.MANAGER)
# What is made for the printer or as a file is no page.
FILES = ("paper", "paper_pdf", "photo")
SCREENS = [row for row in ROWS if row.get.status == 200 and row.name not in FILES and "_export" not in row.name]
# By a clerk and a manager; what neither may see, by somebody who may.
PAGES = [
    (row, role) for row in SCREENS
    for role in [r for r in LOOKING if r in row.get.roles] or sorted(row.get.roles)[:1]
]


def furnish(world: World) -> None:
    """One of everything that hangs on a record."""
    item, claim, clerk, now = world.found_item, world.claim, world.person(Role.CLERK), timezone.now()
    ContentLine.objects.create(item=item, thing="钥匙")
    CashLine.objects.create(item=item, denomination=5, pieces=1)
    ContactAttempt.objects.create(item=item, report=world.lost_report, at=now, channel="phone", outcome="reached",
                                  by=clerk)
    ClaimStatement.objects.create(claim=claim, text="伞柄有字", said_at=now, typed_by=clerk)
    for record in (item, claim, world.lost_report):
        Photo.objects.create(record=record, file="a", thumb="b", width=1, height=1, sha256="", by=clerk)
        Signature.objects.create(record=record, role="经办", signer_name="王", means="paper", text="", at=now, by=clerk)
        Disclosure.objects.create(record=record, user=clerk, field="电话", reason="回电")
        PrintedPaper.objects.create(paper="3.3", number=record.number, at=now, by=clerk)
    for zone in (Zone.objects.create(number="02", name="缆车上站"), world.zone):
        amend(item, by=clerk, zone=zone)


def multiply() -> None:
    """Several copies of every row of the registers and of what hangs on their records."""
    tables = {apps.get_app_config(register.app) for register in registers()}
    known = [model for app in tables for model in app.get_models()]
    for model in (*known, Photo, Signature, Disclosure, PrintedPaper):
        for row in list(model._base_manager.all()):
            for copy in range(CLONES):
                add_copy(row, copy)


def add_copy(row: models.Model, copy: int) -> None:
    row._state.adding, row.pk = True, None
    for field in row._meta.fields:
        if field.unique and isinstance(field, models.CharField):
            setattr(row, field.attname, uuid4().hex[: field.max_length])
        if field.name in {"sheet_number", "order"}:
            setattr(row, field.attname, getattr(row, field.attname) + 100 + copy)
    try:
        with transaction.atomic():
            models.Model.save_base(row, raw=True, force_insert=True)
    except IntegrityError:
        pass  # there may be only one of these


class Kept:
    """Stands in for `kept._known`: what it asks for a small table that changed, the next look does without."""

    def __init__(self) -> None:
        self.known, self.depth, self.asked = kept._known, 0, 0

    def __call__(self, key: tuple, make, tables: set[str]):
        before, self.depth = len(connection.queries_log), self.depth + 1
        try:
            return self.known(key, make, tables)
        finally:
            self.depth -= 1
            if not self.depth:
                self.asked += len(connection.queries_log) - before


def count(client: Client, row: Row, world: World, small: Kept) -> int:
    url = reverse(row.name, args=[world.read(a) for a in row.args])
    query = {key: world.read(value) for key, value in row.query.items()}
    connection.queries_log.clear()  # it holds no more than 9,000
    before = small.asked
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url, query).status_code == 200
    return len(asked) - (small.asked - before)


@pytest.fixture(scope="module")
def counted(request, django_db_setup, django_db_blocker) -> Iterator[dict]:
    """Per page and role: the number of queries with one row of each kind, and with many."""
    chosen = {item.name for item in request.session.items}
    pages = [(row, role) for row, role in PAGES if any(f"[{row.name}-" in name for name in chosen)]
    small = Kept()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, standing() as world:
        patch.setattr(kept, "_known", small)
        furnish(world)
        ContentType.objects.get_for_models(*apps.get_models())
        clients = {role: Client() for _, role in pages}
        for role, client in clients.items():
            client.force_login(world.person(role))
        few = {(row.name, role): count(clients[role], row, world, small) for row, role in pages}
        multiply()
        many = {(row.name, role): count(clients[role], row, world, small) for row, role in pages}
        yield {page: (few[page], many[page]) for page in few}


@pytest.mark.parametrize(("row", "role"), PAGES, ids=lambda each: getattr(each, "name", each))
def test_a_page_asks_at_most_ten_times_whatever_the_rows(row, role, counted):
    few, many = counted[row.name, role]
    assert few == many, (few, many)
    assert 0 < many <= MOST_QUERIES


def test_the_pages_of_every_register_are_walked():
    names = {row.name for row, _ in PAGES}
    for register in registers():
        assert register.url_name("list") in names
        assert register.url_name("detail") in names
        assert not register.create_name or register.create_name in names
    assert {"start", "search"} <= names
