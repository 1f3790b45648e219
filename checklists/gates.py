"""Before a day may close: the asset round and the equipment round are done or approved as missed."""

from functools import partial

from django.urls import reverse

from checklists.choices import CLOSING_KINDS, RoundKind
from checklists.services.owed import owed_on
from dutylog.gates import ClosingGate, Miss, add_gate
from dutylog.models import DutyDay


def misses(kind: str, day: DutyDay) -> list[Miss]:
    """One line per round of the kind that is not settled."""
    url = f"{reverse('checklists:round_day')}?on={day.on:%Y-%m-%d}"
    return [
        Miss(f"{owed.template.name}还没有{'查完' if owed.round else '检查'}", url)
        for owed in owed_on(day.service_point, day.on) if owed.template.kind == kind and not owed.is_settled
    ]


for closing_kind in CLOSING_KINDS:
    add_gate(ClosingGate(
        key=f"checklists.{closing_kind}", label=f"{RoundKind(closing_kind).label}检查",
        misses=partial(misses, closing_kind),
    ))
