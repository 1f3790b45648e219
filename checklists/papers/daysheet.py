"""班后检查 of 3.12: whether the rounds after hours were walked, and what they found."""

from collections.abc import Sequence
from typing import Any

from checklists.choices import CHECKED_ROUND_STATES, CLOSING_KINDS, RoundKind, RoundState
from checklists.models import Round
from checklists.services.owed import owed_on
from dutylog.models import DutyDay
from dutylog.sheetparts import give_part

WORDS = {RoundKind.ASSETS: "资产", RoundKind.EQUIPMENT: "设备"}


def rounds_part(day: DutyDay) -> dict[str, Any]:
    """A tick for each kind that was walked to its end; failures and missed rounds beside it, in words."""
    rounds = [each for each in Round.objects.filter(day=day, kind__in=CLOSING_KINDS) if _was_settled(each, day)]
    settled = {each.template_id for each in rounds}
    left = {owed.template.kind for owed in owed_on(day.service_point, day.on) if owed.template.pk not in settled}
    found: dict[str, Any] = {}
    notes = []
    for kind in CLOSING_KINDS:
        own = [each for each in rounds if each.kind == kind]
        walked = [each for each in own if each.state in CHECKED_ROUND_STATES]
        found[kind.value] = bool(walked) and len(walked) == len(own) and kind not in left
        notes.append(_said(WORDS[kind], own, walked))
    return {**found, "note": ";".join(note for note in notes if note)}


def _was_settled(round_: Round, day: DutyDay) -> bool:
    """The sheet of a closed day shows what was done when it was closed."""
    moment = round_.approved_at if round_.state == RoundState.EXCUSED else round_.checked_at
    if moment is None:
        return False
    return not day.is_locked or day.closed_at is None or moment <= day.closed_at


def _said(word: str, own: Sequence[Round], walked: Sequence[Round]) -> str:
    failures = sum(each.failures for each in walked)
    return f"{word}异常 {failures}" if failures else f"{word}批准漏查" if len(walked) < len(own) else ""


give_part("rounds", rounds_part)
