"""未结事项: opened from a line or by hand, shown on each day until closed, never copied."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dutylog.choices import OPEN_ITEM_PREFIX, OpenItemState
from dutylog.errors.entries import TextNeeded
from dutylog.models import DutyDay, LogEntry, OpenItem
from servicedesk.services.inbox import tell
from servicedesk.services.search import index_record
from servicedesk.services.serials import take_serial


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
    """
    if not facts.text.strip():
        raise TextNeeded(field="text")
    item = OpenItem(
        number=take_serial(OPEN_ITEM_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        text=facts.text.strip()[:300], next_step=facts.next_step.strip()[:200], owner=facts.owner, due_at=facts.due_at,
        entry=entry,
    )
    item._history_user = by
    item.save()
    index_record(item)
    if facts.owner and facts.owner != by:
        due = f",{timezone.localtime(facts.due_at):%m月%d日 %H:%M} 前办结" if facts.due_at else ""
        tell([facts.owner], f"未结事项 {item.number} 由您负责{due}。", about=item)
    return item


def items_on(day: DutyDay) -> QuerySet[OpenItem]:
    """The items that stand on a day's sheet: begun by its end, not closed before it, each once."""
    start = timezone.make_aware(dt.datetime.combine(day.on, dt.time()))
    rows = OpenItem.objects.filter(service_point=day.service_point, created_at__lt=start + dt.timedelta(days=1))
    rows = rows.exclude(state=OpenItemState.VOID).filter(Q(closed_at__isnull=True) | Q(closed_at__gte=start))
    return rows.select_related("owner", "entry").order_by("created_at", "pk")
