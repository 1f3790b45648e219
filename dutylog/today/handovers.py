"""Of hand-over and closing: days left open, days nobody reviewed; their block on the day screen."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import DayState, HandOverState
from dutylog.models import DutyDay, HandOver
from dutylog.panels import Panel, add_panel
from dutylog.services.closing import review_due_before
from servicedesk.services.asking import MOST_COUNTED
from servicedesk.services.today import Named, Waiting, sources
from servicedesk.templatetags.said import when

MOST = 3
# A night shift's day ends in the morning: until this hour it is not left open.
MORNING = dt.timedelta(hours=8)


def waiting(user) -> list[Named]:
    return [*_left_open(user), *_unreviewed(user), *_to_take(user)]


def _left_open(user) -> list[Named]:
    """Days before today that nobody closed, the oldest first."""
    if not user.has_perm("dutylog.close_dutyday"):
        return []
    today = timezone.localdate(timezone.now() - MORNING)
    rows = DutyDay.objects.filter(service_point__in=user.service_points.filter(is_active=True)).left_open(today)

    def say(days: list[DutyDay]) -> list[Waiting]:
        return [
            Waiting(
                sentence=f"{day.number} 还没有闭班", url=reverse("dutylog:dutyday_close", args=[day.pk]),
                button="去闭班", tone="cinnabar", weight=8,
            )
            for day in days
        ]

    return [Named(lists=[rows.order_by("on", "pk")[:MOST]], say=say)]


def _unreviewed(user) -> list[Named]:
    """For whoever reviews: what waits, and since when it should have been done."""
    if not user.has_perm("dutylog.review_dutyday"):
        return []
    rows = DutyDay.objects.visible_to(user).filter(state=DayState.CLOSED).exclude(closed_by=user)

    def say(closed: list[dt.datetime]) -> list[Waiting]:
        late = sum(at < review_due_before(timezone.now()) for at in closed)
        said = f"{len(closed)} 张值班表等您审阅" + (f",其中 {late} 张已过审阅时限" if late else "")
        return [Waiting(
            sentence=said, url=f"{reverse('dutylog:dutyday_list')}?state=closed", button="去审阅", weight=len(closed),
            tone="cinnabar" if late else "ochre", age=f"最早 {when(closed[0])}",
        )] if closed else []

    return [Named(lists=[rows.order_by("closed_at").values_list("closed_at", flat=True)[:MOST_COUNTED]], say=say)]


def _to_take(user) -> list[Named]:
    """Lists that who went has signed, and nobody has taken."""
    if not user.has_perm("dutylog.change_handover"):
        return []
    own = user.service_points.filter(is_active=True)
    rows = HandOver.objects.filter(state=HandOverState.SIGNED, service_point__in=own)
    rows = rows.filter(day__in=DutyDay.objects.unlocked())

    def say(found: list[HandOver]) -> list[Waiting]:
        return [
            Waiting(
                sentence=f"{hand_over} 交班已签,等接班人签字", button="去签字", weight=6,
                age=when(hand_over.signed_at), url=reverse("dutylog:handover_take", args=[hand_over.pk]),
            )
            for hand_over in found
        ]

    return [Named(lists=[rows.order_by("signed_at", "pk")[:MOST]], say=say)]


def questions(day: DutyDay, user: Any) -> dict[str, QuerySet]:  # noqa: ARG001
    """The shifts of a day, their hand-overs, and why something was left undone."""
    held = HandOver.objects.filter(day=day).select_related("outgoing", "incoming")
    return {
        "shifts": day.shifts.all(), "hand_overs": held, "explanations": day.explanations.select_related("by"),
    }


def panel(day: DutyDay, user: Any, found: dict[str, list[Any]]) -> dict[str, Any]:  # noqa: ARG001
    held = {hand_over.from_shift_id: hand_over for hand_over in found["hand_overs"]}
    now = timezone.now()
    return {
        "shifts": [
            {"shift": shift, "hand_over": held.get(shift.pk), "has_begun": shift.starts_at <= now}
            for shift in found["shifts"]
        ],
        "explanations": found["explanations"],
    }


add_panel(Panel(
    key="handover", title="交接班与闭班", order=40, place="side", template="dutylog/_handover_panel.html",
    context=panel, questions=questions, right="dutylog.view_handover",
))
sources.waiting.append(waiting)
