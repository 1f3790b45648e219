"""Finds of a month that were not filed, and things without a notice, when it is archived."""

from django.urls import reverse

from lostfound.models import FoundItem
from lostfound.models.items import FoundItemQuerySet
from servicedesk.monthgaps import Gap, Lists, MonthGap, add_month_gap
from servicedesk.periods import Period


def _found(month: Period) -> FoundItemQuerySet:
    return FoundItem.objects.filter(
        created_at__gte=month.begins, created_at__lt=month.ends,
    ).select_related("category").order_by("number")


def _said(item: FoundItem, undone: str) -> Gap:
    return Gap(f"{item.number} {item.described} {undone}", reverse("lostfound:founditem_detail", args=[item.pk]))


def unfiled_finds(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [_said(item, "没有备案") for item in lists["unfiled"]]


def things_without_notice(month: Period, lists: Lists) -> list[Gap]:  # noqa: ARG001
    return [_said(item, "没有公告") for item in lists["silent"]]


add_month_gap(MonthGap(
    key="lostfound.unfiled", label="没有备案的现场拾物", gaps=unfiled_finds,
    questions=lambda month: {"unfiled": _found(month).unfiled()},
))
add_month_gap(MonthGap(
    key="lostfound.notices", label="没有公告的物品", gaps=things_without_notice,
    questions=lambda month: {"silent": _found(month).without_notice()},
))
