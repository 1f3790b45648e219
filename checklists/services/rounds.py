"""The way of a round: begun once, finished with a name, looked at by a second, or approved as missed."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from checklists.choices import ROUND_PREFIXES, Answer, RoundKind, RoundState
from checklists.errors.rounds import (
    CheckedByOneself,
    DayNotCome,
    LinesLeft,
    NothingToCheck,
    NotMissed,
    PhotosLeft,
    RoundClosed,
    TemplateNotHere,
    TooLateToWalk,
)
from checklists.loans import on_loan_of
from checklists.models import Asset, Round, RoundLine, RoundTemplate
from dutylog.choices import ALL_WELL, EntryCategory
from dutylog.models import ShiftPost
from dutylog.services.days import duty_date, duty_day
from dutylog.services.entries import record_in_log
from servicedesk.choices import Role, SignatureMeans
from servicedesk.errors import ReasonNeeded
from servicedesk.models import ServicePoint, User
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.signing import sign
from servicedesk.services.transitions import move

MOST_NAMED = 3


@transaction.atomic
def start_round(template: RoundTemplate, on: dt.date, *, by, point: ServicePoint) -> Round:
    """Begin the round of a duty day, or go on with the one that is begun: there is one per template and desk.

    Raises:
        TemplateNotHere: not in use at this desk, or not yet then.
        DayNotCome, TooLateToWalk: the wrong day.
        NothingToCheck: no assets, no items or nobody on the roster.
    """
    found = round_of(template, on, point)
    if found is not None:
        return found
    _check_day(template, on, point)
    try:
        with transaction.atomic():
            return _begin(template, on, by=by, point=point)
    except IntegrityError:
        twin = round_of(template, on, point)
        if twin is None:
            raise
        return twin


def round_of(template: RoundTemplate, on: dt.date, point: ServicePoint) -> Round | None:
    return Round.objects.filter(template=template, on=on, service_point=point).first()


def _check_day(template: RoundTemplate, on: dt.date, point: ServicePoint) -> None:
    today = duty_date(timezone.now(), point)
    days = preferences.value("checklists.late_days")
    if not RoundTemplate.objects.owed_at(point).filter(pk=template.pk, valid_from__lte=on).exists():
        raise TemplateNotHere(name=template.name)
    if on > today:
        raise DayNotCome(on=on)
    if (today - on).days > days:
        raise TooLateToWalk(on=on, days=days)


def _begin(template: RoundTemplate, on: dt.date, *, by, point: ServicePoint) -> Round:
    round_ = _new_round(template, on, by=by, point=point)
    lines = _LINES[RoundKind(template.kind)](round_)
    if not lines:
        raise NothingToCheck(name=template.name)
    RoundLine.objects.bulk_create(lines)
    return round_


def _new_round(template: RoundTemplate, on: dt.date, *, by, point: ServicePoint) -> Round:
    version = template.current()
    if version is None:
        raise NothingToCheck(name=template.name)
    round_ = Round(
        number=take_serial(ROUND_PREFIXES[RoundKind(template.kind)], point, on), service_point=point,
        created_at=timezone.now(), created_by=by, kind=template.kind, template=template, template_version=version,
        day=duty_day(on, point, by=by), on=on,
    )
    round_._history_user = by
    round_.save()
    index_record(round_)
    return round_


def _asset_lines(round_: Round) -> list[RoundLine]:
    assets = list(Asset.objects.on_the_list(round_.service_point))
    away = on_loan_of(assets, round_.on)
    return [_asset_line(round_, order, asset, away[asset.pk]) for order, asset in enumerate(assets, start=1)]


def _asset_line(round_: Round, order: int, asset: Asset, away: int) -> RoundLine:
    """What is wholly lent or being mended is ○ before anybody walks."""
    is_gone = away >= asset.expected_quantity and not asset.is_counted
    return RoundLine(
        round=round_, order=order, asset=asset, text=asset.described, area=asset.area, expected=asset.place,
        expected_quantity=asset.expected_quantity if asset.is_counted else None,
        away_quantity=away, answer=Answer.AWAY if is_gone else "",
        answered_at=timezone.now() if is_gone else None, answered_by=round_.created_by if is_gone else None,
    )


def _item_lines(round_: Round) -> list[RoundLine]:
    return [
        RoundLine(
            round=round_, order=order, item=item, text=item.text, area=item.area or item.category,
            expected=item.expected, expected_quantity=item.expected_number,
        )
        for order, item in enumerate(round_.template_version.items.all(), start=1)
    ]


def _person_lines(round_: Round) -> list[RoundLine]:
    return lines_for(people_of(round_), round_, first=1)


def lines_for(people: Iterable[User], round_: Round, *, first: int) -> list[RoundLine]:
    """What is asked of each person, the first line with the number `first`."""
    items = list(round_.template_version.items.all())
    pairs = [(person, item) for person in people for item in items]
    return [
        RoundLine(
            round=round_, order=order, item=item, person=person, text=item.text, area=person.name,
            expected=item.expected, expected_quantity=item.expected_number,
        )
        for order, (person, item) in enumerate(pairs, start=first)
    ]


def people_of(round_: Round) -> list[User]:
    """Who stands on the day's roster; without one, the clerks of the desk."""
    posts = ShiftPost.objects.filter(shift__day=round_.day).select_related("person").order_by("due_at", "pk")
    rostered = list(dict.fromkeys(post.person for post in posts))
    return rostered or list(User.objects.active().at(round_.service_point).holding(Role.CLERK).order_by("staff_no"))


