"""贵重物品盘点 at shift change: every sealed valuable of the desk, one by one, signed by both."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from lostfound.choices import AT_DESK_STATES, STOCK_TAKE_PREFIX, CountResult, StockTakeState
from lostfound.errors.stocktakes import (
    CountRunning,
    DifferenceUnexplained,
    HasLeft,
    NotCounted,
    NothingToCount,
    NotOfThisPoint,
    SameHands,
    SealDiffers,
    StillHere,
)
from lostfound.models import FoundItem, StockTake, StockTakeLine
from servicedesk.choices import Role, SignatureMeans
from servicedesk.errors import NotPossibleNow
from servicedesk.models import ServicePoint, User
from servicedesk.services.inbox import tell
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.signing import sign
from servicedesk.services.transitions import amend, move

SHOWN_NUMBERS = 3
TOLD_OF_DIFFERENCES = (Role.SUPERVISOR, Role.CUSTODIAN, Role.MANAGER)


@dataclass(frozen=True, kw_only=True)
class Count:
    """What was seen of one valuable."""

    result: str
    seal_seen: str = ""
    note: str = ""


def valuables_to_count(point: ServicePoint):
    """The valuables a desk answers for, in the order of their seals."""
    rows = FoundItem.objects.filter(service_point=point).at_desk().valuables()
    return rows.select_related("storage", "holder").order_by("seal_number", "number")


def uncounted(items: QuerySet, since: dt.datetime) -> QuerySet:
    """Valuables among `items` of desks that have signed no count since a moment and have none running."""
    counted = StockTake.objects.filter(Q(signed_at__gte=since) | Q(state=StockTakeState.COUNTING))
    owed = items.filter(state__in=AT_DESK_STATES, is_valuable=True)
    return owed.exclude(service_point__in=counted.values("service_point"))


@transaction.atomic
def start_stock_take(*, by, point: ServicePoint) -> StockTake:
    """Draw up the sheet (PD) of everything that must be there.

    Raises:
        NothingToCount: the desk holds no valuable.
        CountRunning: a count of this desk is not signed yet.
    """
    items = list(valuables_to_count(point))
    if not items:
        raise NothingToCount(point=point.name)
    take = StockTake(
        number=take_serial(STOCK_TAKE_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        counted_by=by,
    )
    take._history_user = by
    try:
        with transaction.atomic():
            take.save()
    except IntegrityError:
        running = StockTake.objects.get(service_point=point, state=StockTakeState.COUNTING)
        raise CountRunning(point=point.name, number=running.number) from None
    _add_lines(take, items)
    index_record(take)
    return take


def _add_lines(take: StockTake, items: Sequence[FoundItem]) -> None:
    StockTakeLine.objects.bulk_create([
        StockTakeLine(
            stock_take=take, item=item, seal_expected=item.seal_number, place_expected=_place_of(item)
        )
        for item in items
    ])


def _place_of(item: FoundItem) -> str:
    return " ".join(str(part) for part in (item.storage, item.holder) if part)[:60]


@transaction.atomic
def record_counts(take: StockTake, counts: Mapping[int, Count], *, by, version: int | None = None) -> StockTake:
    """Write down what was seen so far, by line id. May be done in several goes.

    Valuables that came in since the sheet was drawn up are put onto it.

    Raises:
        NotPossibleNow: signed already.
        EditedMeanwhile: somebody else saved since `version`.
    """
    held = StockTake.objects.select_for_update().get(pk=take.pk)
    if held.state != StockTakeState.COUNTING:
        raise NotPossibleNow(number=held.number, state=held.get_state_display(), wanted="更改清点")
    lines = list(take.lines.filter(pk__in=counts.keys()))
    for line in lines:
        seen = counts[line.pk]
        line.result, line.seal_seen, line.note = seen.result, seen.seal_seen.strip()[:30], seen.note.strip()[:200]
    StockTakeLine.objects.bulk_update(lines, ["result", "seal_seen", "note"])
    add_late_comers(take)
    amend(take, by=by, version=version, counted_by=by, reason="清点")
    return take


@transaction.atomic
def sign_stock_take(take: StockTake, *, by, taken_over_by: User, note: str = "") -> StockTake:
    """Both sign: who hands over (`by`) and who takes over, each by their own password.

    Supervisor, custodian and manager of the desk are told of every difference.

    Raises:
        SameHands, NotOfThisPoint: the two people.
        NotCounted: a line without a result, or a valuable that came in since.
        DifferenceUnexplained, SealDiffers, StillHere, HasLeft: a line that does not hold.
        NotPossibleNow, SomeoneWasFaster: signed already.
    """
    _check_people(take, by, taken_over_by)
    StockTake.objects.select_for_update().get(pk=take.pk)
    lines = list(take.lines.select_related("item"))
    for line in lines:
        _check_line(line)
    _refuse_uncounted(take, lines)
    now = timezone.now()
    move(
        take, StockTakeState.SIGNED, by=by, signed_at=now, counted_by=by, taken_over_by=taken_over_by,
        note=note.strip(),
    )
    text = signed_words(take, lines)
    for role, person in (("交班人", by), ("接班人", taken_over_by)):
        sign(take, role, text, by=by, signer_name=person.name, signer=person, means=SignatureMeans.ACCOUNT, at=now)
    _report_differences(take, lines)
    return take


def _report_differences(take: StockTake, lines: Sequence[StockTakeLine]) -> None:
    """A bag that is missing or broken is the supervisor's and the custodian's business in the same second."""
    found = [f"{line.item.number} {line.get_result_display()}" for line in lines if line.is_difference]
    if not found:
        return
    people = User.objects.active().at(take.service_point).holding(*TOLD_OF_DIFFERENCES)
    shown = "、".join(found[:SHOWN_NUMBERS]) + ("等" if len(found) > SHOWN_NUMBERS else "")
    tell(
        people, f"贵重物品盘点 {take} 有差异 {len(found)} 件:{shown},请马上核查", about=take, is_urgent=True,
        url=reverse("lostfound:stocktake_detail", args=[take.pk]),
    )


def add_late_comers(take: StockTake) -> int:
    """Put valuables that were registered since the sheet was drawn up onto it; returns how many."""
    known = take.lines.values("item_id")
    late = list(valuables_to_count(take.service_point).exclude(pk__in=known))
    _add_lines(take, late)
    return len(late)


def signed_words(take: StockTake, lines: Sequence[StockTakeLine]) -> str:
    """The exact sentence both sign."""
    present = sum(line.result == CountResult.PRESENT for line in lines)
    return f"{take.number}:贵重物品应有 {len(lines)} 件,实见 {present} 件,差异已注明。"


def _check_people(take: StockTake, by: User, taken_over_by: User) -> None:
    if by.pk == taken_over_by.pk:
        raise SameHands
    if not StockTake.objects.filter(pk=take.pk).visible_to(taken_over_by).exists():
        raise NotOfThisPoint(name=taken_over_by.name, point=take.service_point.name)


def _refuse_uncounted(take: StockTake, lines: Sequence[StockTakeLine]) -> None:
    open_numbers = [line.item.number for line in lines if not line.result]
    open_numbers += valuables_to_count(take.service_point).exclude(
        pk__in=[line.item_id for line in lines]
    ).values_list("number", flat=True)
    if open_numbers:
        shown = "、".join(open_numbers[:SHOWN_NUMBERS]) + ("等" if len(open_numbers) > SHOWN_NUMBERS else "")
        raise NotCounted(count=len(open_numbers), numbers=shown)


def _check_line(line: StockTakeLine) -> None:
    item = line.item
    is_here = item.state in AT_DESK_STATES
    if line.result == CountResult.OUT and is_here:
        raise StillHere(number=item.number, state=item.get_state_display())
    if line.result == CountResult.PRESENT and not is_here:
        raise HasLeft(number=item.number, state=item.get_state_display())
    if line.result == CountResult.PRESENT and line.seal_seen not in ("", line.seal_expected):
        raise SealDiffers(number=item.number, expected=line.seal_expected or "无", seen=line.seal_seen)
    if line.result in (CountResult.ABSENT, CountResult.SEAL_BROKEN) and not line.note.strip():
        raise DifferenceUnexplained(number=item.number, result=line.get_result_display())
