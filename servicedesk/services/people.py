"""People and their roles: who may give what to whom, and that somebody can always still do it.

The rules, with their reasons in docs/decisions/0004-who-gives-roles.md: nobody changes their own roles; only a
系统管理员 touches a 系统管理员; a 系统管理员 holds no other role; the last one of either keeps it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from servicedesk.choices import Role
from servicedesk.errors import (
    AdministratorStandsAlone,
    LastOfTheirRole,
    NotOneself,
    NotThisPerson,
    NotThisRole,
    ReasonNeeded,
)
from servicedesk.models import Department, ServicePoint, User
from servicedesk.services.attempts import forget_attempts
from servicedesk.services.belonging import role_names
from servicedesk.services.house import add_row, change_row
from servicedesk.services.transitions import note_history

KEPT_BY_SOMEBODY = (Role.ADMIN, Role.MANAGER)


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What a manager writes about a member of staff."""

    staff_no: str
    name: str
    department: Department | None = None
    position: str = ""
    phone: str = ""
    service_points: Sequence[ServicePoint] = field(default_factory=tuple)
    roles: Sequence[str] = field(default_factory=tuple)

    def columns(self) -> dict[str, Any]:
        return {
            "staff_no": self.staff_no, "name": self.name, "department": self.department,
            "position": self.position, "phone": self.phone,
        }


def grantable_roles(by: User) -> list[Role]:
    """Roles that a person may give and take."""
    if not by.has_perm("servicedesk.manage_people"):
        return []
    return [role for role in Role if role != Role.ADMIN or is_administrator(by)]


def is_administrator(user: User) -> bool:
    return user.is_superuser or Role.ADMIN in role_names(user)


def may_change(by: User, person: User) -> bool:
    """A 系统管理员 is changed by a 系统管理员 only, one of the command line by none but their like."""
    if person.is_superuser and not by.is_superuser:
        return False
    return by.has_perm("servicedesk.manage_people") and (not is_administrator(person) or is_administrator(by))


@transaction.atomic
def add_person(facts: PersonFacts, *, by: User) -> User:
    """Add a member of staff; without a password until one is given, so a guard can be a row too.

    Raises:
        AlreadyThere: the 工号 is taken.
        NotThisRole, AdministratorStandsAlone: a role that may not be given.
    """
    _guard_roles(by, set(), set(facts.roles))
    return _add(facts, by)


def found_person(facts: PersonFacts) -> User:
    """The first people of a new desk, from the command line, where whoever types holds the database anyway.

    Raises:
        AlreadyThere, AdministratorStandsAlone: as `add_person`.
    """
    _guard_together(set(facts.roles))
    return _add(facts, None)


def _add(facts: PersonFacts, by: User | None) -> User:
    person = User(**facts.columns())
    person.set_unusable_password()
    many = {"groups": _groups(facts.roles), "service_points": facts.service_points}
    return add_row(person, by=by, reason=f"岗位:{'、'.join(facts.roles) or '无'}", many=many)


@transaction.atomic
def change_person(person: User, facts: PersonFacts, *, by: User, seen: int | None = None, reason: str = "") -> None:
    """Change a person's columns, roles and service points.

    Raises:
        AlreadyThere, EditedMeanwhile: as `change_row`.
        NotThisPerson, NotOneself, NotThisRole, AdministratorStandsAlone, LastOfTheirRole: see the module.
    """
    _guard_person(by, person)
    held, wanted = set(person.role_names), set(facts.roles)
    points = set(person.service_points.all())
    if by.pk == person.pk and (held != wanted or points != set(facts.service_points)):
        raise NotOneself(act="岗位和服务点")
    _guard_roles(by, held, wanted)
    _guard_last(person, held - wanted)
    many = {"groups": _groups(facts.roles), "service_points": facts.service_points}
    change_row(person, by=by, seen=seen, reason=reason, many=many, **facts.columns())


@transaction.atomic
def close_account(person: User, *, by: User, reason: str) -> None:
    """The person left: no entry from the next request on; their name stays in every record.

    Raises:
        NotThisPerson, NotOneself, LastOfTheirRole, ReasonNeeded.
    """
    _guard_person(by, person)
    if by.pk == person.pk:
        raise NotOneself(act="在职状态")
    if not reason.strip():
        raise ReasonNeeded
    _guard_last(person, set(person.role_names))
    change_row(person, by=by, reason=reason.strip(), is_active=False)


def open_account(person: User, *, by: User) -> None:
    """The person came back.

    Raises:
        NotThisPerson: see `may_change`.
    """
    _guard_person(by, person)
    change_row(person, by=by, reason="恢复在职", is_active=True)


@transaction.atomic
def end_lock_out(person: User, *, by: User) -> None:
    """Let a person try their password again at once, at every address.

    Raises:
        NotThisPerson: see `may_change`.
    """
    _guard_person(by, person)
    if forget_attempts(person.staff_no):
        note_history(person, by, "解除登录锁定")


def _guard_person(by: User, person: User) -> None:
    if not may_change(by, person):
        raise NotThisPerson(name=person.name)


def _guard_roles(by: User, held: set[str], wanted: set[str]) -> None:
    allowed = {str(role) for role in grantable_roles(by)}
    if forbidden := (held ^ wanted) - allowed:
        raise NotThisRole(field="roles", role="、".join(sorted(forbidden)))
    _guard_together(wanted)


def _guard_together(wanted: set[str]) -> None:
    if Role.ADMIN in wanted and len(wanted) > 1:
        raise AdministratorStandsAlone(field="roles")


def _guard_last(person: User, given_up: Iterable[str]) -> None:
    for role in sorted(set(given_up) & {str(role) for role in KEPT_BY_SOMEBODY}):
        # The lock keeps two managers from taking the role from each other at once.
        Group.objects.select_for_update().get(name=role)
        if not User.objects.active().holding(role).exclude(pk=person.pk).exists():
            raise LastOfTheirRole(name=person.name, role=role)


def _groups(roles: Iterable[str]) -> list[Group]:
    return list(Group.objects.filter(name__in=list(roles)))
