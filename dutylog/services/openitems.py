"""未结事项: opened from a line or by hand, shown on each day until closed, never copied."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import OPEN_ITEM_PREFIX, OpenItemState
from dutylog.errors.entries import TextNeeded
from dutylog.errors.openitems import DueBeforeNow, ItemEnded, OwnerAndDueNeeded, ResultNeeded, UpdateNeeded
from dutylog.models import DutyDay, LogEntry, OpenItem, OpenItemUpdate, Shift
from dutylog.models.followups import OpenItemQuerySet
from servicedesk.errors import ReasonNeeded
from servicedesk.services import preferences
from servicedesk.services.asking import by_key
from servicedesk.services.inbox import settle_all, tell
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class OpenItemFacts:
    """What is still to be done, by whom and until when."""

    text: str
    next_step: str = ""
    owner: Any = None
    due_at: dt.datetime | None = None


@transaction.atomic
def open_item(facts: OpenItemFacts, *, by, point, entry: LogEntry | None = None) -> OpenItem:
    """Write an open item; its owner is told.

    Raises:
        TextNeeded: it says nothing.
        DueBeforeNow: its term is over already.
    """
    if not facts.text.strip():
        raise TextNeeded(field="text")
    _check_due(facts.due_at)
    item = OpenItem(
        number=take_serial(OPEN_ITEM_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        text=facts.text.strip()[:300], next_step=facts.next_step.strip()[:200], owner=facts.owner, due_at=facts.due_at,
        entry=entry,
    )
    item._history_user = by
    item.save()
    index_record(item)
    if facts.owner and facts.owner != by:
        tell([facts.owner], f"未结事项 {item.number} 由您负责{_until(item)}。", url=page_of(item), about=item)
    return item


def _check_due(due_at: dt.datetime | None) -> None:
    if due_at is not None and due_at < timezone.now():
        raise DueBeforeNow(at=f"{timezone.localtime(due_at):%m-%d %H:%M}", field="due_at")


def _until(item: OpenItem) -> str:
    return f",{timezone.localtime(item.due_at):%m月%d日 %H:%M} 前办结" if item.due_at else ""


def page_of(item: OpenItem) -> str:
    return reverse("dutylog:openitem_detail", args=[item.pk])


@transaction.atomic
def assign_open_item(
    item: OpenItem, *, owner: Any, due_at: dt.datetime | None, next_step: str = "", by, version: int | None = None
) -> OpenItem:
    """Name who answers for an item and until when; a new owner is told.

    Raises:
        ItemEnded: it is closed.
        OwnerAndDueNeeded, DueBeforeNow: a slip of the hand.
        EditedMeanwhile: somebody else changed it since `version`.
    """
    _refuse_ended(item)
    if owner is None or due_at is None:
        raise OwnerAndDueNeeded(field="owner" if owner is None else "due_at")
    if due_at != item.due_at:
        _check_due(due_at)
    is_new = owner != item.owner
    amend(
        item, by=by, version=version, reason="指派", owner=owner, due_at=due_at, next_step=next_step.strip()[:200]
    )
    index_record(item)
    if is_new and owner != by:
        tell([owner], f"未结事项 {item.number} 由您负责{_until(item)}。", url=page_of(item), about=item)
    return item


def _refuse_ended(item: OpenItem) -> None:
    if item.state != OpenItemState.OPEN:
        raise ItemEnded(number=item.number, state=item.get_state_display())


@transaction.atomic
def update_open_item(item: OpenItem, text: str, *, by, next_step: str | None = None) -> OpenItemUpdate:
    """A line of progress, and what comes next.

    Raises:
        UpdateNeeded: no words.
        ItemEnded: it is closed.
    """
    if not text.strip():
        raise UpdateNeeded(field="text")
    item = OpenItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    _refuse_ended(item)
    if next_step is not None and next_step.strip() != item.next_step:
        amend(item, by=by, reason="进展", next_step=next_step.strip()[:200])
        index_record(item)
    return _note(item, text, by=by)


def _note(item: OpenItem, text: str, *, by) -> OpenItemUpdate:
    return OpenItemUpdate.objects.create(item=item, text=text.strip()[:300], at=timezone.now(), by=by)


@transaction.atomic
def close_open_item(item: OpenItem, result: str, *, by) -> OpenItem:
    """办结 with the result; whoever opened it is told.

    Raises:
        ResultNeeded: no result.
        NotPossibleNow, SomeoneWasFaster: it is not open.
    """
    if not result.strip():
        raise ResultNeeded(field="result")
    move(
        item, OpenItemState.CLOSED, by=by, result=result.strip()[:300], closed_at=timezone.now(), closed_by=by
    )
    _note(item, f"办结:{result}", by=by)
    index_record(item)
    settle_all(item)
    if item.created_by != by:
        tell([item.created_by], f"未结事项 {item.number} 已办结:{result.strip()[:120]}", url=page_of(item), about=item)
    return item


@transaction.atomic
def reopen_open_item(item: OpenItem, reason: str, *, by) -> OpenItem:
    """It is not done after all: open again with its number, and the owner is told.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it is not closed.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(
        item, OpenItemState.OPEN, by=by, reason=reason.strip()[:100], result="", closed_at=None, closed_by=None
    )
    _note(item, f"重新打开:{reason}", by=by)
    index_record(item)
    if item.owner and item.owner != by:
        tell([item.owner], f"未结事项 {item.number} 重新打开:{reason.strip()[:120]}", url=page_of(item), about=item)
    return item


