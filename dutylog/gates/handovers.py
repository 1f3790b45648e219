"""Every shift of the day was handed over and signed by both."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from dutylog.choices import HandOverState
from dutylog.gates.registry import ClosingGate, Miss, add_gate
from dutylog.models import DutyDay, HandOver

SAID = {
    HandOverState.DRAFTED: "还没有清点完", HandOverState.SIGNED: "接班人还没有签字",
}


def questions(day: DutyDay) -> dict[str, QuerySet]:
    return {"hand_overs": HandOver.objects.filter(day=day), "shifts": day.shifts.all()}


def misses(day: DutyDay, found: dict[str, list]) -> Sequence[Miss]:  # noqa: ARG001
    """One line per shift that nobody has taken over."""
    held = {each.from_shift_id: each for each in found["hand_overs"]}
    return [
        _miss(shift, held.get(shift.pk)) for shift in found["shifts"]
        if shift.pk not in held or held[shift.pk].state != HandOverState.TAKEN
    ]


def _miss(shift, hand_over: HandOver | None) -> Miss:
    if hand_over is None:
        url = reverse("dutylog:handover_create", args=[shift.pk])
        return Miss(f"{shift.get_kind_display()}还没有交班", url)
    url = reverse("dutylog:handover_detail", args=[hand_over.pk])
    return Miss(f"{shift.get_kind_display()}交接 {hand_over.number} {SAID[HandOverState(hand_over.state)]}", url)


add_gate(ClosingGate(key="dutylog.hand_over", label="交接班签字", misses=misses, questions=questions))
