"""The one door for a change of a record: guarded by its old state, recorded in its history.

`move` changes a state, `amend` changes facts, `note_history` writes the line that both need because
`.update()` passes the history library by. Each runs in the caller's transaction.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from servicedesk.errors import EditedMeanwhile, NotPossibleNow, SomeoneWasFaster
from servicedesk.sealing import followers
from servicedesk.services.closedmonths import Change, late_of, note_late


def note_history(record: models.Model, by, reason: str = "") -> None:
    """Write the present row of `record` into its history as changed by `by`."""
    # Not type(record): the person of a request is a lazy wrapper.
    history = getattr(record._meta.model, "history", None)
    if history is not None:
        # An object that was saved before in this process still carries that save's person and reason.
        record._history_user, record._change_reason = by, reason or None  # type: ignore[attr-defined]
        history.bulk_history_create(
            [record], update=True, default_user=by, default_change_reason=reason or None,
            default_date=timezone.now(),
        )


def last_editor(record: models.Model) -> str:
    """Name of who changed the record last, as its history knows."""
    history = getattr(record, "history", None)
    row = history.order_by("-history_date", "-history_id").first() if history is not None else None
    return row.history_user.name if row and row.history_user else "另一位同事"


def state_label(record: models.Model, value: str, field: str = "state") -> str:
    """The Chinese word of a state."""
    return str(dict(record._meta.get_field(field).flatchoices).get(value, value))


def move(record: models.Model, to: str, *, by, reason: str = "", field: str = "state", **changes: Any) -> None:
    """Bring `record` from the state in memory to `to`, with further column `changes`.

    The model's `TRANSITIONS` (old state → allowed new states) is the map. The old state stands in
    the WHERE clause, so of two desks exactly one wins. The row is re-read and its history written.

    Raises:
        NotPossibleNow: the map has no such way.
        SomeoneWasFaster: the row left the old state meanwhile.
        MonthClosed: nothing was left to do with it, its month is closed, and there is no reason.
    """
    old = getattr(record, field)
    if to not in type(record).TRANSITIONS.get(old, frozenset()):
        raise NotPossibleNow(
            number=str(record), state=state_label(record, old, field), wanted=state_label(record, to, field)
        )
    late = late_of(Change(record, {field: to, **changes}), reason)
    _guarded_update(record, {field: old}, {field: to, **changes}, by, reason or late.reason)
    note_late(record, late, by=by)


def amend(
    record: models.Model, *, by, version: int | None = None, reason: str = "", also: str = "", **changes: Any
) -> None:
    """Change columns of `record`; with `version`, only if nobody edited since that version was read.

    Besides the `reason` its history says what `also` was changed below it: that is no reason for a correction.
    A form that was saved as it was shown changes nothing: no version, no line of history, no correction.

    Raises:
        EditedMeanwhile: the row has another version now.
        MonthClosed: its month is closed, and there is no reason.
    """
    is_as_shown = version is not None and version == record.version and not (reason or also)  # type: ignore[attr-defined]
    if is_as_shown and _stands_so(record, changes):
        return
    late = late_of(Change(record, changes, is_edit=version is not None), reason)
    guard = {} if version is None else {"version": version}
    rows = _update(record, guard, changes)
    if not rows:
        record.refresh_from_db()
        raise EditedMeanwhile(number=str(record), who=last_editor(record))
    record.refresh_from_db()
    note_history(record, by, ";".join(part for part in (reason or late.reason, also) if part))
    note_late(record, late, by=by)


def _stands_so(record: models.Model, columns: Mapping[str, Any]) -> bool:
    """Whether the record has these values already, as far as a form shows them."""
    fields = {name: record._meta.get_field(name) for name in columns}
    return all(
        _as_typed(field.value_from_object(record)) == _as_typed(columns[name])  # type: ignore[union-attr]
        for name, field in fields.items()
    )


def _as_typed(value: Any) -> Any:
    """A moment without its seconds, a record by its key, nothing as an empty text."""
    if isinstance(value, dt.datetime):
        return value.replace(second=0, microsecond=0)
    return value.pk if isinstance(value, models.Model) else "" if value is None else value


def _guarded_update(record, guard: dict, changes: dict, by, reason: str) -> None:
    rows = _update(record, guard, changes)
    record.refresh_from_db()
    if not rows:
        field = next(iter(guard))
        raise SomeoneWasFaster(
            number=str(record), who=last_editor(record), state=state_label(record, getattr(record, field), field)
        )
    note_history(record, by, reason)


def _update(record, guard: dict, changes: dict) -> int:
    model = type(record)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a change and its history belong in one transaction")
    if any(f.name == "version" for f in model._meta.fields):
        changes = {**changes, "version": F("version") + 1}
    return model._base_manager.filter(pk=record.pk, **guard).update(**followers(model, changes))