@transaction.atomic
def void_open_item(item: OpenItem, reason: str, *, by) -> OpenItem:
    """Made by mistake: it stays with its number and reason, and stands on no further day.

    Raises:
        ReasonNeeded: no reason.
        NotPossibleNow, SomeoneWasFaster: it is not open.
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    move(item, OpenItemState.VOID, by=by, reason=reason.strip()[:100], closed_at=timezone.now(), closed_by=by)
    _note(item, f"作废:{reason}", by=by)
    index_record(item)
    return item


def is_old(item: OpenItem) -> bool:
    """Open for longer than the setting: bold, and proposed for the weekly follow-up."""
    return item.state == OpenItemState.OPEN and item.age > preferences.value("dutylog.old_item_days")


def updates_of(rows: QuerySet) -> QuerySet:
    """The lines of progress of items, the newest first."""
    return OpenItemUpdate.objects.filter(item__in=rows.order_by().values("pk")).select_related("by").order_by("-pk")


def shown_items(items: Iterable[OpenItem], updates: Iterable[OpenItemUpdate]) -> list[OpenItem]:
    """Items for the screen: each knows its last updates and whether it is old."""
    of_item, days = by_key(updates, "item_id"), preferences.value("dutylog.old_item_days")
    found = list(items)
    for item in found:
        item.newest_updates = of_item.get(item.pk, [])  # type: ignore[attr-defined]
        item.is_old = item.state == OpenItemState.OPEN and item.age > days  # type: ignore[attr-defined]
    return found


def items_on(day: DutyDay) -> OpenItemQuerySet:
    """The items that stand on a day's sheet: begun by its end, not closed before it, each once.

    The early hours of a night shift are the day's on which it began.
    """
    start = timezone.make_aware(dt.datetime.combine(day.on, dt.time()))
    begun = Q(created_at__lt=start + ONE_DAY) | Exists(_shifts_until(day, day.on, "created_at"))
    left = Q(closed_at__isnull=True) | Q(closed_at__gte=start) & ~Exists(
        _shifts_until(day, day.on - ONE_DAY, "closed_at"))
    rows = OpenItem.objects.filter(begun, left, service_point=day.service_point).exclude(state=OpenItemState.VOID)
    return rows.select_related("owner", "entry").order_by("created_at", "pk")


def _shifts_until(day: DutyDay, on: dt.date, column: str) -> QuerySet[Shift]:
    """Shifts of a date that still ran at the moment in `column` of an item; the caller holds it to be after them."""
    shifts = Shift.objects.filter(day__service_point=day.service_point, day__on=on)
    return shifts.annotate(until=Coalesce("frozen_at", "ends_at")).filter(until__gte=OuterRef(column))
