"""The supervisor was told of every complaint and accident of the day."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import NoticeRole
from dutylog.gates.registry import ClosingGate, Miss, add_gate
from dutylog.models import DutyDay, LogEntry, NoticeStep
from dutylog.services.chain import CHAIN_CATEGORIES

SHOWN = 20


def questions(day: DutyDay) -> dict[str, QuerySet]:
    """Lines of which nobody told the supervisor: neither under the line, nor its record, nor another line of it."""
    told = NoticeStep.objects.filter(role=NoticeRole.SUPERVISOR)
    own = told.filter(content_type=ContentType.objects.get_for_model(LogEntry), object_id=OuterRef("pk"))
    record = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}
    lines = LogEntry.objects.standing().filter(day=day, category__in=CHAIN_CATEGORIES).exclude(Exists(own))
    lines = lines.exclude(Exists(told.filter(**record))).exclude(Exists(LogEntry.objects.filter(Exists(own), **record)))
    return {"lines": lines.order_by("happened_at", "pk")}


def misses(day: DutyDay, found: dict[str, list[LogEntry]]) -> Sequence[Miss]:  # noqa: ARG001
    """One per line, by its time and first words."""
    return [Miss(_said(line), reverse("dutylog:logentry_notice", args=[line.pk])) for line in found["lines"]]


def _said(line: LogEntry) -> str:
    words = line.text if len(line.text) <= SHOWN else f"{line.text[:SHOWN]}…"
    clock = f"{timezone.localtime(line.happened_at):%H:%M}"
    return f"{clock} {line.get_category_display()}还没有通报督导:{words}"


add_gate(ClosingGate(key="dutylog.notices", label="投诉和意外通报督导", misses=misses, questions=questions))
