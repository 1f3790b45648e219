"""The time line of a record: its history as who, when, old, new, reason, and what else happened."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import models

from servicedesk.models import Disclosure, PrintedPaper, Signature
from servicedesk.sealing import DigestField, SealedField, TailField, masked
from servicedesk.services.asking import gather, gathered

QUIET = {"version", "created_at", "created_by"}
SEALED = "(已封存)"
# A time written by the same act as the line itself says nothing that the line does not.
SAME_MOMENT = dt.timedelta(seconds=5)
Found = Mapping[str, list[Any]]
Difference = tuple[Any, Any, Any]


def questions(record: models.Model, numbers: Iterable[str] = ()) -> dict[str, models.QuerySet]:
    """What the time line reads of other tables, to be asked by one query; `numbers` whose papers are wanted too."""
    own = getattr(record, "number", "")
    asked = {
        "signatures": Signature.objects.of(record),
        "openings": Disclosure.objects.of(record).select_related("user"),
        "prints": PrintedPaper.objects.filter(number__in={own, *numbers} - {""}).select_related("by"),
    }
    if hasattr(record, "history"):
        asked["history"] = _history(record)
    return asked


def timeline(record: models.Model, events: list[dict], found: Found | None = None) -> list[dict]:
    """Everything that happened, newest first. `found`: the answers to `questions`, where they are in hand."""
    found = gathered(questions(record)) if found is None else found
    lines = [
        *_changes(record, found.get("history", [])), *_signatures(found["signatures"]),
        *_prints(record, found["prints"]), *_openings(found["openings"]), *events,
    ]
    return sorted(lines, key=lambda line: line["at"], reverse=True)


def changes(record: models.Model, rows: list[Any] | None = None) -> list[dict]:
    """One line per saved change, with the fields that differ. Sealed fields show masked.

    `rows` are its history, the oldest first, where they are in hand.
    """
    return _changes(record, list(_history(record)) if rows is None else rows)


def _history(record: models.Model) -> models.QuerySet:
    return record.history.select_related("history_user").order_by("history_date", "history_id")  # type: ignore


def _changes(record: models.Model, rows: list[Any]) -> list[dict]:
    steps = list(zip([None, *rows], rows, strict=False))
    differing = [_differences(before, row, record) if before is not None else [] for before, row in steps]
    names = _names(pair for pairs in differing for pair in pairs)
    return [
        {
            "at": row.history_date, "who": row.history_user.name if row.history_user else "系统",
            "title": _title(before, row), "reason": row.history_change_reason or "",
            "changes": [line for pair in pairs for line in _said(*pair, record, names)],
        }
        for (before, row), pairs in zip(steps, differing, strict=True)
        if before is None or pairs or row.history_change_reason or _state_of(before) != _state_of(row)
    ]


def _title(before: Any, row: Any) -> str:
    """A change of state is called by the new state; when and by whom the line says anyway."""
    if before is None:
        return "登记"
    return "修改" if _state_of(before) == _state_of(row) else row.get_state_display()


def _state_of(row: Any) -> Any:
    """The state of a row of history; None for a model without states."""
    return getattr(row, "state", None) if hasattr(row, "get_state_display") else None


def _differences(old: Any, new: Any, record: models.Model) -> list[Difference]:
    found = []
    for field in record._meta.fields:
        if field.name in QUIET or isinstance(field, TailField | DigestField) or not hasattr(new, field.attname):
            continue
        left, right = getattr(old, field.attname), getattr(new, field.attname)
        if left != right and not _goes_without_saying(field, left, right, new):
            found.append((field, left, right))
    return found


def _goes_without_saying(field: models.Field, left: Any, right: Any, row: Any) -> bool:
    """What the line's own title, time and name already tell; or what stands there as the reason."""
    if field.name == "state" and hasattr(row, "get_state_display"):
        return True
    if left not in (None, ""):
        return False
    if isinstance(field, models.DateTimeField):
        return right is not None and abs(row.history_date - right) < SAME_MOMENT
    if isinstance(field, models.ForeignKey) and field.related_model._meta.label == settings.AUTH_USER_MODEL:
        return field.name.endswith("_by") and right == row.history_user_id
    return bool(row.history_change_reason) and right == row.history_change_reason


def _names(pairs: Iterable[Difference]) -> dict[tuple, str]:
    """What the rows are called that changed links lead to, by one query for all of them."""
    wanted: dict[Any, set] = {}
    for field, *values in pairs:
        if isinstance(field, models.ForeignKey):
            wanted.setdefault(field.related_model, set()).update(v for v in values if v is not None)
    lists = gather(*(model._base_manager.filter(pk__in=keys) for model, keys in wanted.items()))
    return {(model, row.pk): str(row) for model, rows in zip(wanted, lists, strict=True) for row in rows}


def _said(field: models.Field, old: Any, new: Any, record: models.Model, names: dict[tuple, str]) -> list[dict]:
    """One line; a model tells a column that holds many values by a method `parts_of_<column>(old, new)`."""
    if parts := getattr(record, f"parts_of_{field.name}", None):
        return [{"label": label, "old": left or "—", "new": right or "—"} for label, left, right in parts(old, new)]
    return [{
        "label": field.verbose_name, "old": _shown(field, old, record, names),
        "new": _shown(field, new, record, names),
    }]


def _shown(field: models.Field, value: Any, record: models.Model, names: dict[tuple, str]) -> Any:
    """A value in words. A model says a column of its own kind by a method `said_<column>(value)`."""
    if value in (None, "", []):
        return "—"
    if own_words := getattr(record, f"said_{field.name}", None):
        return own_words(value)
    if isinstance(field, SealedField):
        return SEALED if field.is_closed else masked(value)
    if field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, value), str(value))
    if isinstance(field, models.BooleanField):
        return "是" if value else "否"
    return value


def _signatures(rows: list[Signature]) -> list[dict]:
    return [
        {"at": s.at, "who": s.signer_name, "title": f"{s.role}签字({s.get_means_display()})", "changes": [],
         "reason": ""}
        for s in rows
    ]


def _prints(record: models.Model, rows: list[PrintedPaper]) -> list[dict]:
    return [
        {"at": p.at, "who": p.by.name if p.by else "命令行", "title": f"打印 {p.paper}({p.copies} 份)",
         "changes": [], "reason": ""}
        for p in rows if p.number == getattr(record, "number", "")
    ]


def _openings(rows: list[Disclosure]) -> list[dict]:
    return [
        {"at": d.at, "who": d.user.name, "title": f"查看{d.field}", "changes": [], "reason": d.reason}
        for d in rows
    ]
