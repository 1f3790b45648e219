"""The time line of a record: its history as who, when, old, new, reason, and what else happened."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models

from servicedesk.models import Disclosure, PrintedPaper, Signature
from servicedesk.sealing import DigestField, SealedField, TailField, masked

QUIET = {"version", "created_at", "created_by"}
SEALED = "(已封存)"
# A time written by the same act as the line itself says nothing that the line does not.
SAME_MOMENT = dt.timedelta(seconds=5)


def timeline(record: models.Model, events: list[dict]) -> list[dict]:
    """Everything that happened, newest first."""
    lines = [*changes(record), *signatures(record), *prints(record), *openings(record), *events]
    return sorted(lines, key=lambda line: line["at"], reverse=True)


def changes(record: models.Model) -> list[dict]:
    """One line per saved change, with the fields that differ. Sealed fields show masked.

    A change of state is called by the new state; when and by whom the line says anyway.
    """
    history = getattr(record, "history", None)
    if history is None:
        return []
    rows = list(history.select_related("history_user").order_by("history_date", "history_id"))
    lines, before = [], None
    for row in rows:
        found = _differences(before, row, record) if before is not None else []
        moved = "" if before is None or _state_of(before) == _state_of(row) else row.get_state_display()
        if before is None or moved or found or row.history_change_reason:
            lines.append({
                "at": row.history_date, "who": row.history_user.name if row.history_user else "系统",
                "title": "登记" if before is None else moved or "修改", "changes": found,
                "reason": row.history_change_reason or "",
            })
        before = row
    return lines


def _state_of(row: Any) -> Any:
    """The state of a row of history; None for a model without states."""
    return getattr(row, "state", None) if hasattr(row, "get_state_display") else None


def _differences(old: Any, new: Any, record: models.Model) -> list[dict]:
    found = []
    for field in record._meta.fields:
        if field.name in QUIET or isinstance(field, TailField | DigestField) or not hasattr(new, field.attname):
            continue
        left, right = getattr(old, field.attname), getattr(new, field.attname)
        if left != right and not _goes_without_saying(field, left, right, new):
            found.append({
                "label": field.verbose_name, "old": _shown(field, left, record), "new": _shown(field, right, record)
            })
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


def _shown(field: models.Field, value: Any, record: models.Model) -> Any:
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
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    if isinstance(field, models.BooleanField):
        return "是" if value else "否"
    return value


def signatures(record: models.Model) -> list[dict]:
    return [
        {"at": s.at, "who": s.signer_name, "title": f"{s.role}签字({s.get_means_display()})", "changes": [],
         "reason": ""}
        for s in Signature.objects.of(record)
    ]


def prints(record: models.Model) -> list[dict]:
    number = getattr(record, "number", "")
    if not number:
        return []
    return [
        {"at": p.at, "who": p.by.name if p.by else "命令行", "title": f"打印 {p.paper}({p.copies} 份)",
         "changes": [], "reason": ""}
        for p in PrintedPaper.objects.filter(number=number).select_related("by")
    ]


def openings(record: models.Model) -> list[dict]:
    return [
        {"at": d.at, "who": d.user.name, "title": f"查看{d.field}", "changes": [], "reason": d.reason}
        for d in Disclosure.objects.of(record).select_related("user")
    ]
