"""A number of its own in every sealed cell: nobody reads one in full except where the desk opens it on purpose."""

import logging
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from servicedesk.choices import Role
from servicedesk.models import Channel
from servicedesk.sealing import SealedField
from servicedesk.services.submissions import save_draft
from tests.access.row import Expect, Row
from tests.access.walk import address, read_all, undone
from tests.access.world import World, standing
from tests.access_matrix import ROWS
from tests.safety.planting import furnish, planted
from tests.safety.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# Papers that bear the phone of the record's own people, in the cell that the form draws for it.
PAPERS = {"paper_pdf", "paper_print"}
# Opening one number with a right and a reason, which is noted; a full export and a look at the marks likewise.
OPENED_ON_PURPOSE = re.compile(r"_reveal$|_export$|claim_look$")
WORD = "只有失主知道"
IN_FULL = "DESK_REQUESTS" in os.environ


class Numbers:
    """Hands out a phone or a document number, each once, and knows all of them."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.cells: set[str] = set()

    def value_of(self, field: models.Field) -> str | None:
        if not isinstance(field, SealedField):
            return None
        self.cells.add(str(field))
        count = len(self.given)
        is_phone = "phone" in field.name
        number = f"139{count:04d}{count * 7 % 10000:04d}" if is_phone else f"33010619{count:06d}{count:04d}"
        self.given.append(f"{WORD}{count}" if field.is_closed else number)
        return self.given[-1]

    def found_in(self, text: str) -> list[str]:
        flat = re.sub(r"[\s\-]", "", text)
        return [number for number in self.given if number in flat]


@contextmanager
def planting(numbers: Numbers) -> Iterator[World]:
    """A world in which every sealed cell holds a number of its own."""
    with ExitStack() as hold:
        with planted(numbers.value_of):
            world = hold.enter_context(standing())
            furnish(world)
        yield world


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    numbers = Numbers()
    with django_db_blocker.unblock(), planting(numbers) as world:
        clients = {}
        for where in ("here", "elsewhere"):
            for role in Role:
                clients[where, role] = Client(raise_request_exception=False)
                clients[where, role].force_login(world.person(role, where))
        save_draft(world.clerk, "founditem_create", {"finder_phone": numbers.given[0]})
        yield world, clients, numbers


def meets(row: Row, expect: Expect, where: str, role: str) -> bool:
    """Whether this person gets an answer of its own: a record of another desk is not there, as the matrix proves.

    Of those at the other desk, whose lists are empty, one looks at each page, in turn; with DESK_REQUESTS set, all.
    """
    if where == "elsewhere" and (row.of_desk or not (IN_FULL or role == in_turn(row, expect))):
        return False
    return role in expect.roles


def in_turn(row: Row, expect: Expect) -> str:
    roles = sorted(expect.roles)
    return roles[zlib.crc32(row.name.encode()) % len(roles)]


def test_numbers_were_planted_in_many_cells(desk):
    _, _, numbers = desk
    assert len(set(numbers.given)) == len(numbers.given) >= 60


def test_no_sealed_cell_is_left_out(desk):
    """An app that seals a new one gives the world a record that has it."""
    _, _, numbers = desk
    tables = [model for model in apps.get_models() if not model.__name__.startswith("Historical")]
    tables.remove(Channel)  # addresses and keys of the desk's own, nobody's number
    sealed = {str(field) for model in tables for field in model._meta.fields if isinstance(field, SealedField)}
    assert sealed - numbers.cells == set()


def test_the_numbers_of_a_small_ledger_are_shown_by_their_tails(desk):
    """They lie in one cell by their names; planted beside the names they would stand on no page."""
    world, clients, numbers = desk
    world.ledger_bag.refresh_from_db()
    page = text_of(clients["here", Role.CLERK].get(f"/ledgers/all/{world.ledger_bag.pk}/"))
    assert next(iter(world.ledger_bag.numbers.values()))[-4:] in page
    assert numbers.found_in(page) == []


@pytest.mark.parametrize("row", [r for r in ROWS if r.get.roles and r.name not in PAPERS], ids=lambda row: row.name)
def test_no_page_workbook_or_json_holds_a_number(row, desk, caplog):
    world, clients, numbers = desk
    query, leaks = read_all(world, row.query), []
    with caplog.at_level(logging.DEBUG):
        for (where, role), client in clients.items():
            if not meets(row, row.get, where, role) or (row.name == "draft" and client is clients["here", Role.CLERK]):
                continue
            answer = undone(lambda c=client: c.get(address(row, world), query, follow=True), client)
            if found := numbers.found_in(text_of(answer)):
                leaks.append((where, role, found))
    assert leaks == []
    assert numbers.found_in(caplog.text) == []


@pytest.mark.parametrize("row", [
    r for r in ROWS if r.post.roles and not OPENED_ON_PURPOSE.search(r.name) and r.name not in PAPERS
], ids=lambda row: row.name)
def test_no_answer_to_a_form_holds_a_number(row, desk, caplog):
    """Hints while one types, a refused form that comes back, what a step says when it is done.

    It says the same to whoever did it, on a page that the walk above opens for each of them: one goes to see it.
    """
    world, clients, numbers = desk
    data, query, leaks, seen = read_all(world, row.data), read_all(world, row.query), [], False
    with caplog.at_level(logging.DEBUG):
        for (where, role), client in clients.items():
            if meets(row, row.post, where, role):
                answer = undone(lambda c=client, f=IN_FULL or not seen: c.post(
                    address(row, world), data, query_params=query, follow=f
                ), client)
                seen = seen or bool(getattr(answer, "redirect_chain", ()))
                if found := numbers.found_in(text_of(answer)):
                    leaks.append((where, role, found))
    assert leaks == []
    assert numbers.found_in(caplog.text) == []


@pytest.mark.parametrize("asked", ["139", "1390", "33010619", "0000", "只有失主知道"])
def test_a_search_answers_without_numbers(asked, desk):
    world, clients, numbers = desk
    for client in clients.values():
        assert numbers.found_in(text_of(client.get("/search/", {"q": asked}, follow=True))) == []


@pytest.mark.parametrize("key", ["3.7", "3.8", "3.9", "3.10", "notice", "refusal"])
def test_papers_for_others_bear_no_number(key, desk):
    world, clients, numbers = desk
    client = clients["here", Role.MANAGER]
    records = {"3.9": world.staff_item, "3.10": world.found_item, "notice": world.draft_notice,
        "refusal": world.seen_claim}
    query = {"id": records[key].pk} if key in records else {}
    answer = client.get(f"/papers/{key}/pdf/", query)
    assert answer.status_code == 200 or key == "refusal"
    assert numbers.found_in(text_of(answer)) == []


def test_a_number_is_found_however_it_is_set(desk):
    _, _, numbers = desk
    phone = next(number for number in numbers.given if number.startswith("139"))
    assert numbers.found_in(f"<td>{phone[:3]}-{phone[3:7]} {phone[7:]}</td>") == [phone]
