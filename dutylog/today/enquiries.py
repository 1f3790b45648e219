"""Calls and questions on the start page: past their moment, and those that still wait."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from dutylog.models import Enquiry
from servicedesk.services.asking import MOST_COUNTED
from servicedesk.services.today import Named, Waiting, sources
from servicedesk.templatetags.said import when

URGENT = "cinnabar"
MOST_NAMED = 3


def waiting(user) -> list[Named]:
    """What the person can answer: missed calls by name first, then what is late, then what is still in time."""
    if not user.has_perm("dutylog.change_enquiry"):
        return []
    rows = Enquiry.objects.visible_to(user).unanswered()
    asked = rows.filter(is_missed=False).order_by("due_at").values_list("due_at", flat=True)[:MOST_COUNTED]
    return [Named(lists=[rows.filter(is_missed=True).order_by("due_at")[:MOST_NAMED], asked], say=_say)]


def _say(missed: list[Enquiry], asked: list[dt.datetime | None]) -> list[Waiting]:
    now = timezone.now()
    calls = [
        Waiting(
            sentence=f"未接来电 {call.number} {_term(call, now)}", tone=URGENT, button="去回电", weight=8,
            url=reverse("dutylog:enquiry_detail", args=[call.pk]), age=when(call.received_at),
        )
        for call in missed
    ]
    return [*calls, *_asked(asked, now)]


def _term(call: Enquiry, now) -> str:
    is_today = timezone.localdate(call.due_at) == timezone.localdate(now)
    due = f"{timezone.localtime(call.due_at):%H:%M}" if is_today else when(call.due_at)
    return f"应在 {due} 前回电,已超时" if now > call.due_at else f"请在 {due} 前回电"


def _asked(due: list[dt.datetime | None], now: dt.datetime) -> list[Waiting]:
    if not due:
        return []
    late = sum(at is not None and at < now for at in due)
    said = f"{len(due)} 件来电咨询待答复" + (f",其中 {late} 件已过期限" if late else "")
    query = "wait=overdue" if late else "wait=open"
    return [Waiting(
        sentence=said, tone=URGENT if late else "ochre", button="去答复", weight=len(due),
        url=f"{reverse('dutylog:enquiry_list')}?{query}",
    )]


sources.waiting.append(waiting)
