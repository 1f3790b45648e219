"""闭班, 审阅, 重新打开: the gates, why one is passed undone, the seal."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dutylog.choices import DayState, SealKind
from dutylog.errors.closing import (
    AlreadyClosed,
    DayAhead,
    MissesUnexplained,
    NotClosedYet,
    ReopeningNeedsReason,
    ReviewerClosedIt,
)
from dutylog.gates import Miss, gate_questions, gates
from dutylog.models import ClosingExplanation, DaySeal, DutyDay
from dutylog.services.seals import seal_closing, seal_reopening, seal_review
from servicedesk.choices import SignatureMeans
from servicedesk.services import preferences
from servicedesk.services.asking import gathered
from servicedesk.services.inbox import settle_all, tell
from servicedesk.services.search import index_record
from servicedesk.services.signing import sign
from servicedesk.services.transitions import move

SHOWN = 3
REVIEWER = "负责人审阅"


@dataclass(frozen=True)
class StandingMiss:
    """What a gate still misses, with the explanation that was written, if any."""

    gate: str
    label: str
    miss: Miss
    explanation: ClosingExplanation | None

    @property
    def key(self) -> tuple[str, str]:
        """By what its explanation is found."""
        return self.gate, self.miss.sentence


@dataclass(frozen=True)
class StandingGate:
    """A gate and what it misses now."""

    key: str
    label: str
    misses: list[StandingMiss]

    @property
    def is_clear(self) -> bool:
        return not self.misses


def gates_of(day: DutyDay) -> list[StandingGate]:
    """All gates of a day as they stand now."""
    lists = gathered({"explanations": day.explanations.select_related("by")} | gate_questions(day))
    written = {(each.gate, each.sentence): each for each in lists["explanations"]}
    found = []
    for gate in gates():
        misses = [
            StandingMiss(gate.key, gate.label, miss, written.get((gate.key, miss.sentence[:300])))
            for miss in gate.missed(day, lists)
        ]
        found.append(StandingGate(gate.key, gate.label, misses))
    return found


@transaction.atomic
def explain_misses(day: DutyDay, texts: Mapping[tuple[str, str], str], *, by) -> list[ClosingExplanation]:
    """Write down why something is undone, by gate and sentence; the same words again write nothing.

    An explanation is never changed: other words make a further one, and the last one counts.
    """
    made = []
    for gate in gates_of(day):
        for miss in gate.misses:
            text = texts.get(miss.key, "").strip()[:300]
            if not text or (miss.explanation and miss.explanation.text == text):
                continue
            made.append(ClosingExplanation.objects.create(
                day=day, gate=gate.key, label=gate.label, sentence=miss.miss.sentence[:300], text=text,
                at=timezone.now(), by=by,
            ))
    return made


@transaction.atomic
def close_day(day: DutyDay, *, by, texts: Mapping[tuple[str, str], str] | None = None) -> DutyDay:
    """闭班: with every gate clear or explained the day is locked and sealed, and its head is told.

    Raises:
        AlreadyClosed: another desk did.
        DayAhead: its date has not come.
        MissesUnexplained: something is undone and nobody said why.
        NotPossibleNow: it was never opened.
    """
    # Without joins: on PostgreSQL a joined row would still be that of before the wait.
    held = DutyDay.objects.select_for_update(of=("self",)).get(pk=day.pk)
    if held.is_locked and held.closed_by and held.closed_at:
        raise AlreadyClosed(
            number=held.number, name=held.closed_by.name, at=f"{timezone.localtime(held.closed_at):%m-%d %H:%M}"
        )
    if held.on > timezone.localdate():
        raise DayAhead(number=held.number)
    explain_misses(held, texts or {}, by=by)
    _refuse_unexplained(held)
    now = timezone.now()
    if held.state == DayState.ON_DUTY:
        move(held, DayState.CLOSING, by=by)
    move(held, DayState.CLOSED, by=by, closed_at=now, closed_by=by)
    seal = seal_closing(held, by=by, at=now)
    index_record(held)
    if held.head and held.head != by:
        tell([held.head], f"{held.number} 已闭班(校验码 {seal.short_code}),等您审阅", about=held)
    return held


def _refuse_unexplained(day: DutyDay) -> None:
    open_ones = [miss.miss.sentence for gate in gates_of(day) for miss in gate.misses if miss.explanation is None]
    if open_ones:
        more = "等" if len(open_ones) > SHOWN else ""
        raise MissesUnexplained(count=len(open_ones), what=";".join(open_ones[:SHOWN]) + more)


@transaction.atomic
def review_day(day: DutyDay, *, by, note: str = "") -> DutyDay:
    """审阅: the head signs under the code of the seal. Password or PIN was confirmed before.

    Raises:
        NotClosedYet: it is open, or reviewed before.
        ReviewerClosedIt: by who closed it.
        SomeoneWasFaster: another head did.
    """
    if day.state != DayState.CLOSED:
        raise NotClosedYet(number=day.number, state=day.get_state_display())
    if day.closed_by_id == by.pk:
        raise ReviewerClosedIt(name=by.name)
    now, code = timezone.now(), code_of(day)
    words = f";{note.strip()}" if note.strip() else ""
    move(day, DayState.REVIEWED, by=by, reason=note.strip()[:100], reviewed_at=now, reviewed_by=by)
    signature = sign(
        day, REVIEWER, f"已审阅 {day.number}(校验码 {code}){words}", by=by, signer_name=by.name, signer=by,
        means=SignatureMeans.ACCOUNT, at=now,
    )
    signature.refresh_from_db()
    seal_review(day, signature, by=by, at=now)
    settle_all(day)
    return day


@transaction.atomic
def reopen_day(day: DutyDay, reason: str, *, by) -> DutyDay:
    """重新打开 with a reason. What stood when it was closed stays; closing again makes the next round.

    Raises:
        ReopeningNeedsReason: no reason.
        NotPossibleNow, SomeoneWasFaster: it is not closed.
    """
    if not reason.strip():
        raise ReopeningNeedsReason(field="reason")
    now = timezone.now()
    move(
        day, DayState.ON_DUTY, by=by, reason=reason.strip()[:100], reviewed_at=None, reviewed_by=None,
        reopened_at=day.reopened_at or now,
    )
    seal_reopening(day, reason.strip()[:200], by=by, at=now)
    if day.closed_by and day.closed_by != by:
        tell([day.closed_by], f"{day.number} 已由{by.name}重新打开:{reason.strip()[:100]}", about=day)
    return day


def closing_seals(day: DutyDay) -> QuerySet[DaySeal]:
    """The seal of the last closing, where there is one."""
    return day.seals.filter(kind=SealKind.CLOSING).order_by("-round")[:1]


def code_among(day: DutyDay, seals: Iterable[DaySeal]) -> str:
    """The short code of the last closing; empty while the day is open."""
    return next((seal.short_code for seal in seals if day.is_locked), "")


def code_of(day: DutyDay) -> str:
    """The short code of a closed day."""
    return code_among(day, closing_seals(day))


def review_due_before(now: dt.datetime) -> dt.datetime:
    """Days closed before this moment should have been reviewed by `now`."""
    return now - dt.timedelta(hours=preferences.value("dutylog.review_hours"))
