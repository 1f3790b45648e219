"""意外伤害及突发事件: written at once and told at once, then followed until it is closed with its result."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import ACCIDENT_PREFIX, AccidentState, EntryCategory, FollowUpKind, NoticeChannel, NoticeRole
from dutylog.errors.accidents import (
    AccidentEnded,
    AgeCannotBe,
    InjuryNeeded,
    NameInText,
    NoSuchKind,
    NotFollowedYet,
    ResultNeeded,
    TimeInFuture,
    TimesCrossed,
    UpdateNeeded,
    WhatNeeded,
)
from dutylog.models import Accident, AccidentUpdate, FollowUp, InjuredPerson, LogEntry
from dutylog.services.chain import StepFacts, tell_step, who_is
from dutylog.services.enquiries import refuse_numbers
from dutylog.services.entries import record_in_log
from dutylog.services.followups import FollowUpFacts, make_follow_up
from dutylog.services.registerlines import lines_about, strike_lines_about
from servicedesk.errors import ReasonNeeded
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

TOLERANCE = dt.timedelta(minutes=1)
OLDEST = 120
# Each pair in its order: what came later is not earlier.
IN_ORDER = (
    ("happened_at", "told_at"), ("told_at", "answered_at"), ("told_at", "arrived_at"),
    ("happened_at", "ambulance_called_at"), ("ambulance_called_at", "ambulance_arrived_at"),
    ("ambulance_arrived_at", "ambulance_left_at"),
)
MOMENTS = (
    "happened_at", "told_at", "answered_at", "arrived_at", "ambulance_called_at", "ambulance_arrived_at",
    "ambulance_left_at",
)


@dataclass(frozen=True, kw_only=True)
class AccidentFacts:
    """What happened, as far as it is known."""

    kind: str
    happened_at: dt.datetime
    told_at: dt.datetime
    zone: Any
    what: str
    place_detail: str = ""
    weather: str = ""
    first_aid: str = ""
    witnesses: str = ""
    answered_at: dt.datetime | None = None
    arrived_at: dt.datetime | None = None
    ambulance_called_at: dt.datetime | None = None
    ambulance_arrived_at: dt.datetime | None = None
    ambulance_left_at: dt.datetime | None = None
    police: str = ""
    insurance: str = ""


@dataclass(frozen=True, kw_only=True)
class InjuredFacts:
    """One who was hurt."""

    injury: str
    name: str = ""
    sex: str = ""
    age: int | None = None
    phone: str = ""
    treatment: str = ""
    hospital: str = ""


def kinds() -> list[str]:
    """The kinds of the settings."""
    return preferences.value("dutylog.accident_kinds")


@transaction.atomic
def register_accident(
    facts: AccidentFacts, *, by, point, injured: Sequence[InjuredFacts] = ()
) -> Accident:
    """Write an accident with those who were hurt and its line of the day; the supervisor on duty is told at once.

    Raises:
        WhatNeeded, NoSuchKind, NameInText, NumberInText, TimesCrossed, TimeInFuture, InjuryNeeded, AgeCannotBe: a
        slip of the hand.
    """
    _check(facts, [person.name for person in injured])
    if facts.kind not in kinds():
        raise NoSuchKind(kind=facts.kind, field="kind")
    accident = Accident(
        number=take_serial(ACCIDENT_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        **_columns(facts),
    )
    accident._history_user = by
    accident.save()
    for person in injured:
        _add(accident, person, by=by)
    _tell_supervisor(accident, _write_line(accident, len(injured), by=by), by=by)
    index_record(accident)
    return accident


def _columns(facts: AccidentFacts) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in vars(facts).items()}


def _check(facts: AccidentFacts, names: Sequence[str]) -> None:
    if not facts.what.strip():
        raise WhatNeeded(field="what")
    for field in ("what", "first_aid"):
        refuse_numbers(getattr(facts, field), field)
        for name in names:
            if len(name.strip()) > 1 and name.strip() in getattr(facts, field):
                raise NameInText(name=name.strip(), field=field)
    for field in MOMENTS:
        moment = getattr(facts, field)
        if moment and moment > timezone.now() + TOLERANCE:
            raise TimeInFuture(label=_label(field), at=_said(moment), field=field)
    for earlier, later in IN_ORDER:
        first, second = getattr(facts, earlier), getattr(facts, later)
        if first and second and second.replace(second=0, microsecond=0) < first.replace(second=0, microsecond=0):
            raise TimesCrossed(
                later=_label(later), at=_said(second), earlier=_label(earlier), before=_said(first), field=later
            )


def _label(field: str) -> str:
    return str(Accident._meta.get_field(field).verbose_name)


def _said(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%m-%d %H:%M}"


def _write_line(accident: Accident, count: int, *, by) -> LogEntry:
    hurt = f",伤者 {count} 人" if count else ""
    return record_in_log(
        accident, EntryCategory.ACCIDENT, f"{accident.kind}{hurt}:{accident.what}", by=by,
        happened_at=accident.happened_at, handling=accident.first_aid,
    )


def page_of(accident: Accident) -> str:
    return reverse("dutylog:accident_detail", args=[accident.pk])


def _tell_supervisor(accident: Accident, entry: LogEntry, *, by) -> None:
    """The first step of the chain; without a supervisor the line itself says that the step is due."""
    person = who_is(NoticeRole.SUPERVISOR, entry.day)
    if person is None:
        return
    facts = StepFacts(
        role=NoticeRole.SUPERVISOR, channel=NoticeChannel.INBOX, told_at=timezone.now(), person=person
    )
    sentence = f"{accident.number} {accident.kind}({accident.place}),请立即应答"
    tell_step(entry, facts, by=by, sentence=sentence, url=page_of(accident))


def line_of(accident: Accident) -> LogEntry | None:
    """Its line of the log, at which the chain of notice hangs."""
    return lines_about(accident).first()


@transaction.atomic
def edit_accident(accident: Accident, facts: AccidentFacts, *, by, version: int | None = None) -> Accident:
    """Complete or put right what happened; the log keeps its first words.

    Raises:
        AccidentEnded, EditedMeanwhile: too late.
        WhatNeeded and the other slips of `register_accident`.
    """
    _refuse_ended(accident)
    _check(facts, [person.name for person in accident.injured.all()])
    if facts.kind not in {*kinds(), accident.kind}:
        raise NoSuchKind(kind=facts.kind, field="kind")
    amend(accident, by=by, version=version, **_columns(facts))
    index_record(accident)
    return accident


def _refuse_ended(accident: Accident) -> None:
    if not accident.is_live:
        raise AccidentEnded(number=accident.number, state=accident.get_state_display())


@transaction.atomic
def add_injured(accident: Accident, facts: InjuredFacts, *, by) -> InjuredPerson:
    """登记伤者. Raises AccidentEnded, InjuryNeeded, AgeCannotBe."""
    _refuse_ended(accident)
    person = _add(accident, facts, by=by)
    index_record(accident)
    return person


def _add(accident: Accident, facts: InjuredFacts, *, by) -> InjuredPerson:
    _check_injured(facts)
    person = InjuredPerson(accident=accident, **_stripped(facts))
    person._history_user = by
    person.save()
    return person


def _stripped(facts: InjuredFacts) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in vars(facts).items()}


def _check_injured(facts: InjuredFacts) -> None:
    if not facts.injury.strip():
        raise InjuryNeeded(field="injury")
    if facts.age is not None and not 0 <= facts.age <= OLDEST:
        raise AgeCannotBe(field="age")


@transaction.atomic
def edit_injured(person: InjuredPerson, facts: InjuredFacts, *, by, version: int | None = None) -> InjuredPerson:
    """Put right what is known of one who was hurt. Raises AccidentEnded, EditedMeanwhile, InjuryNeeded, AgeCannotBe."""
    _refuse_ended(person.accident)
    _check_injured(facts)
    amend(person, by=by, version=version, **_stripped(facts))
    index_record(person.accident)
    return person


@transaction.atomic
def add_accident_update(accident: Accident, text: str, *, by) -> AccidentUpdate:
    """记跟踪: a line that stays as it is. Raises AccidentEnded, UpdateNeeded, NumberInText."""
    _refuse_ended(accident)
    if not text.strip():
        raise UpdateNeeded(field="text")
    refuse_numbers(text, "text")
    return AccidentUpdate.objects.create(accident=accident, text=text.strip()[:300], at=timezone.now(), by=by)


@transaction.atomic
def handle_accident(accident: Accident, *, by, note: str) -> Accident:
    """处置完毕: the scene is cleared; what follows is tracked.

    Raises:
        UpdateNeeded: nothing is said.
        NotPossibleNow, SomeoneWasFaster: it is not under way any more.
    """
    if not note.strip():
        raise UpdateNeeded(field="text")
    refuse_numbers(note, "text")
    move(accident, AccidentState.HANDLED, by=by, handled_at=timezone.now())
    text = f"现场处置完毕:{note.strip()}"[:300]
    AccidentUpdate.objects.create(accident=accident, text=text, at=timezone.now(), by=by)
    return accident


@transaction.atomic
def close_accident(accident: Accident, result: str, *, by) -> Accident:
    """结案 with the result; who was hurt must have been asked about once since the scene was cleared.

    Raises:
        ResultNeeded: no result.
        NotFollowedYet: people were hurt and nobody followed it.
        NotPossibleNow, SomeoneWasFaster: it is not ready to be closed.
    """
    if not result.strip():
        raise ResultNeeded(field="result")
    hurt = accident.injured.count()
    followed = accident.updates.filter(at__gt=accident.handled_at).exists() if accident.handled_at else False
    if hurt and accident.state == AccidentState.HANDLED and not followed:
        raise NotFollowedYet(number=accident.number, count=hurt)
    move(
        accident, AccidentState.CLOSED, by=by, result=result.strip()[:500], closed_at=timezone.now(), closed_by=by
    )
    index_record(accident)
    return accident


@transaction.atomic
def reopen_accident(accident: Accident, *, by, reason: str) -> Accident:
    """重新打开 a closed one: it is followed again.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it is not closed.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(accident, AccidentState.HANDLED, by=by, reason=reason.strip()[:100], closed_at=None, closed_by=None)
    return accident


@transaction.atomic
def void_accident(accident: Accident, *, by, reason: str) -> Accident:
    """作废: written by mistake; it stays listed, its line of the day is struck.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it is closed or void.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(accident, AccidentState.VOID, by=by, reason=reason.strip()[:100], void_reason=reason.strip()[:200])
    strike_lines_about(accident, f"登记作废:{reason.strip()}", by=by)
    return accident


@transaction.atomic
def follow_up_accident(accident: Accident, problem: str, *, by, owner: Any = None) -> FollowUp:
    """转整改跟进: what must be mended so that it does not happen again.

    Raises:
        ProblemNeeded: no words.
    """
    return make_follow_up(
        FollowUpFacts(
            kind=FollowUpKind.HAZARD, problem=problem, source=accident, source_text=f"意外事件 {accident.number}",
            zone=accident.zone, place_detail=accident.place_detail, owner=owner,
        ),
        by=by, point=accident.service_point,
    )
