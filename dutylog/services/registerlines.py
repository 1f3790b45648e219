"""The lines that a register wrote about one of its records."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from dutylog.models import LogEntry
from servicedesk.services.transitions import amend


def lines_about(record: models.Model) -> models.QuerySet:
    """All lines about a record, the first first."""
    kind = ContentType.objects.get_for_model(record)
    return LogEntry.objects.filter(content_type=kind, object_id=record.pk).select_related("day").order_by("pk")


@transaction.atomic
def strike_lines_about(record: models.Model, reason: str, *, by) -> int:
    """Strike the lines of a record that was voided; those of a closed day stand as they were sealed. How many."""
    lines = [line for line in lines_about(record).standing() if not line.day.is_locked]
    for line in lines:
        amend(
            line, by=by, reason=reason[:100], struck_at=timezone.now(), struck_by=by, struck_reason=reason[:200]
        )
    return len(lines)
