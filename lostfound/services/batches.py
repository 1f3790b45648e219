"""移交与处置: prepared, reviewed, approved by another person. What follows stands in `handing`."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from lostfound.choices import BATCH_PREFIX, BatchKind, BatchState
from lostfound.errors.exits import (
    BatchAlreadyMoving,
    ItemInAnotherBatch,
    ItemNotFree,
    ItemOfAnotherPoint,
    LineClosed,
    NothingChosen,
    SamePersonTwice,
    TooManyLines,
)
from lostfound.models import Batch, BatchLine, FoundItem
from lostfound.services.batch_rules import judged, usual_method, why_left_out
from servicedesk.errors import NotAllowed, ReasonNeeded
from servicedesk.models import ServicePoint
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import amend, move

MOST_LINES = 300  # one screen and one paper can still be checked line by line
# What is dangerous must leave at once: the supervisor's right to police stands beside the monthly rights.
_RIGHTS: dict[str, dict[str, tuple[str, ...]]] = {
    "add": {BatchKind.POLICE: ("lostfound.police_founditem",)},
    "review": {},
    "approve": {BatchKind.POLICE: ("lostfound.police_founditem",)},
    "execute": {BatchKind.POLICE: ("lostfound.police_founditem",)},
}
_WHOM = {"add": "失物招领负责人", "review": "督导", "approve": "部门经理", "execute": "失物招领负责人"}
_ACT = {"add": "编制移交清单", "review": "复核移交清单", "approve": "批准移交清单", "execute": "执行移交"}


def may(user, act: str, kind: str) -> bool:
    """Whether a person's rights allow `act` (add, review, approve, execute) on a batch of `kind`."""
    rights = (f"lostfound.{act}_batch", *_RIGHTS[act].get(kind, ()))
    return any(user.has_perm(right) for right in rights)


def require_right(user, act: str, kind: str) -> None:
    """Raises NotAllowed without the right."""
    if not may(user, act, kind):
        raise NotAllowed(right=_ACT[act], whom=_WHOM[act])


@transaction.atomic
def prepare_batch(
    kind: str, items: Sequence[FoundItem], *, by, point: ServicePoint, month: dt.date | None = None, note: str = ""
) -> Batch:
    """Put chosen items on a list (CW, GA or CZ). Each is judged again under its lock.

    Raises:
        NotAllowed: without the right.
        NothingChosen: no item.
        TooManyLines: more than one list holds.
        ItemNotFree: on hold, claimed, matched, too early or in another list since the preview.
        ItemInAnotherBatch: another desk took one at the same moment.
    """
    require_right(by, "add", kind)
    chosen = _free_items(kind, items, point)
    now = timezone.now()
    batch = Batch(
        number=take_serial(BATCH_PREFIX[BatchKind(kind)], point), service_point=point, created_at=now, created_by=by,
        kind=kind, month=(month or timezone.localdate(now)).replace(day=1), note=note.strip(),
    )
    batch._history_user = by
    batch.save()
    _write_lines(batch, chosen, by)
    index_record(batch)
    return batch


def _free_items(kind: str, items: Sequence[FoundItem], point: ServicePoint) -> list[FoundItem]:
    keys = [item.pk for item in items]
    if not keys:
        raise NothingChosen
    if len(keys) > MOST_LINES:
        raise TooManyLines(count=len(keys), most=MOST_LINES)
    list(FoundItem.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    chosen = list(judged(FoundItem.objects.filter(pk__in=keys).order_by("number")))
    for item in chosen:
        if item.service_point_id != point.pk:
            raise ItemOfAnotherPoint(number=item.number, point=item.service_point.name)
        if why := why_left_out(item, kind):
            raise ItemNotFree(number=item.number, why=why)
    return chosen


def _write_lines(batch: Batch, items: Sequence[FoundItem], by) -> None:
    lines = [BatchLine(batch=batch, item=item, method=usual_method(batch.kind, item)) for item in items]
    try:
        with transaction.atomic():
            bulk_create_with_history(lines, BatchLine, default_user=by)
    except IntegrityError:
        raise ItemInAnotherBatch from None


@transaction.atomic
def review_batch(batch: Batch, *, by) -> Batch:
    """Somebody other than the preparer has compared list and things.

    Raises:
        NotAllowed, SamePersonTwice, NotPossibleNow, SomeoneWasFaster.
    """
    require_right(by, "review", batch.kind)
    _refuse_preparer(batch, by, "复核")
    move(batch, BatchState.REVIEWED, by=by, reviewed_at=timezone.now(), reviewed_by=by)
    return batch


@transaction.atomic
def approve_batch(batch: Batch, *, by) -> Batch:
    """Somebody other than the preparer lets the things go.

    Raises:
        NotAllowed, SamePersonTwice, NotPossibleNow, SomeoneWasFaster.
    """
    require_right(by, "approve", batch.kind)
    _refuse_preparer(batch, by, "批准")
    move(batch, BatchState.APPROVED, by=by, approved_at=timezone.now(), approved_by=by)
    return batch


def _refuse_preparer(batch: Batch, by, act: str) -> None:
    if batch.created_by_id == by.pk:
        raise SamePersonTwice(number=batch.number, act=act)


@transaction.atomic
def drop_line(line: BatchLine, *, by, reason: str) -> None:
    """Take an item out of a list before it leaves; the line stays, with the reason.

    Raises:
        NotAllowed: may neither prepare nor approve lists of the kind.
        ReasonNeeded: no reason.
        LineClosed: it left meanwhile, or was taken out.
    """
    require_change(by, line.batch)
    if not reason.strip():
        raise ReasonNeeded("请写明移出原因。")
    held = BatchLine.objects.select_for_update(of=("self",)).select_related("item").get(pk=line.pk)
    if not held.is_active or held.done_at:
        raise LineClosed(number=held.item.number)
    amend(held, by=by, reason=reason.strip()[:100], is_active=False, note=reason.strip()[:200])


@transaction.atomic
def cancel_batch(batch: Batch, *, by, reason: str) -> Batch:
    """Undo a whole list, only while nothing has left; its items are free again.

    Raises:
        NotAllowed: may neither prepare nor approve lists of the kind.
        ReasonNeeded: no reason.
        BatchAlreadyMoving: at least one line was handed over.
        NotPossibleNow, SomeoneWasFaster: executed, closed or cancelled.
    """
    require_change(by, batch)
    if not reason.strip():
        raise ReasonNeeded("请写明撤销原因。")
    Batch.objects.select_for_update().get(pk=batch.pk)
    if gone := batch.lines.filter(done_at__isnull=False).count():
        raise BatchAlreadyMoving(number=batch.number, count=gone)
    move(batch, BatchState.CANCELLED, by=by, reason=reason.strip()[:100], cancel_reason=reason.strip()[:200])
    for line in batch.lines.to_do():
        amend(line, by=by, reason="清单撤销", is_active=False)
    return batch


def may_change(user, batch: Batch) -> bool:
    """Whether a person may take lines out of a list or cancel it: who may prepare or approve its kind."""
    return may(user, "approve", batch.kind) or may(user, "add", batch.kind)


def require_change(user, batch: Batch) -> None:
    """Raises NotAllowed unless `may_change`."""
    if not may_change(user, batch):
        raise NotAllowed(right=_ACT["add"], whom=_WHOM["add"])
