"""The way of a follow-up to its end: progress, done, checked by another, sent back, opened again, void."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from dutylog.choices import FollowUpKind, FollowUpState, OpenItemState
from dutylog.errors.followups import (
    ClosedAlone,
    FollowedAlready,
    FollowUpEnded,
    NotOldYet,
    NotTheChecker,
    NotTheOwner,
    OwnerNeeded,
    ProgressNeeded,
    SameProblemOpen,
)
from dutylog.models import FollowUp, FollowUpUpdate, OpenItem
from dutylog.services.followups import (
    FollowUpFacts,
    come_back,
    make_follow_up,
    note_progress,
    page_of,
    tell_of,
)
from servicedesk.errors import ReasonNeeded
from servicedesk.models import User
from servicedesk.services import preferences
from servicedesk.services.inbox import settle_all, tell
from servicedesk.services.transitions import move

VERIFY, ASSIGN = "dutylog.verify_followup", "dutylog.assign_followup"


@transaction.atomic
def add_progress(follow_up: FollowUp, text: str, *, by) -> FollowUpUpdate:
    """A line of what was done this week.

    Raises:
        ProgressNeeded: no words.
        FollowUpEnded: it is closed.
    """
    if not text.strip():
        raise ProgressNeeded(field="text")
    if not follow_up.is_live:
        raise FollowUpEnded(number=follow_up.number, state=follow_up.get_state_display())
    return note_progress(follow_up, text, by=by)


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, measure: str, *, by) -> FollowUp:
    """The owner's word that it is mended; from now on it waits for the checker, who is told.

    Raises:
        OwnerNeeded: nobody answers for it yet.
        NotTheOwner: by somebody else who may not assign either.
        ProgressNeeded: it does not say what was done.
        NotPossibleNow, SomeoneWasFaster: too late.
    """
    if follow_up.owner is None:
        raise OwnerNeeded(number=follow_up.number)
    if by != follow_up.owner and not by.has_perm(ASSIGN):
        raise NotTheOwner(number=follow_up.number, owner=follow_up.owner.name)
    if not measure.strip():
        raise ProgressNeeded(field="measure")
    move(
        follow_up, FollowUpState.DONE, by=by, reason="整改完成", measure=measure.strip()[:300],
        done_at=timezone.now(), done_by=by,
    )
    settle_all(follow_up)
    words = f"{follow_up.number} 已整改完成,等您复查:{follow_up.problem[:120]}"
    tell(checkers_of(follow_up), words, url=page_of(follow_up), about=follow_up)
    return follow_up


def checkers_of(follow_up: FollowUp) -> list[User]:
    """The named checker; without one, whoever of the desk may check and did not mend it."""
    if follow_up.checker:
        return [follow_up.checker]
    others = people_who_may(VERIFY).filter(service_points=follow_up.service_point).distinct()
    return [person for person in others if person not in {follow_up.owner, follow_up.done_by}]


def people_who_may(right: str):
    """People whose roles hold a right `app.codename`."""
    label, codename = right.split(".")
    held = {"groups__permissions__codename": codename, "groups__permissions__content_type__app_label": label}
    return User.objects.active().filter(**held).select_related("department").distinct()


def check_checker(follow_up: FollowUp, by) -> None:
    """Whoever closes it is another than who mended it, and the one that was named.

    Raises:
        ClosedAlone, NotTheChecker: otherwise.
    """
    if by in {follow_up.owner, follow_up.done_by}:
        raise ClosedAlone(name=by.name)
    if follow_up.checker and follow_up.checker != by:
        raise NotTheChecker(number=follow_up.number, checker=follow_up.checker.name)


@transaction.atomic
def verify_follow_up(follow_up: FollowUp, *, by, note: str = "") -> FollowUp:
    """销号: looked at on the spot, and mended. Neither the owner nor who mended it can say so.

    Raises:
        ClosedAlone, NotTheChecker: by the wrong person.
        NotPossibleNow, SomeoneWasFaster: not done yet, or closed before.
    """
    check_checker(follow_up, by)
    move(follow_up, FollowUpState.VERIFIED, by=by, reason=note[:100], verified_at=timezone.now(), verified_by=by)
    if note.strip():
        note_progress(follow_up, f"复查:{note}", by=by)
    settle_all(follow_up)
    if follow_up.found_by != by:
        tell([follow_up.found_by], f"{follow_up.number} 已复查销号:{follow_up.problem[:120]}",
             url=page_of(follow_up), about=follow_up)
    return follow_up


@transaction.atomic
def send_back_follow_up(follow_up: FollowUp, *, by, reason: str) -> FollowUp:
    """退回: looked at, and not mended; the owner is told why.

    Raises:
        ReasonNeeded: no reason.
        ClosedAlone, NotTheChecker: by the wrong person.
        NotPossibleNow, SomeoneWasFaster: it is not waiting for a check.
    """
    _need(reason)
    check_checker(follow_up, by)
    move(follow_up, FollowUpState.OPEN, by=by, reason=reason[:100], done_at=None, done_by=None)
    note_progress(follow_up, f"复查退回:{reason}", by=by)
    if follow_up.owner is not None:
        tell([follow_up.owner], f"{follow_up.number} 复查未通过,请继续整改:{reason[:120]}", url=page_of(follow_up),
             about=follow_up, is_urgent=follow_up.kind == FollowUpKind.HAZARD)
    return follow_up


@transaction.atomic
def reopen_follow_up(follow_up: FollowUp, *, by, reason: str) -> FollowUp:
    """The problem is there again: the row opens, counted as come back, and the owner is told.

    Raises:
        ReasonNeeded: no reason.
        SameProblemOpen: a later row of the same problem runs already.
        NotPossibleNow, SomeoneWasFaster: it is not closed.
    """
    _need(reason)
    twins = FollowUp.objects.live().filter(
        service_point=follow_up.service_point, kind=follow_up.kind, subject_key=follow_up.subject_key
    )
    twin = twins.exclude(pk=follow_up.pk).first()
    if twin is not None:
        raise SameProblemOpen(number=twin.number)
    come_back(follow_up, by=by, reason=reason)
    note_progress(follow_up, f"重新打开:{reason}", by=by)
    tell_of(follow_up)
    return follow_up


@transaction.atomic
def void_follow_up(follow_up: FollowUp, *, by, reason: str) -> FollowUp:
    """A row made by mistake: it stays with its number and reason.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it is not open.
    """
    _need(reason)
    move(follow_up, FollowUpState.VOID, by=by, reason=reason[:100])
    note_progress(follow_up, f"作废:{reason}", by=by)
    return follow_up


def _need(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded(field="reason")


def old_open_items(user):
    """Open items older than the term of the setting that are not followed up yet."""
    before = timezone.now() - dt.timedelta(days=preferences.value("dutylog.old_item_days"))
    rows = OpenItem.objects.visible_to(user).filter(state=OpenItemState.OPEN, created_at__lt=before)
    return rows.exclude(pk__in=_followed_items()).select_related("owner", "service_point").order_by("created_at")


def _followed_items():
    rows = FollowUp.objects.filter(kind=FollowUpKind.OLD_ITEM, content_type__app_label="dutylog",
                                   content_type__model="openitem")
    return rows.exclude(state=FollowUpState.VOID).values("object_id")


@transaction.atomic
def follow_up_open_item(item: OpenItem, *, by) -> FollowUp:
    """Take an old open item into the weekly list, with its owner.

    Raises:
        FollowedAlready: it is there.
        NotOldYet: it is younger than the setting, or closed.
    """
    days = preferences.value("dutylog.old_item_days")
    is_old = item.created_at < timezone.now() - dt.timedelta(days=days)
    if item.state != OpenItemState.OPEN or not is_old:
        raise NotOldYet(number=item.number, days=days)
    key = f"openitem:{item.pk}"
    known = FollowUp.objects.filter(subject_key=key).exclude(state=FollowUpState.VOID).first()
    if known is not None:
        raise FollowedAlready(number=item.number, follow_up=known.number)
    return make_follow_up(FollowUpFacts(
        kind=FollowUpKind.OLD_ITEM, problem=item.text, source=item, source_text=f"未结事项 {item.number}",
        owner=item.owner, measure=item.next_step, subject_key=key,
    ), by=by, point=item.service_point)
