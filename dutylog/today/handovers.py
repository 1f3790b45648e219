"""Of hand-over and closing: days left open, days nobody reviewed; their block on the day screen."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from dutylog.choices import DayState, HandOverState
from dutylog.models import DutyDay, HandOver
from dutylog.panels import Panel, add_panel
from dutylog.services.closing import review_due_before
from dutylog.services.days import duty_date
from servicedesk.services.today import Waiting, sources
from servicedesk.templatetags.said import when

MOST = 3


def waiting(user) -> list[Waiting]:
    return [*_left_open(user), *_unreviewed(user), *_to_take(user)]


def _left_open(user) -> list[Waiting]:
    """Days before today that nobody closed, the oldest first."""
    if not user.has_perm("dutylog.close_dutyday"):
        return []
    own = user.service_points.filter(is_active=True)
    found = []
    for point in own:
        days = DutyDay.objects.filter(service_point=point).left_open(duty_date(timezone.now(), point))
        found += [
            Waiting(
                sentence=f"{day.number} 还没有闭班", url=reverse("dutylog:dutyday_close", args=[day.pk]),
                button="去闭班", tone="cinnabar", weight=8,
            )
            for day in days.order_by("on")[:MOST]
        ]
    return found


def _unreviewed(user) -> list[Waiting]:
    """For whoever reviews: what waits, and since when it should have been done."""
    if not user.has_perm("dutylog.review_dutyday"):
        return []
    rows = DutyDay.objects.visible_to(user).filter(state=DayState.CLOSED).exclude(closed_by=user)
    count = rows.count()
    if not count:
        return []
    late = rows.unreviewed_since(review_due_before(timezone.now())).count()
    said = f"{count} 张值班表等您审阅" + (f",其中 {late} 张已过审阅时限" if late else "")
    oldest = rows.order_by("closed_at").first()
    return [Waiting(
        sentence=said, url=f"{reverse('dutylog:dutyday_list')}?state=closed", button="去审阅", weight=count,
        tone="cinnabar" if late else "ochre", age=f"最早 {when(oldest.closed_at)}" if oldest else "",
    )]


def _to_take(user) -> list[Waiting]:
    """Lists that who went has signed, and nobody has taken."""
    if not user.has_perm("dutylog.change_handover"):
        return []
    own = user.service_points.filter(is_active=True)
    rows = HandOver.objects.filter(state=HandOverState.SIGNED, service_point__in=own)
    rows = rows.filter(day__in=DutyDay.objects.unlocked())
    return [
        Waiting(
            sentence=f"{hand_over} 交班已签,等接班人签字", button="去签字", weight=6, age=when(hand_over.signed_at),
            url=reverse("dutylog:handover_take", args=[hand_over.pk]),
        )
        for hand_over in rows.order_by("signed_at")[:MOST]
    ]


def panel(day: DutyDay, user: Any) -> dict[str, Any]:  # noqa: ARG001
    """The shifts of a day with their hand-overs."""
    rows = HandOver.objects.filter(day=day).select_related("outgoing", "incoming", "from_shift")
    held = {hand_over.from_shift_id: hand_over for hand_over in rows}
    now = timezone.now()
    return {
        "shifts": [
            {"shift": shift, "hand_over": held.get(shift.pk), "has_begun": shift.starts_at <= now}
            for shift in day.shifts.all()
        ],
        "explanations": list(day.explanations.select_related("by")),
    }


add_panel(Panel(
    key="handover", title="交接班与闭班", order=40, place="side", template="dutylog/_handover_panel.html",
    context=panel, right="dutylog.view_handover",
))
sources.waiting.append(waiting)
