"""Figures of a month that every register has: records a day, records by state."""

from collections import Counter
from typing import Any

from django.db.models import Count, DateTimeField
from django.utils import timezone

from servicedesk.periods import Period
from servicedesk.register import Register, whole_books
from servicedesk.services.transitions import state_label


def dated_registers() -> list[Register]:
    """The books whose records belong to days."""
    return [register for register in whole_books() if not register.is_standing]


def by_day(register: Register, month: Period) -> Counter:
    """How many records each day of the month has."""
    found = register.of_month(month).order_by().values_list(register.month_path, flat=True)
    moments = isinstance(register.month_column(), DateTimeField)
    return Counter(timezone.localdate(each) if moments else each for each in found)


def by_state(register: Register, month: Period) -> list[dict[str, Any]]:
    """`{"register": "拾物", "state": "保管中", "count": 12}` for each state that records of the month are in."""
    model: Any = register.model
    if not any(each.name == "state" for each in model._meta.concrete_fields):
        return []
    rows = register.of_month(month).select_related(None).prefetch_related(None).order_by("state")
    sample = model()
    return [
        {"register": register.label, "state": state_label(sample, row["state"]), "count": row["count"]}
        for row in rows.values("state").annotate(count=Count("pk"))
    ]
