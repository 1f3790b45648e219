"""Open items on the start page: mine, and those that are past their moment."""

from django.urls import reverse
from django.utils import timezone

from dutylog.models import OpenItem
from servicedesk.services.today import Waiting, sources


def waiting(user) -> list[Waiting]:
    """What the person answers for; who leads a desk also sees what others are late with."""
    return [*_mine(user), *_late(user)]


def _mine(user) -> list[Waiting]:
    mine = OpenItem.objects.filter(owner=user).open()
    count, late = mine.count(), mine.overdue(timezone.now()).count()
    if not count:
        return []
    said = f"{count} 项未结事项由您负责" + (f",其中 {late} 项已过期限" if late else "")
    return [Waiting(
        sentence=said, tone="cinnabar" if late else "ochre", button="去办理", weight=count,
        url=f"{reverse('dutylog:openitem_list')}?mine=1",
    )]


def _late(user) -> list[Waiting]:
    if not user.has_perm("dutylog.change_openitem"):
        return []
    count = OpenItem.objects.visible_to(user).overdue(timezone.now()).exclude(owner=user).count()
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 项未结事项已过期限,请催办或改派", tone="cinnabar", button="去催办", weight=count,
        url=f"{reverse('dutylog:openitem_list')}?due=overdue",
    )]


sources.waiting.append(waiting)
