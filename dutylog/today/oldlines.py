"""The old diary on the day screen: where a sheet was made later for a day that has old lines, it leads to them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from dutylog.models import DutyDay, OldLogLine
from dutylog.panels import Panel, add_panel


def questions(day: DutyDay, user: Any) -> dict[str, QuerySet]:  # noqa: ARG001
    return {"lines": OldLogLine.objects.filter(service_point=day.service_point_id, on=day.on).order_by("pk")[:1]}


def panel(day: DutyDay, user: Any, found: dict[str, list[Any]]) -> dict[str, Any] | None:  # noqa: ARG001
    """Left out of a day without any."""
    url = f"{reverse('dutylog:oldlogline_list')}?since={day.on}&until={day.on}"
    return {"url": url} if found["lines"] else None


add_panel(Panel(
    key="old_lines", title="旧日志", order=2, template="dutylog/_old_lines.html", context=panel, questions=questions,
    right="dutylog.view_oldlogline",
))
