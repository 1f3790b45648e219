"""Notices of earlier days that still stand, on the day screen."""

from typing import Any

from django.db.models import QuerySet

from dutylog.models import Addendum, DutyDay, LogEntry
from dutylog.panels import Panel, add_panel
from servicedesk.services.asking import by_key


def questions(day: DutyDay, user: Any) -> dict[str, QuerySet]:  # noqa: ARG001
    notices = LogEntry.objects.notices_on(day)
    added = Addendum.objects.filter(entry__in=notices.order_by().values("pk"))
    return {"notices": notices.select_related("day", "zone"), "addenda": added.order_by("pk")}


def panel(day: DutyDay, user: Any, found: dict[str, list[Any]]) -> dict[str, Any] | None:  # noqa: ARG001
    """Left out of a day on which nothing stands."""
    added = by_key(found["addenda"], "entry_id")
    for line in found["notices"]:
        line.shown_addenda = added.get(line.pk, [])
    return {"notices": found["notices"]} if found["notices"] else None


add_panel(Panel(
    key="notices", title="持续通知", order=1, template="dutylog/_standing_notices.html", context=panel,
    questions=questions, right="dutylog.view_logentry",
))
