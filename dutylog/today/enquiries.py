"""Calls and questions on the start page: past their moment, and those that still wait."""

from django.urls import reverse
from django.utils import timezone

from dutylog.models import Enquiry
from servicedesk.services.lists import MOST_COUNTED
from servicedesk.services.today import Waiting, sources
from servicedesk.templatetags.said import when

URGENT = "cinnabar"
MOST_NAMED = 3


def waiting(user) -> list[Waiting]:
    """What the person can answer: missed calls by name first, then what is late, then what is still in time."""
    if not user.has_perm("dutylog.change_enquiry"):
        return []
    open_rows = Enquiry.objects.visible_to(user).unanswered()
    return [*_missed(open_rows), *_asked(open_rows.filter(is_missed=False))]


def _missed(open_rows) -> list[Waiting]:
    now = timezone.now()
    found = list(open_rows.filter(is_missed=True).order_by("due_at")[:MOST_NAMED])
    return [
        Waiting(
            sentence=f"未接来电 {call.number} {_term(call, now)}", tone=URGENT, button="去回电", weight=8,
            url=reverse("dutylog:enquiry_detail", args=[call.pk]), age=when(call.received_at),
        )
        for call in found
    ]


def _term(call: Enquiry, now) -> str:
    is_today = timezone.localdate(call.due_at) == timezone.localdate(now)
    due = f"{timezone.localtime(call.due_at):%H:%M}" if is_today else when(call.due_at)
    return f"应在 {due} 前回电,已超时" if now > call.due_at else f"请在 {due} 前回电"


def _asked(rows) -> list[Waiting]:
    late = rows.overdue(timezone.now()).order_by().values("pk")[:MOST_COUNTED].count()
    count = rows.order_by().values("pk")[:MOST_COUNTED].count()
    if not count:
        return []
    said = f"{count} 件来电咨询待答复" + (f",其中 {late} 件已过期限" if late else "")
    query = "wait=overdue" if late else "wait=open"
    return [Waiting(
        sentence=said, tone=URGENT if late else "ochre", button="去答复", weight=count,
        url=f"{reverse('dutylog:enquiry_list')}?{query}",
    )]


sources.waiting.append(waiting)
