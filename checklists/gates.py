"""Before a day may close: the asset round and the equipment round are done or approved as missed."""

from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from checklists.choices import CLOSING_KINDS, RoundKind
from checklists.services.owed import owed_of, rounds_between
from dutylog.gates import ClosingGate, Miss, add_gate
from dutylog.models import DutyDay


def questions(kind: str, day: DutyDay) -> dict[str, QuerySet]:
    return {"rounds": rounds_between([day.service_point], day.on, day.on).filter(kind=kind)}


def misses(kind: str, day: DutyDay, found: dict[str, list]) -> list[Miss]:
    """One line per round of the kind that is not settled."""
    url = f"{reverse('checklists:round_day')}?on={day.on:%Y-%m-%d}"
    point, on = day.service_point, day.on
    every = owed_of([point], on, on, today={point.pk: on}, rounds=found["rounds"])
    return [
        Miss(f"{owed.template.name}还没有{'查完' if owed.round else '检查'}", url)
        for owed in every if owed.template.kind == kind and not owed.is_settled
    ]


for closing_kind in CLOSING_KINDS:
    add_gate(ClosingGate(
        key=f"checklists.{closing_kind}", label=f"{RoundKind(closing_kind).label}检查",
        misses=partial(misses, closing_kind), questions=partial(questions, closing_kind),
    ))
