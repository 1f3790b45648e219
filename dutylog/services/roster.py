"""排班: who is on a shift, who came, who was late or did not come."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from dutylog.choices import Presence, ShiftKind
from dutylog.errors.days import AlreadyCame, NotYourSignIn, PersonOfAnotherDesk, TooEarlyToComeIn
from dutylog.models import DutyDay, Shift, ShiftPost
from dutylog.services.locks import refuse_locked
from servicedesk.errors import ReasonNeeded
from servicedesk.models import User
from servicedesk.services import preferences

WEEKS_BACK = 5
EARLIEST_SIGN_IN = dt.timedelta(hours=3)


def due_at(shift: Shift) -> dt.datetime:
    """When its people have to be there: some minutes before it begins, by the setting."""
    return shift.starts_at - dt.timedelta(minutes=preferences.value("dutylog.sign_in_before_minutes"))


def propose_roster(day: DutyDay, shifts: Sequence[Shift], *, by) -> list[ShiftPost]:
    """Put onto a new sheet's shifts who was on them the last time on this weekday, while they still work here."""
    before = _last_like(day)
    if before is None:
        return []
    posts = ShiftPost.objects.filter(
        shift__day=before, person__is_active=True, person__service_points=day.service_point
    )
    by_kind: dict[str, list[ShiftPost]] = {}
    for post in posts.select_related("shift").order_by("-is_lead", "pk"):
        by_kind.setdefault(post.shift.kind, []).append(post)
    return [
        _add(shift, post.person_id, is_lead=post.is_lead, by=by)
        for shift in shifts for post in by_kind.get(shift.kind, [])
    ]


def _last_like(day: DutyDay) -> DutyDay | None:
    dates = [day.on - dt.timedelta(weeks=week) for week in range(1, WEEKS_BACK + 1)]
    like = DutyDay.objects.filter(service_point=day.service_point, on__in=dates, shifts__posts__isnull=False)
    return like.order_by("-on").first()


def _add(shift: Shift, person_id: int, *, is_lead: bool, by) -> ShiftPost:
    post = ShiftPost(shift=shift, person_id=person_id, is_lead=is_lead, due_at=due_at(shift))
    post._history_user = by
    post.save()
    return post


@transaction.atomic
def set_roster(shift: Shift, people: Iterable[User], *, by) -> list[ShiftPost]:
    """Put exactly these people onto a shift, the first of them leading. Who came already keeps the sign-in.

    Raises:
        DayLocked: the sheet is closed.
        PersonOfAnotherDesk: somebody works elsewhere.
        AlreadyCame: somebody who signed in would be taken off.
    """
    refuse_locked(shift.day)
    wanted = {person.pk: person for person in people}
    _refuse_strangers(shift, wanted)
    there = {post.person_id: post for post in shift.posts.select_related("person")}
    for key, post in there.items():
        if key not in wanted:
            _take_off(post, by=by)
    for place, key in enumerate(wanted):
        _keep(there[key], is_lead=place == 0, by=by) if key in there else _add(shift, key, is_lead=place == 0, by=by)
    return list(shift.posts.select_related("person"))


def _refuse_strangers(shift: Shift, wanted: dict[int, User]) -> None:
    own = set(User.objects.at(shift.day.service_point).filter(pk__in=wanted).values_list("pk", flat=True))
    for key, person in wanted.items():
        if key not in own:
            raise PersonOfAnotherDesk(name=person.name, point=shift.day.service_point, field="people")


def _take_off(post: ShiftPost, *, by) -> None:
    if post.came_at is not None:
        raise AlreadyCame(name=post.person.name, at=f"{timezone.localtime(post.came_at):%H:%M}", field="people")
    post._history_user = by
    post.delete()


def _keep(post: ShiftPost, *, is_lead: bool, by) -> None:
    if post.is_lead != is_lead:
        post.is_lead, post._history_user = is_lead, by
        post.save()


@transaction.atomic
def sign_in_to_shift(post: ShiftPost, *, by, at: dt.datetime | None = None) -> ShiftPost:
    """到岗签到: present when it was due or before, late afterwards.

    Raises:
        NotYourSignIn: somebody else signs in, who may not change the roster.
        DayLocked: the sheet is closed.
        AlreadyCame: signed in before.
        TooEarlyToComeIn: hours before the shift.
    """
    moment = at or timezone.now()
    post = ShiftPost.objects.select_for_update(of=("self",)).select_related("shift__day", "person").get(pk=post.pk)
    refuse_locked(post.shift.day)
    if by.pk != post.person_id and not by.has_perm("dutylog.change_shiftpost"):
        raise NotYourSignIn
    if post.came_at is not None:
        raise AlreadyCame(name=post.person.name, at=f"{timezone.localtime(post.came_at):%H:%M}")
    if moment < post.due_at - EARLIEST_SIGN_IN:
        raise TooEarlyToComeIn(
            shift=ShiftKind(post.shift.kind).label, begins=f"{timezone.localtime(post.shift.starts_at):%H:%M}",
            opens=f"{timezone.localtime(post.due_at - EARLIEST_SIGN_IN):%H:%M}",
        )
    # Minutes count: who comes within the minute that was due is on time.
    is_late = moment.replace(second=0, microsecond=0) > post.due_at
    post.presence, post.came_at = Presence.LATE if is_late else Presence.PRESENT, moment
    post._history_user = by
    post.save()
    return post


@transaction.atomic
def note_absence(post: ShiftPost, reason: str, *, by) -> ShiftPost:
    """缺勤 with its reason. Raises DayLocked, ReasonNeeded, and AlreadyCame for somebody who is here."""
    post = ShiftPost.objects.select_for_update(of=("self",)).select_related("shift__day", "person").get(pk=post.pk)
    refuse_locked(post.shift.day)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if post.came_at is not None:
        raise AlreadyCame(name=post.person.name, at=f"{timezone.localtime(post.came_at):%H:%M}")
    post.presence, post.reason = Presence.ABSENT, reason.strip()[:100]
    post._history_user = by
    post.save()
    return post


def is_overdue(post: ShiftPost, now: dt.datetime) -> bool:
    """Whether somebody should be here and has not signed in."""
    return post.presence == Presence.EXPECTED and now > post.due_at


def on_duty_now(point, now: dt.datetime | None = None) -> list[User]:
    """Who is on a shift at a desk at this moment: those who came, else those who are planned."""
    moment = now or timezone.now()
    posts = ShiftPost.objects.filter(
        shift__day__service_point=point, shift__starts_at__lte=moment, shift__ends_at__gte=moment,
    ).exclude(presence=Presence.ABSENT).select_related("person")
    found = list(posts)
    came = [post.person for post in found if post.came_at]
    return came or [post.person for post in found]
