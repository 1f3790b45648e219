"""Open items on the start page: mine, and those that are past their moment."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from dutylog.models import OpenItem
from servicedesk.services.asking import MOST_COUNTED, Tally
from servicedesk.services.today import Alarm, Named, Waiting, sources


def waiting(user) -> list[Alarm | Named]:
    """What the person answers for; who leads a desk also sees what others are late with."""
    return [_mine(user), *_late(user)]


def _mine(user) -> Named:
    rows = OpenItem.objects.filter(owner=user).open()

    def say(due: list[dt.datetime | None]) -> list[Waiting]:
        late = sum(at is not None and at < timezone.now() for at in due)
        said = f"{len(due)} 项未结事项由您负责" + (f",其中 {late} 项已过期限" if late else "")
        return [Waiting(
            sentence=said, tone="cinnabar" if late else "ochre", button="去办理", weight=len(due),
            url=f"{reverse('dutylog:openitem_list')}?mine=1",
        )] if due else []

    return Named(lists=[rows.order_by("pk").values_list("due_at", flat=True)[:MOST_COUNTED]], say=say)


def _late(user) -> list[Alarm]:
    if not user.has_perm("dutylog.change_openitem"):
        return []
    rows = OpenItem.objects.visible_to(user).overdue(timezone.now()).exclude(owner=user)

    def line(tally: Tally) -> Waiting:
        return Waiting(
            sentence=f"{tally.count} 项未结事项已过期限,请催办或改派", tone="cinnabar", button="去催办",
            weight=tally.count, url=f"{reverse('dutylog:openitem_list')}?due=overdue",
        )

    return [Alarm(rows=rows, line=line, oldest="")]


sources.waiting.append(waiting)
