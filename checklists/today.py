"""Rounds on the start page: what is owed now, what was missed, what is not back."""

from django.urls import reverse
from django.utils import timezone

from checklists.models import AssetAway
from checklists.services.owed import missed, owed_on
from dutylog.services.days import duty_date
from servicedesk.services.today import Number, Waiting, sources

DAY = "checklists:round_day"


def waiting(user) -> list[Waiting]:
    """Alarms that the person can do something about."""
    return [*_owed(user), *_missed(user), *_late_back(user)]


def _points(user):
    return list(user.service_points.filter(is_active=True))


def _owed(user) -> list[Waiting]:
    """Today's rounds whose hour has come, desk by desk."""
    if not user.has_perm("checklists.add_round"):
        return []
    lines = []
    for point in _points(user)[:1]:
        late = [o for o in owed_on(point, duty_date(timezone.now(), point)) if o.is_overdue]
        if late:
            names = "、".join(o.template.name for o in late)
            lines.append(Waiting(sentence=f"今天的{names}已过时刻,还没有查完", tone="cinnabar", button="去检查",
                                 url=reverse(DAY), weight=len(late)))
    return lines


def _missed(user) -> list[Waiting]:
    if not user.has_perm("checklists.add_round"):
        return []
    found = missed(_points(user) if user.has_perm("checklists.approve_round") else _points(user)[:1])
    if not found:
        return []
    oldest = min(found, key=lambda o: o.on)
    act = "补查或批准" if user.has_perm("checklists.approve_round") else "补查"
    return [Waiting(
        sentence=f"{len(found)} 次检查漏查,请{act}", age=f"最早 {oldest.on:%m月%d日}", tone="cinnabar", button="去处理",
        url=f"{reverse(DAY)}?on={oldest.on}", weight=len(found),
    )]


def _late_back(user) -> list[Waiting]:
    if not user.has_perm("checklists.change_asset"):
        return []
    count = AssetAway.objects.overdue().filter(asset__service_point__in=_points(user)).count()
    if not count:
        return []
    return [Waiting(
        sentence=f"{count} 件资产借出或送修,已过应还日期", button="去催还", weight=count,
        url=f"{reverse('checklists:asset_list')}?away=late",
    )]


def numbers(user) -> list[Number]:
    """How many of today's rounds are done."""
    points = _points(user)[:1]
    if not points or not user.has_perm("checklists.view_round"):
        return []
    owed = owed_on(points[0], duty_date(timezone.now(), points[0]))
    done = sum(o.is_settled for o in owed)
    return [Number(label="今日检查", value=f"{done}/{len(owed)}", url=reverse(DAY))] if owed else []


sources.waiting.append(waiting)
sources.numbers.append(numbers)
