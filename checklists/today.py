"""Rounds on the start page and on the day screen: what is owed now, what was missed, what is not back."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from checklists.models import AssetAway, Round
from checklists.services.owed import Owed, look_back, owed_of, rounds_between
from dutylog.models import DutyDay
from dutylog.panels import Panel, add_panel
from dutylog.services.days import duty_dates
from servicedesk.services.asking import Tally
from servicedesk.services.belonging import open_points
from servicedesk.services.today import Alarm, Named, Number, Waiting, sources

DAY = "checklists:round_day"
APPROVE = "checklists.approve_round"


def waiting(user) -> list[Alarm | Named]:
    """What of the rounds waits for the person, and how many of today's are done."""
    return [*_rounds(user), *_late_back(user)]


def _rounds(user) -> list[Named]:
    """The person's own desk; who approves what was missed sees all of theirs."""
    points = open_points(user) if user.has_perm(APPROVE) else open_points(user)[:1]
    if not points or not user.has_perm("checklists.view_round"):
        return []
    today = duty_dates(timezone.now(), points)
    first, last = look_back()
    first = min(first, *today.values())

    def say(rounds: list[Round]) -> list[Waiting | Number]:
        owed = owed_of(points, first, last, today=today, rounds=rounds)
        now = [each for each in owed if each.point == points[0] and each.on == today[each.point.pk]]
        lines = [*_overdue(now), *_missed(owed, user)] if user.has_perm("checklists.add_round") else []
        return [*lines, *_number(now)]

    return [Named(lists=[rounds_between(points, first, last)], say=say)]


def _overdue(now: Sequence[Owed]) -> list[Waiting]:
    """Today's rounds whose hour has come."""
    late = [owed for owed in now if owed.is_overdue]
    names = "、".join(owed.template.name for owed in late)
    return [Waiting(
        sentence=f"今天的{names}已过时刻,还没有查完", tone="cinnabar", button="去检查", url=reverse(DAY),
        weight=len(late),
    )] if late else []


def _missed(owed: Sequence[Owed], user) -> list[Waiting]:
    found = [each for each in owed if each.is_missed]
    if not found:
        return []
    oldest = min(each.on for each in found)
    act = "补查或批准" if user.has_perm(APPROVE) else "补查"
    return [Waiting(
        sentence=f"{len(found)} 次检查漏查,请{act}", age=f"最早 {oldest:%m月%d日}", tone="cinnabar", button="去处理",
        url=f"{reverse(DAY)}?on={oldest}", weight=len(found),
    )]


def _number(now: Sequence[Owed]) -> list[Number]:
    done = sum(owed.is_settled for owed in now)
    return [Number(label="今日检查", value=f"{done}/{len(now)}", url=reverse(DAY))] if now else []


def _late_back(user) -> list[Alarm]:
    if not user.has_perm("checklists.change_asset"):
        return []

    def line(tally: Tally) -> Waiting:
        return Waiting(
            sentence=f"{tally.count} 件资产借出或送修,已过应还日期", button="去催还", weight=tally.count,
            url=f"{reverse('checklists:asset_list')}?away=late",
        )

    rows = AssetAway.objects.overdue().filter(asset__service_point__in=open_points(user))
    return [Alarm(rows=rows, line=line, oldest="")]


def panel_questions(day: DutyDay, user: Any) -> dict[str, QuerySet]:  # noqa: ARG001
    return {"rounds": rounds_between([day.service_point], day.on, day.on)}


def panel(day: DutyDay, user: Any, found: dict[str, list[Any]]) -> dict[str, Any] | None:  # noqa: ARG001
    """The rounds of the day; while it is open none of them is missed yet."""
    point, today = day.service_point, timezone.localdate() if day.is_locked else day.on
    owed = owed_of([point], day.on, day.on, today={point.pk: today}, rounds=found["rounds"])
    return {"owed": owed} if owed else None


add_panel(Panel(
    key="rounds", title="当日检查", order=30, template="checklists/_day_rounds.html", context=panel,
    questions=panel_questions, right="checklists.view_round",
))
sources.waiting.append(waiting)
