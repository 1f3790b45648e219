"""What callbacks tell the start page: due, late, promised, to be signed, to be looked at again; the visits."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from complaints.models import CallbackAttempt, CallbackPlan
from complaints.services.callback_queue import visits_in
from servicedesk.services import preferences
from servicedesk.services.asking import Tally
from servicedesk.services.today import Alarm, Named, Waiting
from servicedesk.templatetags.said import day, when

CALL, SIGN, CHECK = (f"complaints.{verb}_callbackplan" for verb in ("call", "sign", "check"))
URGENT, SOON, CALM = "cinnabar", "ochre", "jade"
ONE_DAY = dt.timedelta(days=1)


def waiting(user: Any) -> Sequence[Named | Alarm]:
    """Every alarm that the person can do something about."""
    rows = CallbackPlan.objects.visible_to(user)
    found: list[Named | Alarm] = []
    if user.has_perm(CALL):
        found += [*_to_call(rows, user), _visits(user)]
    if user.has_perm(SIGN):
        found.append(_alarm(rows.to_sign(), "{count} 个回访等您签批", "去签批", "wait=sign", oldest="asked_at"))
    if user.has_perm(CHECK):
        found.append(_alarm(
            rows.to_check_by(user), "{count} 个回访抽中质检,等您复核", "去质检", "wait=recheck", oldest="done_at",
        ))
    return found


def _to_call(rows, user: Any) -> list[Alarm]:
    """By the day in Shanghai: what is due today is on time all day."""
    now = timezone.now()
    today = timezone.localdate(now)
    mine = rows.to_call_by(user)
    return [
        _alarm(mine.overdue(today), "{count} 个回访已逾期", "去打电话", f"wait=call&until={today - ONE_DAY}",
               oldest="due_on", tone=URGENT),
        _alarm(mine.filter(due_on=today), "{count} 个回访今天到期", "去打电话",
               f"wait=call&since={today}&until={today}", oldest=""),
        _alarm(mine.appointed().filter(next_at__lte=now), "{count} 位游客约的回访时间到了", "去打电话", "",
               oldest="next_at", tone=URGENT),
    ]


def _alarm(rows, sentence: str, button: str, query: str, *, oldest: str, tone: str = SOON) -> Alarm:
    """An alarm whose sentence needs the `{count}` alone; without a query it leads to the telephone."""
    url = f"{reverse('complaints:callback_list')}?{query}" if query else reverse("complaints:callback_work")

    def line(tally: Tally) -> Waiting:
        return Waiting(sentence=sentence.format(count=tally.count), button=button, age=_age(tally.oldest), tone=tone,
                       url=url, weight=tally.count)

    return Alarm(rows=rows, line=line, oldest=oldest)


def _age(oldest: Any) -> str:
    if oldest is None:
        return ""
    return f"最早 {when(oldest) if isinstance(oldest, dt.datetime) else day(oldest)}"


def _visits(user: Any) -> Named:
    """本月上门拜访, against what the setting wants; once met it asks for nothing."""
    wanted = preferences.value("complaints.callback_visits")

    def say(made: list[CallbackAttempt]) -> list[Waiting]:
        if len(made) >= wanted:
            return []
        return [Waiting(
            sentence=f"本月上门拜访 {len(made)} / {wanted} 次", button="去安排", tone=CALM,
            url=f"{reverse('complaints:callback_list')}?source_kind=visit",
        )]

    return Named(lists=[visits_in(user, timezone.localdate()).order_by("pk")[: wanted or 1]], say=say)
