"""Every headcount of the day was filed and told to whom it is for."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from dutylog.gates.registry import ClosingGate, Miss, add_gate
from dutylog.models import DutyDay
from dutylog.services.headcount_tables import times_of
from dutylog.services.headcounts import by_slot, standing_rows


def questions(day: DutyDay) -> dict[str, QuerySet]:
    return {"standing": standing_rows(day)}


def misses(day: DutyDay, found: dict[str, list]) -> Sequence[Miss]:
    """One line per report time that has no figure, or whose figure was told to nobody."""
    missed = []
    for row in times_of(day, standing=by_slot(found["standing"])):
        report = row["report"]
        if report is None:
            url = f"{reverse('dutylog:headcount_create')}?day={day.pk}"
            missed.append(Miss(f"{row['label']} 的接待人数还没有登记", url))
        elif not report.sent:
            url = reverse("dutylog:headcount_detail", args=[report.pk])
            missed.append(Miss(f"{row['label']} 的接待人数还没有报送", url))
    return missed


HEADCOUNT_GATE = add_gate(ClosingGate(key="dutylog.headcounts", label="报送人数", misses=misses, questions=questions))
