"""The world of the access matrix: two desks, one person per role at each, and the things that rows speak of."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.template import Template
from django.utils import timezone

from servicedesk import idle
from servicedesk.choices import Role
from servicedesk.models import Department, ServicePoint, StoragePlace, User, Zone

Maker = Callable[["World"], Any]
_makers: dict[str, Maker] = {}


def thing(maker: Maker) -> Maker:
    """Register a maker: `@thing def found_item(world): …` is `world.found_item` and "@found_item" in rows."""
    if maker.__name__ in _makers:
        raise ValueError(f"two makers are named {maker.__name__}")
    _makers[maker.__name__] = maker
    return maker


class World:
    """What rows speak of. A thing is made once; makers may ask for each other's things."""

    def __init__(self) -> None:
        self.point = ServicePoint.objects.create(name="主服务中心", serial_mark="")
        self.other_point = ServicePoint.objects.create(name="东门服务点", serial_mark="B")
        self.department = Department.objects.create(name="客服部")
        self.zone = Zone.objects.create(number="01", name="观景台")
        self.storage = StoragePlace.objects.create(service_point=self.point, code="A-01")
        self._people: dict[tuple[str, str], User] = {}

    def with_everything(self) -> "World":
        """Make all things now, before the first request whose effects are undone."""
        for name in _makers:
            getattr(self, name)
        return self

    def person(self, role: str, where: str = "here") -> User:
        """The person with a role, `here` (at the main desk) or `elsewhere` (at the other one)."""
        if (role, where) not in self._people:
            self._people[role, where] = self._make_person(role, where)
        return self._people[role, where]

    def everybody(self) -> list[User]:
        return list(self._people.values())

    def _make_person(self, role: str, where: str) -> User:
        user = User(staff_no=f"T{len(self._people):03d}", name=f"{role}甲", department=self.department)
        user.set_unusable_password()
        user.save()
        user.groups.set([Group.objects.get(name=str(role))])
        user.service_points.set([self.point if where == "here" else self.other_point])
        return user

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in _makers:
            raise AttributeError(name)
        made = _makers[name](self)
        setattr(self, name, made)
        return made

    def read(self, value: Any) -> Any:
        """`"@found_item"` → its pk, `"@found_item.number"` → its number; anything else as it stands."""
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        name, _, attribute = value[1:].partition(".")
        return getattr(getattr(self, name), attribute or "pk")


@contextmanager
def standing(*, notes_contexts: bool = False) -> Iterator[World]:
    """A world with everything, in a transaction that ends with it, from half past two of today on.

    At that hour both shifts of the day have begun; at night half of its things could not happen.
    """
    afternoon = timezone.localtime().replace(hour=14, minute=30, second=0, microsecond=0)
    with time_machine.travel(afternoon, tick=True), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        # Once a minute a session notes that somebody is there; which request that hits would be chance.
        patch.setattr(idle, "note_presence", lambda session: None)
        patch.setattr(idle, "is_locked", lambda session, minutes: False)
        # In the cookie, which `undone` sets back: a row for it would be a sixth of each of thousands of requests.
        patch.setattr(settings, "SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies")
        # Thousands of doors are closed, as they should be.
        patch.setattr(logging.getLogger("django.request"), "level", logging.ERROR)
        # Few ask which templates were drawn with what (`response.context`): noting it takes a tenth of each page.
        if not notes_contexts:
            patch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
        yield World().with_everything()
        transaction.set_rollback(True)


@thing
def clerk(world: World) -> User:
    return world.person(Role.CLERK)


@thing
def disabled(world: World) -> User:  # noqa: ARG001
    """A manager who left: every right, no entry."""
    user = User.objects.create_user("T900", "离职经理", None, is_active=False)
    user.groups.set([Group.objects.get(name=str(Role.MANAGER))])
    user.service_points.set([world.point])
    return user
