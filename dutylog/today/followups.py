"""Follow-ups on the start page: mine that are due, those that wait for my check, old open items."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import FollowUpState
from dutylog.models import FollowUp
from dutylog.services.followup_steps import VERIFY, old_open_items
from servicedesk.services.asking import MOST_COUNTED, Tally
from servicedesk.services.today import Alarm, Named, Waiting, sources


def waiting(user) -> list[Alarm | Named]:
    """What the person mends, checks, or should take into the weekly list."""
    return [_mine(user), *_to_check(user), *_ownerless(user), *_old_items(user)]


def _mine(user) -> Named:
    rows = FollowUp.objects.filter(owner=user, state=FollowUpState.OPEN)

    def say(due: list[dt.date | None]) -> list[Waiting]:
        late = sum(on is not None and on < timezone.localdate() for on in due)
        said = f"{len(due)} 项整改由您负责" + (f",其中 {late} 项已过期限" if late else "")
        query = "mine=1&due=overdue" if late else "mine=1&state=open"
        return [Waiting(
            sentence=said, tone="cinnabar" if late else "ochre", button="去整改", weight=len(due),
            url=f"{reverse('dutylog:followup_list')}?{query}",
        )] if due else []

    return Named(lists=[rows.order_by("pk").values_list("due_on", flat=True)[:MOST_COUNTED]], say=say)


def _plain(rows: QuerySet, sentence: str, button: str, url: str, tone: str = "ochre") -> Alarm:
    """An alarm whose sentence needs the `{count}` alone."""

    def line(tally: Tally) -> Waiting:
        said = sentence.format(count=tally.count)
        return Waiting(sentence=said, button=button, url=url, tone=tone, weight=tally.count)

    return Alarm(rows=rows, line=line, oldest="")


def _to_check(user) -> list[Alarm]:
    if not user.has_perm(VERIFY):
        return []
    return [_plain(
        FollowUp.objects.visible_to(user).waiting_for_check_by(user), "{count} 项整改已完成,等您复查销号", "去复查",
        f"{reverse('dutylog:followup_list')}?mine=check",
    )]


def _ownerless(user) -> list[Alarm]:
    if not user.has_perm("dutylog.assign_followup"):
        return []
    return [_plain(
        FollowUp.objects.visible_to(user).filter(state=FollowUpState.OPEN, owner=None), "{count} 项跟进还没有责任人",
        "去指派", f"{reverse('dutylog:followup_list')}?mine=nobody", tone="cinnabar",
    )]


def _old_items(user) -> list[Alarm]:
    if not user.has_perm("dutylog.add_followup"):
        return []
    return [_plain(
        old_open_items(user), "{count} 项未结事项已拖了很久,应转入每周跟进", "去转入",
        reverse("dutylog:followup_proposals"),
    )]


sources.waiting.append(waiting)
