"""The content of a closed day: rows of all its tables, their history, the people's names as they stood."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from dutylog.choices import LIVE_ACCIDENT_STATES
from dutylog.models import (
    Accident,
    AccidentUpdate,
    Addendum,
    ClosingExplanation,
    DutyDay,
    Enquiry,
    EnquiryTally,
    HandOver,
    HandOverLine,
    HeadcountReport,
    HeadcountSend,
    InjuredPerson,
    LogEntry,
    NoticeStep,
    OpenItem,
    OpenItemUpdate,
    Operation,
    Shift,
    ShiftPost,
)
from dutylog.sealedparts import Row, SealedPart, add_sealed_part, part_as_it_stood, plain, sealed_parts
from dutylog.services.openitems import items_on
from servicedesk.models import Signature, User

# The recipe a day was sealed by, kept in its content. 2: with those who were hurt, what was followed, and rounds.
FORMAT = 2
# Columns of the sheet that go on after the closing; the chain's own links hold them.
GOES_ON = ("state", "reviewed_at", "reviewed_by")
# What every record that lives on leaves out: it is written when people are forgotten.
OF_FORGETTING = ("anonymised_at", "history_change_reason")


def canonical(content: Any) -> str:
    """One text for one content: keys in order, no blanks, Chinese as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_of(day: DutyDay) -> dict[str, Any]:
    """What is sealed when a day is closed."""
    parts, histories = {}, {}
    for part in sealed_parts():
        parts[part.key] = part.now(day)
        if part.has_history:
            histories[part.key] = history_of(part, [row["id"] for row in parts[part.key]])
    return {
        "format": FORMAT, "number": day.number, "parts": parts, "histories": histories,
        "people": _people(parts.values()),
    }


def _people(parts: Iterable[Sequence[Row]]) -> dict[str, str]:
    """Names as they stood, for whoever reads the content without the table of people."""
    keys = {
        value for rows in parts for row in rows for column, value in row.items()
        if column.endswith("_by_id") or column in {"by_id", "person_id", "owner_id", "outgoing_id", "incoming_id"}
    }
    return {str(pk): name for pk, name in User.objects.filter(pk__in=keys - {None}).values_list("pk", "name")}


def history_of(part: SealedPart, keys: Sequence[int], sealed: dict[str, Any] | None = None) -> dict[str, Any]:
    """Count and checksum of the history of rows; with `sealed`, of the lines and columns that were sealed then."""
    model = part.model.history.model  # type: ignore[attr-defined]
    columns = sealed["columns"] if sealed else sorted(field.attname for field in model._meta.concrete_fields)
    rows = model.objects.filter(id__in=keys).order_by("history_id")
    if sealed:
        rows = rows.filter(history_id__lte=sealed["last"])
    checksum, last, count = hashlib.sha256(), 0, 0
    for line in rows:
        text = canonical([plain(getattr(line, column, None)) for column in columns])
        checksum.update(text.encode())
        last, count = line.history_id, count + 1
    return {"columns": columns, "last": last, "count": count, "sha256": checksum.hexdigest()}


def _steps(day: DutyDay) -> QuerySet:
    kind = ContentType.objects.get_for_model(LogEntry)
    return NoticeStep.objects.filter(
        content_type=kind, object_id__in=LogEntry.objects.filter(day=day).values("pk")
    ).order_by("pk")


def _signatures(day: DutyDay) -> QuerySet:
    kind = ContentType.objects.get_for_model(HandOver)
    return Signature.objects.filter(
        content_type=kind, object_id__in=HandOver.objects.filter(day=day).values("pk")
    ).order_by("pk")


def _items_as_they_stood(day: DutyDay) -> list[models.Model]:
    """Open items go on after the day: their newest lines of history are sealed."""
    history = OpenItem.history.model  # type: ignore[attr-defined]
    newest = [history.objects.filter(id=item.pk).order_by("-history_id").first() for item in items_on(day)]
    return [line for line in newest if line is not None]


def _same_items(day: DutyDay, sealed: Sequence[Row]) -> QuerySet:  # noqa: ARG001
    history = OpenItem.history.model  # type: ignore[attr-defined]
    return history.objects.filter(history_id__in=[row["history_id"] for row in sealed]).order_by("pk")


def written_on(day: DutyDay, model: type[models.Model]) -> QuerySet:
    """The keys of the records of a register that have a line on the day."""
    kind = ContentType.objects.get_for_model(model)
    return LogEntry.objects.filter(day=day, content_type=kind).values("object_id")


