"""The time line of a record: its history as who, when, old, new, reason, and what else happened."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from servicedesk.models import Disclosure, PrintedPaper, Signature
from servicedesk.sealing import DigestField, SealedField, TailField, masked
from servicedesk.services.asking import gather, gathered

QUIET = {"version", "created_at", "created_by"}
SEALED = "(已封存)"
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


def changes(record: models.Model) -> list[dict]:
    """One line per saved change, with the fields that differ. Sealed fields show masked."""
    return _changes(record, list(_history(record)))


def _history(record: models.Model) -> models.QuerySet:
    return record.history.select_related("history_user").order_by("history_date", "history_id")  # type: ignore


def _changes(record: models.Model, rows: list[Any]) -> list[dict]:
    steps = list(zip([None, *rows], rows, strict=False))
    differing = [_differences(before, row, record) if before is not None else [] for before, row in steps]
    names = _names(pair for pairs in differing for pair in pairs)
    return [
        {
            "at": row.history_date, "who": row.history_user.name if row.history_user else "系统",
            "title": "登记" if before is None else "修改", "reason": row.history_change_reason or "",
            "changes": [
                {"label": field.verbose_name, "old": _shown(field, old, names), "new": _shown(field, new, names)}
                for field, old, new in pairs
            ],
        }
        for (before, row), pairs in zip(steps, differing, strict=True)
        if before is None or pairs or row.history_change_reason
    ]


def _differences(old: Any, new: Any, record: models.Model) -> list[Difference]:
    found = []
    for field in record._meta.fields:
        if field.name in QUIET or isinstance(field, TailField | DigestField) or not hasattr(new, field.attname):
            continue
        left, right = getattr(old, field.attname), getattr(new, field.attname)
        if left != right:
            found.append((field, left, right))
    return found


def _names(pairs: Iterable[Difference]) -> dict[tuple, str]:
    """What the rows are called that changed links lead to, by one query for all of them."""
    wanted: dict[Any, set] = {}
    for field, *values in pairs:
        if isinstance(field, models.ForeignKey):
            wanted.setdefault(field.related_model, set()).update(v for v in values if v is not None)
    lists = gather(*(model._base_manager.filter(pk__in=keys) for model, keys in wanted.items()))
    return {(model, row.pk): str(row) for model, rows in zip(wanted, lists, strict=True) for row in rows}


def _shown(field: models.Field, value: Any, names: dict[tuple, str]) -> Any:
    if value is None or value == "":
        return "—"
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
