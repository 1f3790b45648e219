"""Accidents on the start page: those under way, and those that are followed."""

from django.urls import reverse

from dutylog.choices import AccidentState
from dutylog.models import Accident
from servicedesk.services.asking import MOST_COUNTED
from servicedesk.services.today import Named, Waiting, sources
from servicedesk.templatetags.said import when

MOST_NAMED = 3


def waiting(user) -> list[Named]:
    """Under way by name; the followed ones counted."""
    if not user.has_perm("dutylog.change_accident"):
        return []
    live = Accident.objects.visible_to(user).live().select_related("zone")
    running = live.filter(state=AccidentState.OPEN).order_by("happened_at")[:MOST_NAMED]
    followed = live.filter(state=AccidentState.HANDLED).order_by("pk").values_list("pk", flat=True)[:MOST_COUNTED]
    return [Named(lists=[running, followed], say=_say)]


def _say(running: list[Accident], followed: list[int]) -> list[Waiting]:
    found = [
        Waiting(
            sentence=f"{accident.number} {accident.kind}({accident.place})正在处置", tone="cinnabar", button="去处置",
            url=reverse("dutylog:accident_detail", args=[accident.pk]), age=when(accident.happened_at), weight=10,
        )
        for accident in running
    ]
    if followed:
        found.append(Waiting(
            sentence=f"{len(followed)} 件意外突发还没有结案,请跟踪伤者", button="去跟踪", weight=len(followed),
            url=f"{reverse('dutylog:accident_list')}?state=handled",
        ))
    return found


sources.waiting.append(waiting)