def _accidents(day: DutyDay) -> QuerySet:
    """Those with a line on the day, and those of earlier days that were still followed on it."""
    start = timezone.make_aware(dt.datetime.combine(day.on, dt.time()))
    followed = Q(state__in=LIVE_ACCIDENT_STATES) | Q(closed_at__gte=start)
    earlier = Q(created_at__lt=start + dt.timedelta(days=1)) & followed
    written = Q(pk__in=written_on(day, Accident))
    return Accident.objects.filter(earlier | written, service_point=day.service_point).order_by().values("pk")


def _accident_updates(day: DutyDay) -> QuerySet:
    return AccidentUpdate.objects.filter(accident__in=_accidents(day)).order_by("pk")


def _same_accident_updates(day: DutyDay, sealed: Sequence[Row]) -> QuerySet:  # noqa: ARG001
    return AccidentUpdate.objects.filter(pk__in=[row["id"] for row in sealed]).order_by("pk")


def _updates(day: DutyDay) -> QuerySet:
    return OpenItemUpdate.objects.filter(item__in=items_on(day).values("pk")).order_by("pk")


def _same_updates(day: DutyDay, sealed: Sequence[Row]) -> QuerySet:  # noqa: ARG001
    return OpenItemUpdate.objects.filter(pk__in=[row["id"] for row in sealed]).order_by("pk")


def _same_addenda(day: DutyDay, sealed: Sequence[Row]) -> QuerySet:
    """Later ones have a link of their own in the chain."""
    return Addendum.objects.filter(day=day, pk__in=[row["id"] for row in sealed]).order_by("pk")


def _of_day(model: Any) -> Any:
    return lambda day: model.objects.filter(day=day).order_by("pk")


add_sealed_part(SealedPart(
    key="day", model=DutyDay, rows=lambda day: DutyDay.objects.filter(pk=day.pk), leave_out=GOES_ON, has_history=True,
))
add_sealed_part(SealedPart(key="shifts", model=Shift, rows=_of_day(Shift), has_history=True))
add_sealed_part(SealedPart(
    key="posts", model=ShiftPost, rows=lambda day: ShiftPost.objects.filter(shift__day=day).order_by("pk"),
    has_history=True,
))
add_sealed_part(SealedPart(key="operations", model=Operation, rows=_of_day(Operation), has_history=True))
add_sealed_part(SealedPart(key="entries", model=LogEntry, rows=_of_day(LogEntry), has_history=True))
add_sealed_part(SealedPart(key="notices", model=NoticeStep, rows=_steps, has_history=True))
add_sealed_part(SealedPart(key="addenda", model=Addendum, rows=_of_day(Addendum), again=_same_addenda))
add_sealed_part(SealedPart(key="hand_overs", model=HandOver, rows=_of_day(HandOver), has_history=True))
add_sealed_part(SealedPart(
    key="hand_over_lines", model=HandOverLine,
    rows=lambda day: HandOverLine.objects.filter(hand_over__day=day).order_by("pk"),
))
add_sealed_part(SealedPart(key="explanations", model=ClosingExplanation, rows=_of_day(ClosingExplanation)))
add_sealed_part(SealedPart(
    key="open_items", model=OpenItem, rows=_items_as_they_stood, again=_same_items, point="service_point",
))
add_sealed_part(SealedPart(key="item_updates", model=OpenItemUpdate, rows=_updates, again=_same_updates))
add_sealed_part(SealedPart(key="signatures", model=Signature, rows=_signatures))
add_sealed_part(SealedPart(key="headcounts", model=HeadcountReport, rows=_of_day(HeadcountReport)))
add_sealed_part(SealedPart(
    key="headcount_sends", model=HeadcountSend,
    rows=lambda day: HeadcountSend.objects.filter(report__day=day).order_by("pk"),
))
add_sealed_part(SealedPart(key="tallies", model=EnquiryTally, rows=_of_day(EnquiryTally)))
# What was asked stands in the sealed line; names, phones and ages are held by the history of the row alone.
add_sealed_part(part_as_it_stood(
    "enquiry", Enquiry, lambda day: written_on(day, Enquiry),
    leave_out=("phone", "phone_tail", "phone_digest", "caller_name", *OF_FORGETTING),
    forgettable=("relay_text", "summary", "answer", "void_reason"),
))
add_sealed_part(part_as_it_stood(
    "accident", Accident, _accidents, leave_out=("witnesses", *OF_FORGETTING),
    forgettable=("police", "insurance", "result", "void_reason"),
))
add_sealed_part(part_as_it_stood(
    "injured", InjuredPerson,
    lambda day: InjuredPerson.objects.filter(accident__in=_accidents(day)).order_by().values("pk"),
    point="accident__service_point", forgettable=("injury", "treatment", "hospital"),
    leave_out=("name", "age", "phone", "phone_tail", "phone_digest", *OF_FORGETTING),
))
add_sealed_part(SealedPart(
    key="accident_updates", model=AccidentUpdate, rows=_accident_updates, again=_same_accident_updates,
    forgettable=("text",),
))
