"""Numbers and choices that are opinions: declared in code with a default, changed on a screen.

Each app declares its own in `<app>/preferences.py`; a value is read with `value("lostfound.notice_days")`.
"""

import datetime as dt
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import transaction

from servicedesk.models import Setting

Kind = Literal["integer", "money", "text", "boolean", "choices", "time", "lines"]


@dataclass(frozen=True, kw_only=True)
class Preference:
    """One line of the settings screen.

    `kind`: integer (with `unit`, `minimum`, `maximum`), money (yuan, stored as text), text, boolean,
    choices (several of `choices`), time (HH:MM), lines (a list, one per line).
    """

    key: str
    label: str
    group: str
    kind: Kind
    default: Any
    help: str = ""
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[tuple[str, str], ...] = field(default=())


_declared: dict[str, Preference] = {}
# One reading per request; None outside a request, where each read asks the database.
_in_request: ContextVar[dict[str, Any] | None] = ContextVar("preferences", default=None)


def declare(preferences: Iterable[Preference]) -> None:
    """Make preferences known. Called once per app at start-up."""
    for preference in preferences:
        _declared[preference.key] = preference


def declared() -> list[Preference]:
    """All preferences in the order of their declaration."""
    return list(_declared.values())


def begin_request() -> None:
    """Forget what an earlier request read."""
    _in_request.set({})


def end_request() -> None:
    _in_request.set(None)


def value(key: str) -> Any:
    """The value in force: the manager's, else the declared default.

    Raises:
        KeyError: `key` was never declared.
    """
    default = _declared[key].default
    chosen = _chosen().get(key, default)
    return dt.time.fromisoformat(chosen) if _declared[key].kind == "time" and isinstance(chosen, str) else chosen


def _chosen() -> dict[str, Any]:
    known = _in_request.get()
    if known is None:
        return dict(Setting.objects.values_list("key", "value"))
    if "" not in known:
        known.update(Setting.objects.values_list("key", "value"))
        known[""] = True
    return known


@transaction.atomic
def choose(key: str, new_value: Any, by, reason: str = "") -> None:
    """Store a manager's choice; its history keeps the old one, who and why."""
    if key not in _declared:
        raise KeyError(key)
    setting = Setting.objects.select_for_update().filter(key=key).first() or Setting(key=key)
    setting.value = new_value
    setting._history_user = by
    setting._change_reason = reason or None
    setting.save()
    known = _in_request.get()
    if known is not None:
        known.clear()
