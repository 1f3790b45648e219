"""物品交接, 交班人, 接班人 and 未办说明 of the sheet 3.12."""

from typing import Any

from dutylog.models import DutyDay, HandOver
from dutylog.services.handovers import counted_said
from dutylog.sheetparts import give_part

CONFIRMED = "(密码确认)"


def handover_part(day: DutyDay) -> dict[str, Any]:
    """One row per shift that was handed over, and what the day left undone with its reason."""
    rows = HandOver.objects.filter(day=day, signed_at__isnull=False).order_by("frozen_at", "pk")
    joined = rows.select_related("from_shift", "outgoing", "incoming").prefetch_related("lines")
    return {"rows": [_row(each) for each in joined], "misses": _misses(day)}


def _row(hand_over: HandOver) -> dict[str, Any]:
    note = f" 交代:{hand_over.note}" if hand_over.note else ""
    return {
        "shift": hand_over.from_shift.get_kind_display(), "number": hand_over.number,
        "counted": f"{counted_said(list(hand_over.lines.all()))}{note}",
        "giver": _signed(hand_over.outgoing, hand_over.signed_at),
        "taker": _signed(hand_over.incoming, hand_over.taken_at),
    }


def _signed(person: Any, moment: Any) -> dict[str, Any]:
    return {"name": person.name, "at": moment, "note": CONFIRMED} if person and moment else {}


def _misses(day: DutyDay) -> list[str]:
    """The explanation that counts of each miss: the last one."""
    written = {(each.gate, each.sentence): each for each in day.explanations.select_related("by")}
    return [f"{each.sentence}:{each.text}({each.by.name})" for each in written.values()]


give_part("handover", handover_part)
