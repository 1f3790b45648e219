"""What the duty day wants to see finished before its month is archived."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from dutylog.choices import LIVE_ACCIDENT_STATES, LIVE_FOLLOW_UP_STATES, DayState, OpenItemState
from dutylog.models import Accident, Briefing, DutyDay, FollowUp, OpenItem
from servicedesk.models import ServicePoint
from servicedesk.monthgaps import Gap, Lists, MonthGap, add_month_gap
from servicedesk.periods import Period
from servicedesk.templatetags.said import day_in_full


def _sheets(month: Period) -> QuerySet[DutyDay]:
    return DutyDay.objects.filter(on__range=(month.first, month.last)).order_by("on", "service_point")


def _page(name: str, record) -> str:
    return reverse(f"dutylog:{name}_detail", args=[record.pk])


def _days(month: Period) -> dict[str, QuerySet]:
    return {"sheets": _sheets(month), "points": ServicePoint.objects.filter(is_active=True)}


def missing_days(month: Period, lists: Lists) -> list[Gap]:
    """Days on which a desk that was there kept no sheet."""
    kept = {(sheet.service_point_id, sheet.on) for sheet in lists["sheets"]}
    today = timezone.localdate()
    return [
        Gap(f"{day_in_full(on, with_year=False)} {point} 没有值班表")
        for on in month.days() for point in lists["points"]
        if on < today and point.was_open(on) and (point.pk, on) not in kept
    ]


def unlocked_days(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [
        Gap(f"{sheet.number} 还没有闭班({sheet.get_state_display()})", _page("dutyday", sheet))
        for sheet in lists["sheets"]
    ]


def unreviewed_days(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [Gap(f"{sheet.number} 负责人还没有审阅", _page("dutyday", sheet)) for sheet in lists["sheets"]]


def unsigned_briefings(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    drafts = [Gap(f"早会记录 {b.number} 还没有发布", _page("briefing", b)) for b in lists["drafts"]]
    return drafts + [Gap(f"早会记录 {b.number} 还有人没签字", _page("briefing", b)) for b in lists["unsigned"]]


def _briefings(month: Period) -> dict[str, QuerySet]:
    held = Briefing.objects.filter(on__range=(month.first, month.last)).order_by("on", "pk")
    return {"drafts": held.filter(edition=0), "unsigned": held.not_signed_by_all()}


def open_items(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [Gap(f"{item.number} 未结:{item.text}"[:200], _page("openitem", item)) for item in lists["items"]]


def open_accidents(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [
        Gap(f"{accident.number} {accident.get_state_display()}", _page("accident", accident))
        for accident in lists["accidents"]
    ]


def open_follow_ups(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [
        Gap(f"{each.number} {each.get_state_display()}:{each.problem}"[:200], _page("followup", each))
        for each in lists["follow_ups"]
    ]


add_month_gap(MonthGap(key="dutylog.missing_days", label="缺的值班日", questions=_days, gaps=missing_days))
add_month_gap(MonthGap(
    key="dutylog.unlocked_days", label="没有闭班的值班日", gaps=unlocked_days,
    questions=lambda month: {"sheets": _sheets(month).unlocked()},
))
add_month_gap(MonthGap(
    key="dutylog.unreviewed_days", label="没有审阅的值班日", gaps=unreviewed_days,
    questions=lambda month: {"sheets": _sheets(month).filter(state=DayState.CLOSED)},
))
add_month_gap(MonthGap(
    key="dutylog.briefings", label="没有签完的早会记录", questions=_briefings, gaps=unsigned_briefings,
))
add_month_gap(MonthGap(
    key="dutylog.accidents", label="没有结案的意外突发", gaps=open_accidents,
    questions=lambda month: {"accidents": Accident.objects.filter(
        happened_at__gte=month.begins, happened_at__lt=month.ends, state__in=LIVE_ACCIDENT_STATES,
    ).order_by("number")},
))
add_month_gap(MonthGap(
    key="dutylog.open_items", label="月末还没有结的事项", gaps=open_items,
    questions=lambda month: {"items": OpenItem.objects.filter(
        created_at__lt=month.ends, state=OpenItemState.OPEN,
    ).order_by("number")},
))
add_month_gap(MonthGap(
    key="dutylog.follow_ups", label="还没有销号的整改", gaps=open_follow_ups,
    questions=lambda month: {"follow_ups": FollowUp.objects.filter(
        created_at__lt=month.ends, state__in=LIVE_FOLLOW_UP_STATES,
    ).order_by("number")},
))
