"""员工好人好事: a row falls out of each staff find; other kinds are written by hand; 3.8 reads them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from lostfound.choices import GOOD_DEED_PREFIX, GoodDeedKind, GoodDeedState, ItemState
from lostfound.errors.deeds import (
    DeedAlreadyThere,
    DeedOnFutureDay,
    DeedTooOld,
    DeedWithdrawn,
    FindingComesFromFind,
    NoRewardToPay,
    OwnDeed,
    SummaryNeeded,
)
from lostfound.models import FoundItem, GoodDeed
from servicedesk.errors import ReasonNeeded
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

EARLIEST = dt.date(2000, 1, 1)


@dataclass(frozen=True, kw_only=True)
class GoodDeedFacts:
    """A good deed typed by hand."""

    kind: str
    person: Any
    on: dt.date
    summary: str
    feedback: str = ""
    reward: str = ""


@transaction.atomic
def draft_good_deed(item: FoundItem, *, by) -> GoodDeed | None:
    """Bring the good deed of a staff find up to date: one row per find and finder.

    Makes the draft when there is none, follows the find's facts while it is a draft, and withdraws
    the row of a finder who was corrected. A visitor's find, and a void one, make none.
    """
    if item.finder_id is None or item.state == ItemState.VOID:
        return None
    _withdraw_of_other_finders(item, by=by)
    deed = GoodDeed.objects.filter(item=item, person=item.finder).first()
    if deed is None:
        return _new_deed(_facts_of_find(item), by=by, point=item.service_point, item=item, post=item.finder_post)
    if deed.state == GoodDeedState.WITHDRAWN:
        move(deed, GoodDeedState.DRAFT, by=by, reason="拾物人更正", withdraw_reason="")
    _follow_find(deed, item, by=by)
    return deed


def _facts_of_find(item: FoundItem) -> GoodDeedFacts:
    return GoodDeedFacts(
        kind=GoodDeedKind.FINDING, person=item.finder, on=timezone.localdate(item.found_at),
        summary=f"在{item.zone.name}拾到{item.described},主动上交"[:300],
    )


def _follow_find(deed: GoodDeed, item: FoundItem, *, by) -> None:
    if deed.item is None or deed.state != GoodDeedState.DRAFT:
        return
    facts = _facts_of_find(item)
    if (deed.on, deed.summary) != (facts.on, facts.summary):
        amend(deed, by=by, reason="拾物登记更正", on=facts.on, summary=facts.summary)
        index_record(deed)


def _withdraw_of_other_finders(item: FoundItem, *, by) -> None:
    others = GoodDeed.objects.filter(item=item).exclude(person=item.finder)
    for deed in others.exclude(state=GoodDeedState.WITHDRAWN):
        withdraw_good_deed(deed, by=by, reason=f"拾物人更正为{item.finder.name}")


def _new_deed(facts: GoodDeedFacts, *, by, point, post: str, item: FoundItem | None = None) -> GoodDeed:
    deed = GoodDeed(
        number=take_serial(GOOD_DEED_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        kind=facts.kind, person=facts.person, person_post=post, on=facts.on, summary=facts.summary.strip(),
        feedback=facts.feedback.strip(), reward=facts.reward.strip(), item=item,
    )
    deed._history_user = by
    deed.save()
    index_record(deed)
    return deed


@transaction.atomic
def register_good_deed(facts: GoodDeedFacts, *, by, point) -> GoodDeed:
    """Write a good deed that is no find into the book, as a draft.

    Raises:
        FindingComesFromFind: 拾金不昧 falls out of a staff find and is never typed.
        SummaryNeeded, DeedOnFutureDay, DeedTooOld: a slip of the hand.
        DeedAlreadyThere: the same person, day, kind and words are in the book.
    """
    if facts.kind == GoodDeedKind.FINDING:
        raise FindingComesFromFind(field="kind")
    _check_facts(facts)
    same = GoodDeed.objects.filter(person=facts.person, on=facts.on, kind=facts.kind, summary=facts.summary.strip())
    twin = same.exclude(state=GoodDeedState.WITHDRAWN).first()
    if twin is not None:
        raise DeedAlreadyThere(name=facts.person.name, number=twin.number)
    return _new_deed(facts, by=by, point=point, post=_post_of(facts.person))


def _check_facts(facts: GoodDeedFacts) -> None:
    if not facts.summary.strip():
        raise SummaryNeeded(field="summary")
    if facts.on > timezone.localdate():
        raise DeedOnFutureDay(field="on")
    if facts.on < EARLIEST:
        raise DeedTooOld(field="on", earliest=EARLIEST)


def _post_of(person) -> str:
    department = person.department.name if person.department else ""
    return f"{department} {person.position}".strip()[:80]


@transaction.atomic
def edit_good_deed(deed: GoodDeed, facts: GoodDeedFacts, *, by, version: int | None = None) -> GoodDeed:
    """Put right what was typed. A find's own row keeps its kind, person, day and words.

    Raises:
        DeedWithdrawn, EditedMeanwhile: too late.
        SummaryNeeded, DeedOnFutureDay, DeedTooOld: a slip of the hand.
    """
    if deed.state == GoodDeedState.WITHDRAWN:
        raise DeedWithdrawn(number=deed.number)
    changes: dict[str, Any] = {"feedback": facts.feedback.strip(), "reward": facts.reward.strip()}
    if deed.item_id is None:
        if facts.kind == GoodDeedKind.FINDING:
            raise FindingComesFromFind(field="kind")
        _check_facts(facts)
        changes |= {"kind": facts.kind, "person": facts.person, "on": facts.on, "summary": facts.summary.strip()}
        if facts.person != deed.person:
            changes["person_post"] = _post_of(facts.person)
    amend(deed, by=by, version=version, **changes)
    index_record(deed)
    return deed


@transaction.atomic
def verify_good_deed(deed: GoodDeed, *, by) -> GoodDeed:
    """The supervisor's word that it was so; from now on it stands in the month's 3.8.

    Raises:
        OwnDeed: nobody verifies a deed of their own.
        NotPossibleNow, SomeoneWasFaster: it is no draft any more.
    """
    if deed.person_id == by.pk:
        raise OwnDeed(name=by.name)
    move(deed, GoodDeedState.VERIFIED, by=by, verified_at=timezone.now(), verified_by=by)
    return deed


@transaction.atomic
def withdraw_good_deed(deed: GoodDeed, *, by, reason: str) -> GoodDeed:
    """Take a row out of the book's count; it stays visible with the reason.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it was withdrawn before.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(deed, GoodDeedState.WITHDRAWN, by=by, reason=reason[:100], withdraw_reason=reason.strip()[:200])
    return deed


@transaction.atomic
def withdraw_good_deeds_of(item: FoundItem, *, by, reason: str) -> int:
    """Withdraw every live row of a find that was voided; returns how many."""
    deeds = list(GoodDeed.objects.filter(item=item).exclude(state=GoodDeedState.WITHDRAWN))
    for deed in deeds:
        withdraw_good_deed(deed, by=by, reason=reason)
    return len(deeds)


@transaction.atomic
def pay_reward(deed: GoodDeed, *, by, on: dt.date | None = None) -> GoodDeed:
    """Note that the reward of a verified deed was paid out; a second time changes nothing.

    Raises:
        NoRewardToPay: nothing was proposed, or the deed is not verified.
    """
    if deed.state != GoodDeedState.VERIFIED or not deed.reward:
        raise NoRewardToPay(number=deed.number)
    if deed.reward_paid_on is None:
        amend(deed, by=by, reason="奖励兑现", reward_paid_on=on or timezone.localdate())
    return deed