_LINES = {
    RoundKind.ASSETS: _asset_lines, RoundKind.EQUIPMENT: _item_lines, RoundKind.PRE_SHIFT: _person_lines,
}


def lines_left(round_: Round) -> list[RoundLine]:
    return list(round_.lines.filter(answer="").order_by("order"))


@transaction.atomic
def finish_round(round_: Round, *, by, note: str = "") -> Round:
    """检查人签字: every line has an answer; from now on none changes. After its day it is marked 补查.

    Raises:
        RoundClosed: it is finished or approved as missed.
        LinesLeft, PhotosLeft: some lines have no answer, or lack their photo; says which.
        SomeoneWasFaster: another finished it in the same moment.
    """
    refuse_closed(round_)
    lines = list(round_.lines.select_related("item").order_by("order"))
    if left := [line for line in lines if not line.answer]:
        raise LinesLeft(count=len(left), names=_named(left))
    if bare := [line for line in lines if line.lacks_photo]:
        raise PhotosLeft(names=_named(bare))
    now = timezone.now()
    failures = sum(line.is_failure for line in lines)
    move(
        round_, RoundState.DONE, by=by, reason="检查完成", checked_at=now, checked_by=by, failures=failures,
        is_late=duty_date(now, round_.service_point) > round_.on, note=note.strip()[:200],
    )
    words = summary(round_)
    sign(round_, "检查人", words, by=by, signer=by, signer_name=by.name, means=SignatureMeans.ACCOUNT, at=now)
    record_in_log(round_, EntryCategory.EQUIPMENT, words, by=by, result=_result(failures))
    index_record(round_)
    return round_


def _named(lines: Sequence[RoundLine]) -> str:
    names = "、".join(f"{line.area} {line.text}".strip() for line in lines[:MOST_NAMED])
    return names + ("等" if len(lines) > MOST_NAMED else "")


def _result(failures: int) -> str:
    return f"异常 {failures} 项,已报跟进" if failures else ALL_WELL


def summary(round_: Round) -> str:
    """`班后固定资产 11-22 检查完成:12 项,异常 1 项(补查)`."""
    late = "(补查)" if round_.is_late else ""
    count = round_.lines.count()
    return f"{round_.template.name} {round_.on:%m-%d} 检查完成:{count} 项,异常 {round_.failures} 项{late}"


def refuse_closed(round_: Round) -> None:
    """Raises RoundClosed for a round that runs no more."""
    if not round_.is_running:
        raise RoundClosed(number=round_.number, state=round_.get_state_display())


@transaction.atomic
def review_round(round_: Round, *, by) -> Round:
    """复核: a second person has looked.

    Raises:
        CheckedByOneself: by the one who walked.
        NotPossibleNow, SomeoneWasFaster: not finished, or reviewed before.
    """
    if by == round_.checked_by:
        raise CheckedByOneself(name=by.name)
    now = timezone.now()
    move(round_, RoundState.REVIEWED, by=by, reason="复核", reviewed_at=now, reviewed_by=by)
    words = f"复核 {summary(round_)}"
    sign(round_, "复核人", words, by=by, signer=by, signer_name=by.name, means=SignatureMeans.ACCOUNT, at=now)
    return round_


@transaction.atomic
def excuse_round(template: RoundTemplate, on: dt.date, *, by, point: ServicePoint, reason: str) -> Round:
    """批准漏查: nobody walked, and the supervisor says why. The day stays visible on the month's sheet.

    Raises:
        ReasonNeeded: no reason.
        DayNotCome: the day has not come.
        NotMissed: it was walked.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if on > duty_date(timezone.now(), point):
        raise DayNotCome(on=on)
    round_ = round_of(template, on, point) or _made_empty(template, on, by=by, point=point)
    if not round_.is_running:
        raise NotMissed(number=round_.number)
    move(
        round_, RoundState.EXCUSED, by=by, reason=reason[:100], excuse=reason.strip()[:200], approved_by=by,
        approved_at=timezone.now(),
    )
    words = f"{template.name} {on:%m-%d} 没有检查,批准漏查:{reason.strip()}"
    record_in_log(round_, EntryCategory.EQUIPMENT, words[:300], by=by, result="批准漏查")
    return round_


def _made_empty(template: RoundTemplate, on: dt.date, *, by, point: ServicePoint) -> Round:
    try:
        with transaction.atomic():
            return _new_round(template, on, by=by, point=point)
    except IntegrityError:
        return Round.objects.get(template=template, on=on, service_point=point)
