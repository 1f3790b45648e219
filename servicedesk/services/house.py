"""Rows of the house (departments, service points, zones, storage places, people): added and changed, never deleted.

Each change writes its history with who and why; lists beside the row (roles, neighbours) are told in the
reason, because the history keeps columns only. A form that was opened before somebody else's change is refused.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction

from servicedesk.errors import AlreadyThere, EditedMeanwhile
from servicedesk.services.transitions import amend, last_editor, note_history

Many = Mapping[str, Iterable[models.Model]]


def edition(row: models.Model) -> int:
    """The number of a row's newest history line: what a form remembers to notice a later editor."""
    newest = row.history.order_by("-history_id").values_list("history_id", flat=True).first()  # type: ignore[attr-defined]
    return newest or 0


@transaction.atomic
def add_row(row: models.Model, *, by, reason: str = "", many: Many | None = None) -> Any:
    """Save a new row with its history.

    Raises:
        AlreadyThere: another row has the same name, number or mark.
    """
    refuse_doubles(row)
    row._history_user, row._change_reason = by, reason or None  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise AlreadyThere(label="名称、编号或标记") from None
    for name, rows in (many or {}).items():
        getattr(row, name).set(rows)
    return row


@transaction.atomic
def change_row(
    row: models.Model, *, by, seen: int | None = None, reason: str = "", many: Many | None = None, **facts: Any
) -> bool:
    """Change columns and lists of a row; returns whether anything differed.

    Raises:
        AlreadyThere: another row has the same name, number or mark.
        EditedMeanwhile: the row's history went on since `seen` (see `edition`).
    """
    model = row._meta.model
    present = model._base_manager.select_for_update().get(pk=row.pk)
    if seen is not None and seen != edition(present):
        raise EditedMeanwhile(number=str(present), who=last_editor(present))
    changed = {name: value for name, value in facts.items() if getattr(present, name) != value}
    told = [said for name, rows in (many or {}).items() if (said := _set_list(present, name, list(rows)))]
    if changed or told:
        for name, value in changed.items():
            setattr(present, name, value)
        refuse_doubles(present)
        _record(row, changed, by, ";".join([*told, *filter(None, [reason])]))
    return bool(changed or told)


def _record(row: models.Model, changed: dict[str, Any], by, reason: str) -> None:
    if changed:
        amend(row, by=by, reason=reason, **changed)
    else:
        note_history(row, by, reason)


def _set_list(row: models.Model, name: str, wanted: list[models.Model]) -> str:
    """Set a list beside the row; the sentence of what differs, empty when nothing does."""
    held = list(getattr(row, name).all())
    if {r.pk for r in held} == {r.pk for r in wanted}:
        return ""
    getattr(row, name).set(wanted)
    label = {"groups": "岗位"}.get(name) or row._meta.get_field(name).verbose_name
    return f"{label}:{_names(held)} → {_names(wanted)}"


def _names(rows: list[models.Model]) -> str:
    return "、".join(sorted(str(r) for r in rows)) or "无"


def refuse_doubles(row: models.Model) -> None:
    """Raise AlreadyThere at the field whose value another row has."""
    others = row._meta.model._base_manager.exclude(pk=row.pk)
    for field in row._meta.fields:
        if field.unique and not field.primary_key:
            value = getattr(row, field.attname)
            if others.filter(**{field.attname: value}).exists():
                raise AlreadyThere(field=field.name, label=f"{field.verbose_name}“{value}”")
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            same = {name: getattr(row, name) for name in constraint.fields}
            if others.filter(**same).exists():
                raise AlreadyThere(field=constraint.fields[-1], label=f"“{row}”")
