"""The desk's assets: what must be there, where, how many, and what is away."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from checklists.choices import ASSET_BADGES, ASSET_TRANSITIONS, AssetState, AwayKind
from servicedesk.models import Record, RecordQuerySet

PERSON = settings.AUTH_USER_MODEL


class AssetQuerySet(RecordQuerySet):
    def in_use(self) -> "AssetQuerySet":
        return self.filter(state=AssetState.IN_USE)

    def on_the_list(self, point) -> "AssetQuerySet":
        """What a round at a desk looks for, in the order of the walk."""
        return self.in_use().filter(service_point=point).order_by("area", "number")


class Asset(Record):
    """固定资产 (a row of 3.13): its number is the tag that sticks on it, `KF-DT-0001`."""

    TRANSITIONS = ASSET_TRANSITIONS

    state = models.CharField("状态", max_length=7, choices=AssetState.choices, default=AssetState.IN_USE)
    name = models.CharField("资产名称", max_length=40)
    spec = models.CharField("规格型号", max_length=40, blank=True)
    area = models.CharField("区域", max_length=30, help_text="一起查的地方,如 大厅、便民区")
    place = models.CharField("位置", max_length=30, blank=True, help_text="如 东侧、2 号柜")
    expected_quantity = models.PositiveSmallIntegerField("应有数量", default=1)
    is_counted = models.BooleanField("填实有数量", default=False, help_text="轮椅、雨伞等成套的填数量,不打 √")
    bought_on = models.DateField("购入日期", null=True, blank=True)
    note = models.CharField("备注", max_length=100, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "固定资产"
        ordering = ["number"]
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        indexes = [
            models.Index(fields=["service_point", "state", "area"]),
            models.Index(fields=["-created_at", "-id"], name="asset_created"),
        ]

    @property
    def badge(self) -> tuple:
        return ASSET_BADGES[AssetState(self.state)]

    @property
    def described(self) -> str:
        """`轮椅 铝合金`."""
        return f"{self.name} {self.spec}".strip()

    @property
    def whereabouts(self) -> str:
        return f"{self.area} {self.place}".strip()


class AssetAwayQuerySet(models.QuerySet):
    def on_day(self, on: dt.date) -> "AssetAwayQuerySet":
        """What had gone by a day and was not back on it."""
        return self.filter(Q(back_on=None) | Q(back_on__gt=on), away_on__lte=on)

    def overdue(self) -> "AssetAwayQuerySet":
        """Should be back and is not."""
        return self.filter(back_on=None, due_on__lt=timezone.localdate())


class AssetAway(models.Model):
    """借出 or 送修, marked by hand: until it is back the round shows ○."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="absences", verbose_name="资产")
    kind = models.CharField("去向", max_length=6, choices=AwayKind.choices)
    quantity = models.PositiveSmallIntegerField("数量", default=1)
    reason = models.CharField("原因", max_length=100)
    away_on = models.DateField("借出日期")
    due_on = models.DateField("应还日期")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="经办")
    back_on = models.DateField("归还日期", null=True, blank=True)
    back_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收回")
    history = HistoricalRecords()

    objects = AssetAwayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "借出送修"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("away_on")), name="due_back_after_going"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="something_is_away"),
        ]

    def __str__(self) -> str:
        return f"{self.asset} {self.get_kind_display()} {self.quantity}"


class TagCounter(models.Model):
    """The last running number given to tags of a prefix (`KF-DT`)."""

    prefix = models.CharField(max_length=12, unique=True)
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "资产编号计数"

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"
