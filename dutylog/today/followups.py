"""Follow-ups on the start page: mine that are due, those that wait for my check, old open items."""

from django.urls import reverse
from django.utils import timezone

from dutylog.choices import FollowUpState
from dutylog.models import FollowUp
from dutylog.services.followup_steps import VERIFY, old_open_items
from servicedesk.services.today import Waiting, sources


def waiting(user) -> list[Waiting]:
    """What the person mends, checks, or should take into the weekly list."""
    return [*_mine(user), *_to_check(user), *_ownerless(user), *_old_items(user)]


def _mine(user) -> list[Waiting]:
    today = timezone.localdate()
    open_rows = FollowUp.objects.filter(owner=user, state=FollowUpState.OPEN)
    count, late = open_rows.count(), open_rows.overdue(today).count()
    if not count:
        return []
    said = f"{count} 项整改由您负责" + (f",其中 {late} 项已过期限" if late else "")
    query = "mine=1&due=overdue" if late else "mine=1&state=open"
    return [Waiting(
        sentence=said, tone="cinnabar" if late else "ochre", button="去整改", weight=count,
        url=f"{reverse('dutylog:followup_list')}?{query}",
    )]


def _to_check(user) -> list[Waiting]:
    if not user.has_perm(VERIFY):
        return []
    count = FollowUp.objects.visible_to(user).waiting_for_check_by(user).count()
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 项整改已完成,等您复查销号", button="去复查", weight=count,
        url=f"{reverse('dutylog:followup_list')}?mine=check",
    )]


def _ownerless(user) -> list[Waiting]:
    if not user.has_perm("dutylog.assign_followup"):
        return []
    count = FollowUp.objects.visible_to(user).filter(state=FollowUpState.OPEN, owner=None).count()
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 项跟进还没有责任人", button="去指派", weight=count, tone="cinnabar",
        url=f"{reverse('dutylog:followup_list')}?mine=nobody",
    )]


def _old_items(user) -> list[Waiting]:
    if not user.has_perm("dutylog.add_followup"):
        return []
    count = old_open_items(user).order_by().count()
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 项未结事项已拖了很久,应转入每周跟进", button="去转入", weight=count,
        url=reverse("dutylog:followup_proposals"),
    )]


sources.waiting.append(waiting)
