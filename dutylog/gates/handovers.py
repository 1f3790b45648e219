"""Every shift of the day was handed over and signed by both."""

from collections.abc import Sequence

from django.urls import reverse

from dutylog.choices import HandOverState
from dutylog.gates.registry import ClosingGate, Miss, add_gate
from dutylog.models import DutyDay, HandOver

SAID = {
    HandOverState.DRAFTED: "还没有清点完", HandOverState.SIGNED: "接班人还没有签字",
}


def misses(day: DutyDay) -> Sequence[Miss]:
    """One line per shift that nobody has taken over."""
    held = {each.from_shift_id: each for each in HandOver.objects.filter(day=day)}
    return [
        _miss(shift, held.get(shift.pk)) for shift in day.shifts.all()
        if shift.pk not in held or held[shift.pk].state != HandOverState.TAKEN
    ]


def _miss(shift, hand_over: HandOver | None) -> Miss:
    if hand_over is None:
        url = reverse("dutylog:handover_create", args=[shift.pk])
        return Miss(f"{shift.get_kind_display()}还没有交班", url)
    url = reverse("dutylog:handover_detail", args=[hand_over.pk])
    return Miss(f"{shift.get_kind_display()}交接 {hand_over.number} {SAID[HandOverState(hand_over.state)]}", url)


add_gate(ClosingGate(key="dutylog.hand_over", label="交接班签字", misses=misses))
