"""跟进: made by whoever finds a problem, owned by one, checked by another."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import FOLLOW_UP_PREFIX, FollowUpKind, FollowUpState
from dutylog.errors.followups import CheckerIsOwner, DueInPast, OwnerNeeded, ProblemNeeded
from dutylog.models import FollowUp, FollowUpUpdate
from servicedesk.pinyin import normal_text
from servicedesk.services import preferences
from servicedesk.services.inbox import tell
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

KEY_LENGTH = 120


@dataclass(frozen=True, kw_only=True)
class FollowUpFacts:
    """A problem as its finder states it. `source` is the record it was found in, `source_text` its words.

    `subject_key` is what the same problem is known by when it comes back; left out, it is the place with
    the words of the problem. `told` are people who hear of it besides the owner.
    """

    kind: str
    problem: str
    source: Any = None
    source_text: str = ""
    zone: Any = None
    place_detail: str = ""
    department: Any = None
    owner: Any = None
    interim_measure: str = ""
    measure: str = ""
    due_on: dt.date | None = None
    checker: Any = None
    subject_key: str = ""
    told: Iterable[Any] = ()


def subject_of(facts: FollowUpFacts) -> str:
    """What the same problem at the same place is known by."""
    if facts.subject_key:
        return facts.subject_key[:KEY_LENGTH]
    place = facts.zone.pk if facts.zone else "-"
    words = normal_text(f"{facts.place_detail} {facts.problem}")
    return f"{place}:{''.join(words.split())}"[:KEY_LENGTH]


@transaction.atomic
def make_follow_up(facts: FollowUpFacts, *, by, point) -> FollowUp:
    """Write a problem into the one list of follow-ups; its owner, where there is one, is told with the time.

    A problem that is still being followed up makes no second row: the finding is noted under the first. One
    that was closed within the term of the setting is opened again and counted as come back.

    Raises:
        ProblemNeeded: no words.
        CheckerIsOwner, DueInPast: a slip of the hand.
    """
    if not facts.problem.strip():
        raise ProblemNeeded(field="problem")
    check_people(facts.owner, facts.checker)
    check_due(facts.due_on)
    earlier = _earlier(facts, point)
    if earlier is not None:
        return _found_again(earlier, facts, by=by)
    try:
        with transaction.atomic():
            follow_up = _new(facts, by=by, point=point)
    except IntegrityError:
        twin = _earlier(facts, point)
        if twin is None:
            raise
        return _found_again(twin, facts, by=by)
    index_record(follow_up)
    tell_of(follow_up, facts.told)
    return follow_up


def check_people(owner, checker) -> None:
    if owner is not None and owner == checker:
        raise CheckerIsOwner(name=checker.name, field="checker")


def check_due(due_on: dt.date | None) -> None:
    if due_on is not None and due_on < timezone.localdate():
        raise DueInPast(field="due_on")


def _new(facts: FollowUpFacts, *, by, point) -> FollowUp:
    now = timezone.now()
    follow_up = FollowUp(
        number=take_serial(FOLLOW_UP_PREFIX, point), service_point=point, created_at=now, created_by=by,
        found_by=by, kind=facts.kind, problem=facts.problem.strip()[:300], source=facts.source,
        source_text=facts.source_text[:60], zone=facts.zone, place_detail=facts.place_detail.strip(),
        department=facts.department or (facts.owner.department if facts.owner else None), owner=facts.owner,
        told_at=now if facts.owner else None, interim_measure=facts.interim_measure.strip(),
        measure=facts.measure.strip(), due_on=facts.due_on or default_due(facts.kind), checker=facts.checker,
        subject_key=subject_of(facts),
    )
    follow_up._history_user = by
    follow_up.save()
    return follow_up


def default_due(kind: str) -> dt.date:
    """Today and the days of the setting; a hazard has fewer."""
    name = "dutylog.hazard_days" if kind == FollowUpKind.HAZARD else "dutylog.follow_up_days"
    return timezone.localdate() + dt.timedelta(days=preferences.value(name))


def _earlier(facts: FollowUpFacts, point) -> FollowUp | None:
    """The row of the same problem that still runs, or was closed within the term."""
    since = timezone.now() - dt.timedelta(days=preferences.value("dutylog.recurrence_days"))
    same = FollowUp.objects.filter(service_point=point, kind=facts.kind, subject_key=subject_of(facts))
    return same.live().first() or same.filter(
        state=FollowUpState.VERIFIED, verified_at__gte=since
    ).order_by("-verified_at").first()


def _found_again(follow_up: FollowUp, facts: FollowUpFacts, *, by) -> FollowUp:
    words = facts.source_text or facts.problem
    if follow_up.state == FollowUpState.VERIFIED:
        come_back(follow_up, by=by, reason=f"同一问题再次出现:{words}", due_on=facts.due_on, measure=facts.measure)
    note_progress(follow_up, f"再次发现:{words}", by=by)
    tell_of(follow_up, facts.told)
    return follow_up


def come_back(
    follow_up: FollowUp, *, by, reason: str, due_on: dt.date | None = None, measure: str = ""
) -> None:
    """Open a closed row again, one more time come back, with a new term: what was done did not last.

    How it was closed, and by which measure, stays in its progress.
    """
    if follow_up.verified_at and follow_up.verified_by:
        closed = f"{timezone.localtime(follow_up.verified_at):%m-%d} 由{follow_up.verified_by.name}销号"
        note_progress(follow_up, f"{closed}:{follow_up.measure or '已整改'}", by=by)
    move(
        follow_up, FollowUpState.OPEN, by=by, reason=reason[:100], came_back=F("came_back") + 1, done_at=None,
        done_by=None, verified_at=None, verified_by=None, told_at=timezone.now(), measure=measure.strip()[:300],
        due_on=due_on or default_due(follow_up.kind),
    )


def note_progress(follow_up: FollowUp, text: str, *, by) -> FollowUpUpdate:
    """A line of the weekly progress; never changed."""
    return FollowUpUpdate.objects.create(follow_up=follow_up, text=text.strip()[:300], at=timezone.now(), by=by)


def page_of(follow_up: FollowUp) -> str:
    return reverse("dutylog:followup_detail", args=[follow_up.pk])


def tell_of(follow_up: FollowUp, told: Iterable[Any] = ()) -> None:
    """Tell the owner and `told` what is to be mended and until when."""
    people = [*([follow_up.owner] if follow_up.owner else []), *told]
    until = f",{follow_up.due_on:%m月%d日}前整改" if follow_up.due_on else ""
    head = f"{follow_up.number} {follow_up.get_kind_display()}"
    tell(
        people, f"{head}:{follow_up.problem[:120]}{until}", url=page_of(follow_up), about=follow_up,
        is_urgent=follow_up.kind == FollowUpKind.HAZARD,
    )


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who mends it until when, and who looks afterwards."""

    owner: Any
    due_on: dt.date
    department: Any = None
    checker: Any = None
    measure: str = ""
    interim_measure: str = ""


