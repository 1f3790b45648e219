"""Rows of what a manager keeps: people, departments, service points, zones, storage places, settings."""

from lostfound.models import ItemCategory
from servicedesk.choices import Role
from servicedesk.models import User
from tests.access.row import Row, only
from tests.access.world import World, thing

PEOPLE = (Role.MANAGER, Role.ADMIN)
PLACES = (Role.MANAGER, Role.ADMIN)


@thing
def member(world: World) -> User:
    """A guard who finds things and never signs in."""
    return User.objects.create_user("T901", "马超", None, department=world.department)


@thing
def category(world: World) -> ItemCategory:  # noqa: ARG001
    return ItemCategory.objects.get(code="12")


def book(key: str, row: str, *roles: str) -> list[Row]:
    """The four addresses of a book; an empty form comes back with what is missing."""
    return [
        Row(f"{key}_list", get=only(200, *roles)),
        Row(f"{key}_create", get=only(200, *roles), post=only(422, *roles)),
        Row(f"{key}_detail", (row,), get=only(200, *roles)),
        Row(f"{key}_edit", (row,), get=only(200, *roles), post=only(422, *roles)),
    ]


ROWS = [
    *book("person", "@member", *PEOPLE),
    Row("person_close", ("@member",), get=only(200, *PEOPLE), post=only(302, *PEOPLE), data={"reason": "离职"}),
    Row("person_open", ("@member",), post=only(302, *PEOPLE)),
    Row("person_unlock", ("@member",), post=only(302, *PEOPLE)),
    Row("person_password", ("@member",), post=only(200, *PEOPLE)),
    *book("department", "@department", *PLACES),
    *book("servicepoint", "@point", *PLACES),
    *book("zone", "@zone", *PLACES),
    *book("storageplace", "@storage", *PLACES),
    # the system administrator keeps people and places, not the rules
    Row("settings", get=only(200, Role.MANAGER)),
    Row("setting_edit", ("servicedesk.idle_minutes",), get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    *book("lostfound:itemcategory", "@category", Role.MANAGER),
    Row("purge", get=only(200, Role.MANAGER)),
    Row("purge_run", get=only(200, Role.MANAGER), post=only(422, Role.MANAGER)),
    Row("setting_default", ("servicedesk.idle_minutes",), post=only(302, Role.MANAGER)),
]
