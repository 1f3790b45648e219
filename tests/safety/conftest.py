"""The world of the access matrix, for tests that walk over everything it holds."""

from collections.abc import Iterator

import pytest
from django.test import Client

from servicedesk.choices import Role
from servicedesk.models import User
from tests.access.row import Row
from tests.access.world import World, standing


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, hashed_password) -> Iterator[World]:
    """One world for a file; everybody in it knows the test's password."""
    with django_db_blocker.unblock(), standing() as made:
        for role in Role:
            made.person(role)
        User.objects.filter(is_active=True).update(password=hashed_password)
        for person in made.everybody():
            person.refresh_from_db()  # a session is bound to the password
        yield made


@pytest.fixture(scope="module")
def clients(world) -> dict[str, Client]:
    """Somebody of each role at the main desk, signed in; a fault in the program comes back as its status."""
    found = {}
    for role in Role:
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(world.person(role))
    return found


@pytest.fixture(scope="module")
def entered(clients):
    """`entered(row, "POST")`: a client of somebody who may."""

    def enter(row: Row, method: str = "GET") -> Client:
        allowed = row.expect(method).roles or set(Role)
        return clients[Role.MANAGER if Role.MANAGER in allowed else sorted(allowed)[0]]

    return enter
