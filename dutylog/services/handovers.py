"""交接班: what a shift counts, the freeze point, both signatures."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from dutylog.choices import HAND_OVER_PREFIX, DayState, HandOverState, ShiftKind
from dutylog.counted import counted_books
from dutylog.countedlist import MONEY, read_counted
from dutylog.errors.handovers import (
    DifferenceNeedsRemark,
    HandOverFixed,
    HandOverThere,
    NotSignedYet,
    SameHandsOver,
    SealedOnesChanged,
    ShiftNotBegun,
    TakerOfAnotherDesk,
    ThingsNotCounted,
)
from dutylog.models import DutyDay, HandOver, HandOverLine, Shift
from dutylog.services.locks import refuse_locked
from dutylog.services.shifts import freeze_shift
from servicedesk.choices import SignatureMeans
from servicedesk.models import ServicePoint, User
from servicedesk.services import preferences
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, move

GIVER, TAKER = "交班人", "接班人"
SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Count:
    """What was counted of one line."""

    counted: Decimal | None
    remark: str = ""


@transaction.atomic
def start_hand_over(shift: Shift, *, by) -> HandOver:
    """Draw up the list (BC) of what a shift has to give to the next one.

    Raises:
        DayLocked: the sheet is closed.
        ShiftNotBegun: the shift is still to come.
        HandOverThere: the shift has its list.
    """
    refuse_locked(shift.day)
    label = ShiftKind(shift.kind).label
    if timezone.now() < shift.starts_at:
        raise ShiftNotBegun(shift=label, begins=f"{timezone.localtime(shift.starts_at):%H:%M}")
    point = shift.day.service_point
    hand_over = HandOver(
        number=take_serial(HAND_OVER_PREFIX, point, on=shift.day.on), service_point=point, created_at=timezone.now(),
        created_by=by, day=shift.day, from_shift=shift, to_shift=next_shift(shift), outgoing=by,
    )
    hand_over._history_user = by
    try:
        with transaction.atomic():
            hand_over.save()
    except IntegrityError:
        raise HandOverThere(shift=label, number=HandOver.objects.get(from_shift=shift).number) from None
    bring_up_to_date(hand_over)
    index_record(hand_over)
    return hand_over


def next_shift(shift: Shift) -> Shift | None:
    """The shift of the same sheet that begins next; None for the last of the day."""
    later = shift.day.shifts.exclude(pk=shift.pk).filter(starts_at__gte=shift.starts_at)
    return later.order_by("starts_at", "ends_at", "pk").first()


def bring_up_to_date(hand_over: HandOver) -> int:
    """Make the lines those of the setting and of the sealed things that are here now; returns how many changed."""
    there = {line.key: line for line in hand_over.lines.all()}
    wanted = {line.key: line for line in _wanted(hand_over)}
    gone = [line.pk for key, line in there.items() if key not in wanted]
    fresh = [line for key, line in wanted.items() if key not in there]
    hand_over.lines.filter(pk__in=gone).delete()
    HandOverLine.objects.bulk_create(fresh)
    return len(gone) + len(fresh)


def _wanted(hand_over: HandOver) -> list[HandOverLine]:
    point = hand_over.service_point
    kinds = [kind for kind in map(read_counted, preferences.value("dutylog.counted_things")) if kind]
    before = _last_counts(point, hand_over)
    lines = [
        HandOverLine(
            hand_over=hand_over, order=order, key=kind.label, label=kind.label, unit=kind.unit,
            expected=before.get(kind.label) if kind.expected is None else kind.expected,
        )
        for order, kind in enumerate(kinds, start=1)
    ]
    for book in counted_books():
        for thing in book.things(point):
            lines.append(HandOverLine(
                hand_over=hand_over, order=len(lines) + 1, key=f"{book.key}:{thing.key}"[:80],
                label=f"{book.label} {thing.label}"[:80], unit="件", mark=thing.mark[:40], expected=Decimal(1),
            ))
    return lines


def _last_counts(point: ServicePoint, hand_over: HandOver) -> dict[str, Decimal]:
    """What the shift before counted."""
    last = HandOver.objects.filter(service_point=point, state=HandOverState.TAKEN).exclude(pk=hand_over.pk)
    newest = last.order_by("-signed_at").first()
    if newest is None:
        return {}
    return {line.key: line.counted for line in newest.lines.all() if line.counted is not None and not line.mark}


@transaction.atomic
def record_counts(
    hand_over: HandOver, counts: Mapping[int, Count], *, by, note: str = "", version: int | None = None
) -> HandOver:
    """Write down what was counted so far, by line id. May be done in several goes.

    Raises:
        DayLocked, HandOverFixed: too late.
        EditedMeanwhile: somebody else saved since `version`.
    """
    _held(hand_over)
    lines = list(hand_over.lines.filter(pk__in=counts.keys()))
    for line in lines:
        line.counted, line.remark = counts[line.pk].counted, counts[line.pk].remark.strip()[:200]
    HandOverLine.objects.bulk_update(lines, ["counted", "remark"])
    bring_up_to_date(hand_over)
    amend(hand_over, by=by, version=version, reason="清点", note=note.strip()[:300])
    return hand_over


def _held(hand_over: HandOver) -> HandOver:
    """The row as it is now, held; only while it is counted."""
    refuse_locked(hand_over.day)
    held = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    if held.state != HandOverState.DRAFTED:
        raise HandOverFixed(number=held.number, at=f"{timezone.localtime(held.signed_at):%H:%M}")
    return held


@transaction.atomic
def sign_hand_over(hand_over: HandOver, *, by, at: dt.datetime | None = None) -> HandOver:
    """交班签字: the counts are fixed, and what happens after `at` (now) belongs to the next shift.

    Raises:
        DayLocked, HandOverFixed, SomeoneWasFaster: too late.
        ThingsNotCounted, SealedOnesChanged, DifferenceNeedsRemark: a line that does not hold.
        FreezeOutsideShift, ShiftAlreadyHandedOver: the moment.
    """
    _held(hand_over)
    if bring_up_to_date(hand_over):
        raise SealedOnesChanged
    lines = list(hand_over.lines.all())
    _check_lines(lines)
    now = timezone.now()
    shift = freeze_shift(hand_over.from_shift, at or now, by=by)
    move(hand_over, HandOverState.SIGNED, by=by, outgoing=by, frozen_at=shift.frozen_at, signed_at=now)
    sign(
        hand_over, GIVER, signed_words(hand_over, lines), by=by, signer_name=by.name, signer=by,
        means=SignatureMeans.ACCOUNT, at=now,
    )
    index_record(hand_over)
    return hand_over


def _check_lines(lines: Sequence[HandOverLine]) -> None:
    missing = [line.label for line in lines if line.counted is None]
    if missing:
        more = "等" if len(missing) > SHOWN else ""
        raise ThingsNotCounted(count=len(missing), what="、".join(missing[:SHOWN]) + more)
    for line in lines:
        if line.differs and not line.remark:
            raise DifferenceNeedsRemark(
                what=line.label, expected=said_number(line.expected), counted=said_number(line.counted)
            )


@transaction.atomic
def take_hand_over(hand_over: HandOver, taker: User, *, by) -> HandOver:
    """接班签字: another person takes over what was counted. Who it is was confirmed by the password before.

    With the last shift of the sheet taken the day waits to be closed.

    Raises:
        DayLocked: the sheet is closed.
        NotSignedYet: who goes has not signed.
        SameHandsOver, TakerOfAnotherDesk: the wrong person.
        NotPossibleNow, SomeoneWasFaster: taken before.
    """
    refuse_locked(hand_over.day)
    if hand_over.state == HandOverState.DRAFTED:
        raise NotSignedYet(number=hand_over.number)
    if taker.pk == hand_over.outgoing_id:
        raise SameHandsOver(name=taker.name, field="staff_no")
    if not User.objects.at(hand_over.service_point).filter(pk=taker.pk).exists():
        raise TakerOfAnotherDesk(name=taker.name, point=hand_over.service_point, field="staff_no")
    now = timezone.now()
    move(hand_over, HandOverState.TAKEN, by=by, incoming=taker, taken_at=now)
    sign(
        hand_over, TAKER, signed_words(hand_over, list(hand_over.lines.all())), by=by, signer_name=taker.name,
        signer=taker, means=SignatureMeans.ACCOUNT, at=now,
    )
    _wait_for_closing(hand_over.day, by=by)
    index_record(hand_over)
    return hand_over


def _wait_for_closing(day: DutyDay, *, by) -> None:
    held = DutyDay.objects.get(pk=day.pk)
    is_over = not held.shifts.exclude(hand_over__state=HandOverState.TAKEN).exists()
    if is_over and held.state == DayState.ON_DUTY:
        move(held, DayState.CLOSING, by=by, reason="全部班次已交接")


def said_number(number: Decimal | None) -> str:
    return "—" if number is None else f"{number.normalize():f}"


def said_line(line: HandOverLine) -> str:
    """`对讲机 8 部`, `备用金 ¥500`, `充电宝 11 个(应有 12,1 个待修)`."""
    number = said_number(line.counted)
    said = f"{line.label} ¥{number}" if line.unit == MONEY else f"{line.label} {number} {line.unit}".strip()
    wanted = ",".join(part for part in (f"应有 {said_number(line.expected)}", line.remark) if part)
    return f"{said}({wanted})" if line.differs else said


def counted_said(lines: Sequence[HandOverLine]) -> str:
    """What was counted in one line; sealed things as a number, those that differ by name."""
    said = [said_line(line) for line in lines if not line.is_by_mark]
    sealed = [line for line in lines if line.is_by_mark]
    if sealed:
        present = sum(line.counted == 1 for line in sealed)
        wrong = [f"{line.mark} {line.remark}" for line in sealed if line.differs]
        more = f"(差异 {';'.join(wrong)})" if wrong else ""
        said.append(f"贵重物品柜 {present} 件{more}")
    return " ".join(said)


def signed_words(hand_over: HandOver, lines: Sequence[HandOverLine]) -> str:
    """The exact sentence both sign."""
    shift = ShiftKind(hand_over.from_shift.kind).label
    marks = "、".join(line.mark for line in lines if line.is_by_mark and line.counted == 1)
    seals = f";封袋 {marks}" if marks else ""
    moment = timezone.localtime(hand_over.frozen_at) if hand_over.frozen_at else timezone.localtime()
    note = f";{hand_over.note}" if hand_over.note else ""
    return f"{hand_over.number} {shift} {moment:%Y-%m-%d %H:%M} 交班:{counted_said(lines)}{seals}{note}"


