"""What a new briefing begins with: who is on today, what runs today, what yesterday brought, what is still open."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from dutylog.choices import ALL_WELL, EntryCategory, OpenItemState, OperationKind, Presence
from dutylog.models import DutyDay, LogEntry, OpenItem, ShiftPost
from servicedesk.models import ServicePoint

MOST_LINES = 12
LONGEST_LINE = 80
# 表扬 / 问题 / 投诉: which lines of yesterday stand under which word.
YESTERDAY = (
    ("表扬", (EntryCategory.RESCUE, EntryCategory.CONVENIENCE)),
    ("问题", (EntryCategory.ACCIDENT, EntryCategory.EQUIPMENT)),
    ("投诉", (EntryCategory.COMPLAINT, EntryCategory.GRIEVANCE)),
)
HERE = (Presence.PRESENT, Presence.LATE)


@dataclass(frozen=True)
class Attendance:
    """应到 / 实到 and who is missing why, from the roster of a day."""

    expected: int = 0
    present: int = 0
    absences: str = ""
    on_duty: tuple[int, ...] = field(default=())


def attendance(day: DutyDay | None) -> Attendance:
    """Nobody twice, though somebody stands on two shifts."""
    if day is None:
        return Attendance()
    posts: dict[int, ShiftPost] = {}
    for post in ShiftPost.objects.filter(shift__day=day).select_related("person").order_by("shift__starts_at", "pk"):
        posts.setdefault(post.person_id, post)
    absent = [post for post in posts.values() if post.presence == Presence.ABSENT]
    return Attendance(
        expected=len(posts), present=sum(post.presence in HERE for post in posts.values()),
        absences="、".join(f"{p.person.name}({p.reason or '未说明'})" for p in absent)[:300], on_duty=tuple(posts),
    )


def operations_text(day: DutyDay | None) -> str:
    """`开放项目:…` line by line in the order of the paper, then weather and warning."""
    if day is None:
        return ""
    lines, operations = [], list(day.operations.all())
    for kind in OperationKind:
        found = [_operation(o) for o in operations if o.kind == kind]
        if found:
            lines.append(f"{kind.label}:{'、'.join(found)}")
    weather = " ".join(part for part in (day.weather, day.temperature, day.wind) if part)
    if weather or day.warning:
        lines.append(f"天气:{weather or '—'}" + (f";预警:{day.warning}" if day.warning else ""))
    return "\n".join(lines)


def _operation(operation: Any) -> str:
    hours = [f"{each:%H:%M}" for each in (operation.starts_at, operation.ends_at) if each]
    return f"{operation.text} {'–'.join(hours)}".strip()


def yesterday_text(on: dt.date, point: ServicePoint) -> str:
    """What yesterday's lines say of praise, problems and complaints; each kind is named, also when there was none."""
    entries = LogEntry.objects.filter(day__service_point=point, day__on=on - dt.timedelta(days=1))
    rows = list(entries.standing().exclude(result=ALL_WELL).order_by("happened_at", "pk"))
    parts = []
    for label, categories in YESTERDAY:
        found = [_line(e) for e in rows if e.category in categories]
        more = f"等 {len(found)} 件" if len(found) > MOST_LINES else ""
        parts.append(f"{label}:{';'.join(found[:MOST_LINES]) or '无'}{more}")
    return "\n".join(parts)


def _line(entry: LogEntry) -> str:
    text = " ".join(entry.text.split())
    short = text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
    number = f" {entry.record_number}" if entry.record_number else ""
    return f"{timezone.localtime(entry.happened_at):%H:%M} {short}{number}"


def carried_items(point: ServicePoint) -> QuerySet[OpenItem]:
    """五 遗留交接: what is open at the desk now, the oldest first. Shown, never copied."""
    now = timezone.now()
    is_open = Q(state=OpenItemState.OPEN) | Q(closed_at__gt=now)
    rows = OpenItem.objects.filter(is_open, service_point=point, created_at__lte=now)
    return rows.select_related("owner").order_by("created_at", "pk")
