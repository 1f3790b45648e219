"""Reminding the owners of follow-ups: what is past its day, and what nobody has written a line about this week."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dutylog.models import FollowUp
from servicedesk.models import Message, User
from servicedesk.services.inbox import tell
from servicedesk.services.sending import REMINDER, send

# A week's line may still come until Wednesday evening.
ASKED_FROM = 3


def week_began(today: dt.date) -> dt.datetime:
    """Midnight of the week's Monday."""
    return timezone.make_aware(dt.datetime.combine(today - dt.timedelta(days=today.weekday()), dt.time()))


@transaction.atomic
def remind_owners() -> str:
    """One sentence to each owner, unless they have not read the last one; how many are late goes to the channels."""
    today, page = timezone.localdate(), f"{reverse('dutylog:followup_list')}?mine=1&state=open"
    owned = FollowUp.objects.filter(owner__is_active=True)
    late = Counter(owned.overdue(today).values_list("owner", flat=True))
    still = owned.still_since(week_began(today)) if today.weekday() >= ASKED_FROM else owned.none()
    silent = Counter(still.values_list("owner", flat=True))
    asked = set(Message.objects.unread().filter(url=page).values_list("person", flat=True))
    told = [
        person for person in User.objects.filter(pk__in={*late, *silent} - asked)
        if tell([person], _said(late[person.pk], silent[person.pk]), url=page)
    ]
    if told and late.total():
        send(f"{late.total()} 项整改已过期限,已提醒责任人", REMINDER, by=None)
    return f"提醒 {len(told)} 人整改" if told else ""


def _said(late: int, silent: int) -> str:
    parts = [f"{late} 项整改已过期限"] if late else []
    parts += [f"{silent} 项本周还没有记进展"] if silent else []
    return f"{','.join(parts)},请今天办理并记一笔进展"
