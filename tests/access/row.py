"""A row of the access matrix and what it expects of whom. The format is explained in `tests/access_matrix.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from servicedesk.choices import Role

ROLES = tuple(Role)
SEES_ALL_DESKS = frozenset({Role.MANAGER, Role.DUTY_MANAGER, Role.FINANCE})
SIGNED_OUT = ("anonymous", "disabled")


@dataclass(frozen=True)
class Expect:
    """The exact status that `roles` get; everyone else signed in is refused."""

    status: int
    roles: frozenset[str]


def only(status: int, *roles: str) -> Expect:
    """`only(200, Role.CLERK)`: 200 for clerks, the row's `denied` (403) for every other role."""
    return Expect(status, frozenset(roles))


def everyone(status: int) -> Expect:
    """The same status for every role."""
    return Expect(status, frozenset(ROLES))


NOT_OFFERED = only(405)


@dataclass(frozen=True)
class Row:
    """One address: its name, how to reach it, and what each identity gets by GET and by POST."""

    name: str
    args: tuple[Any, ...] = ()
    get: Expect = NOT_OFFERED
    post: Expect = NOT_OFFERED
    is_open: bool = False
    denied: int = 403
    of_desk: Literal[False, True, "strictly"] = False
    query: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    get_writes: tuple[str, ...] = ()

    def expect(self, method: str) -> Expect:
        return self.get if method == "GET" else self.post

    def statuses(self, method: str, identity: str, role: str | None) -> set[int]:
        """The statuses that are right for an identity: `anonymous`, `disabled`, `here` or `elsewhere`."""
        expect = self.expect(method)
        if identity in SIGNED_OUT and not self.is_open:
            return {302}
        if role not in expect.roles and identity not in SIGNED_OUT:
            return self._refusals(expect, identity)
        if identity == "elsewhere" and self._is_closed_elsewhere(role):
            return {404}
        return {expect.status}

    def _is_closed_elsewhere(self, role: str | None) -> bool:
        return self.of_desk == "strictly" or (self.of_desk is True and role not in SEES_ALL_DESKS)

    def _refusals(self, expect: Expect, identity: str) -> set[int]:
        if expect is NOT_OFFERED:
            return {403, 404, 405}
        return {self.denied, 404} if identity == "elsewhere" and self.of_desk else {self.denied}