@transaction.atomic
def assign_follow_up(follow_up: FollowUp, assignment: Assignment, *, by, version: int | None = None) -> FollowUp:
    """Name owner, due day and checker; whoever is newly named is told.

    Raises:
        OwnerNeeded: nobody was named.
        CheckerIsOwner, DueInPast: a slip of the hand.
        EditedMeanwhile: changed since the page was opened.
    """
    if assignment.owner is None:
        raise OwnerNeeded(number=follow_up.number, field="owner")
    check_people(assignment.owner, assignment.checker)
    if assignment.due_on != follow_up.due_on:
        check_due(assignment.due_on)
    old_owner, old_checker = follow_up.owner, follow_up.checker
    is_new = assignment.owner != old_owner
    amend(
        follow_up, by=by, version=version, reason="指派", owner=assignment.owner, due_on=assignment.due_on,
        department=assignment.department or assignment.owner.department, checker=assignment.checker,
        measure=assignment.measure.strip(), interim_measure=assignment.interim_measure.strip(),
        told_at=timezone.now() if is_new else follow_up.told_at,
    )
    index_record(follow_up)
    if is_new:
        tell_of(follow_up)
    if assignment.checker and assignment.checker != old_checker:
        _tell_checker(follow_up, "请在整改完成后复查")
    return follow_up


def _tell_checker(follow_up: FollowUp, words: str) -> None:
    if follow_up.checker is not None:
        sentence = f"{follow_up.number} {follow_up.problem[:120]},{words}"
        tell([follow_up.checker], sentence, url=page_of(follow_up), about=follow_up)
