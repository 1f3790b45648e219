"""Numbers and choices that are opinions: declared in code with a default, changed on a screen.

Each app declares its own in `<app>/preferences.py`; a value is read with `value("lostfound.notice_days")`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.db import transaction

from servicedesk.errors import NotInRange
from servicedesk.models import Setting
from servicedesk.services import kept

LONGEST_TEXT = 500
Kind = Literal["integer", "money", "text", "boolean", "choice", "choices", "time", "lines"]


@dataclass(frozen=True, kw_only=True)
class Preference:
    """One line of the settings screen.

    `kind`: integer (with `unit`, `minimum`, `maximum`), money (yuan, stored as text), text, boolean,
    choice (one of `choices`), choices (several of them), time (HH:MM), lines (a list, one per line).
    `check` judges what the kind alone cannot; `rule` says in the second half of a sentence what it wants.
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
    check: Callable[[Any], bool] | None = None
    rule: str = ""


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


@contextmanager
def one_reading() -> Iterator[None]:
    """Long work outside a request reads the settings once: a month is bound by one set of them."""
    outer = _in_request.get()
    begin_request()
    try:
        yield
    finally:
        _in_request.set(outer)


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
        known.update(kept.answer(("preferences",), lambda: kept.rows_of(Setting.objects.values_list("key", "value"))))
        known[""] = True
    return known


def preference(key: str) -> Preference:
    """The declaration. Raises KeyError for a key nobody declared."""
    return _declared[key]


@transaction.atomic
def choose(key: str, new_value: Any, by, reason: str = "") -> None:
    """Store a manager's choice; its history keeps the old one, who and why.

    Raises:
        KeyError: `key` was never declared.
        NotInRange: the value is outside what the declaration allows.
    """
    stored = checked(_declared[key], new_value)
    setting = Setting.objects.select_for_update().filter(key=key).first() or Setting(key=key)
    setting.value = stored
    setting._history_user, setting._change_reason = by, reason or None
    setting.save()
    _forget_reading()


@transaction.atomic
def choose_default(key: str, by, reason: str = "") -> None:
    """Go back to the declared default, and follow it when a later version changes it.

    Raises:
        KeyError: `key` was never declared.
    """
    setting = Setting.objects.select_for_update().filter(key=_declared[key].key).first()
    if setting is not None:
        setting._history_user, setting._change_reason = by, reason or "恢复默认"
        setting.delete()
    _forget_reading()


def _forget_reading() -> None:
    known = _in_request.get()
    if known is not None:
        known.clear()


def checked(declaration: Preference, new_value: Any) -> Any:
    """The value as it is stored: numbers as numbers, money as text, times as HH:MM.

    Raises:
        NotInRange: outside the declaration, with a sentence that says what is allowed.
    """
    stored = _CHECKS[declaration.kind](declaration, new_value)
    if stored is not None and declaration.check and not declaration.check(stored):
        stored = None
    if stored is None:
        raise NotInRange(field="value", label=declaration.label, rule=allowed(declaration))
    return stored


def allowed(declaration: Preference) -> str:
    """What a value may be, as the second half of a sentence."""
    low, high, unit = declaration.minimum, declaration.maximum, declaration.unit
    if declaration.rule:
        return declaration.rule
    if declaration.kind == "integer" and low is not None and high is not None:
        return f"应在 {low} 到 {high} {unit}之间"
    return {
        "integer": "应是整数", "money": "应是不小于 0 的金额", "time": "应是时刻,如 18:00", "choice": "应从列表中选",
        "choices": "至少选一项,从列表中选", "lines": "每行一项,最多 200 行", "boolean": "应为是或否",
        "text": f"最多 {LONGEST_TEXT} 个字,不能为空",
    }[declaration.kind]


def _integer(declaration: Preference, value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    low = value if declaration.minimum is None else declaration.minimum
    high = value if declaration.maximum is None else declaration.maximum
    return value if low <= value <= high else None


def _money(declaration: Preference, value: Any) -> str | None:  # noqa: ARG001
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return f"{amount.normalize():f}" if amount.is_finite() and 0 <= amount < 10**10 else None


def _time(declaration: Preference, value: Any) -> str | None:  # noqa: ARG001
    try:
        moment = value if isinstance(value, dt.time) else dt.time.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return f"{moment:%H:%M}"


def _text(declaration: Preference, value: Any) -> str | None:  # noqa: ARG001
    text = value.strip() if isinstance(value, str) else ""
    return text if 0 < len(text) <= LONGEST_TEXT else None


def _boolean(declaration: Preference, value: Any) -> bool | None:  # noqa: ARG001
    return value if isinstance(value, bool) else None


def _choice(declaration: Preference, value: Any) -> str | None:
    return value if value in dict(declaration.choices) else None


def _choices(declaration: Preference, value: Any) -> list | None:
    known = [key for key, _ in declaration.choices]
    return [key for key in known if key in value] if value and set(value) <= set(known) else None


def _lines(declaration: Preference, value: Any) -> list | None:  # noqa: ARG001
    if not isinstance(value, list | tuple) or len(value) > 200:
        return None
    return [line.strip() for line in value if line.strip()]


_CHECKS: dict[str, Callable[[Preference, Any], Any]] = {
    "integer": _integer, "money": _money, "text": _text, "boolean": _boolean, "choice": _choice,
    "choices": _choices, "time": _time, "lines": _lines,
}
