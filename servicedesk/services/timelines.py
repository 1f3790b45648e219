"""The time line of a record: its history as who, when, old, new, reason, and what else happened."""

from typing import Any

from django.db import models

from servicedesk.models import Disclosure, PrintedPaper, Signature
from servicedesk.sealing import DigestField, SealedField, TailField, masked

QUIET = {"version", "created_at", "created_by"}
SEALED = "(已封存)"


def timeline(record: models.Model, events: list[dict]) -> list[dict]:
    """Everything that happened, newest first."""
    lines = [*changes(record), *signatures(record), *prints(record), *openings(record), *events]
    return sorted(lines, key=lambda line: line["at"], reverse=True)


def changes(record: models.Model) -> list[dict]:
    """One line per saved change, with the fields that differ. Sealed fields show masked."""
    history = getattr(record, "history", None)
    if history is None:
        return []
    rows = list(history.select_related("history_user").order_by("history_date", "history_id"))
    lines, before = [], None
    for row in rows:
        found = _differences(before, row, record) if before is not None else []
        if before is None or found or row.history_change_reason:
            lines.append({
                "at": row.history_date, "who": row.history_user.name if row.history_user else "系统",
                "title": "登记" if before is None else "修改", "changes": found,
                "reason": row.history_change_reason or "",
            })
        before = row
    return lines


def _differences(old: Any, new: Any, record: models.Model) -> list[dict]:
    found = []
    for field in record._meta.fields:
        if field.name in QUIET or isinstance(field, TailField | DigestField) or not hasattr(new, field.attname):
            continue
        left, right = getattr(old, field.attname), getattr(new, field.attname)
        if left != right:
            found.append({"label": field.verbose_name, "old": _shown(field, left), "new": _shown(field, right)})
    return found


def _shown(field: models.Field, value: Any) -> Any:
    if value is None or value == "":
        return "—"
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
