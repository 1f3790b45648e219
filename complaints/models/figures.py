"""What a summary said when it was approved: from then on it is read, not counted. Nothing here is ever changed."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.db import models

from servicedesk.models import ServicePoint
from servicedesk.periods import Period, month_of, week_of

PERSON = settings.AUTH_USER_MODEL


class FigureApproval(models.Model):
    """核定: the figures of a week or a month, of the house and of each desk, are what they were. Once per period."""

    first = models.DateField("首日")
    is_week = models.BooleanField("按周")
    at = models.DateTimeField("核定时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="核定人")
    note = models.CharField("核定意见", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "数据核定"
        ordering = ["-first", "pk"]
        default_permissions = ()
        permissions = [("view_figures", "查看投诉汇总"), ("approve_figures", "核定和更正投诉汇总")]
        constraints = [models.UniqueConstraint(fields=["is_week", "first"], name="one_approval_per_period")]

    def __str__(self) -> str:
        return self.period.label

    @property
    def period(self) -> Period:
        return week_of(self.first) if self.is_week else month_of(self.first)


class FigureCorrection(models.Model):
    """更正: an approved period was counted anew, with the reason. The old figures stay beside the new ones."""

    approval = models.ForeignKey(FigureApproval, models.PROTECT, related_name="corrections", verbose_name="核定")
    at = models.DateTimeField("更正时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="更正人")
    reason = models.CharField("更正原因", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "数据更正"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.approval} {self.reason}"


class FrozenFigure(models.Model):
    """A figure as it was approved or corrected: its numbers, the meaning it had, and the rows behind it.

    The last one of a figure at a desk (None: of the house) is the one in force. Of a `cut` (`category=票务`) `hits` are
    the cases and `base` the causes. `digest` seals numbers and rows; of many rows the keys are not kept.
    """

    approval = models.ForeignKey(FigureApproval, models.PROTECT, related_name="figures", verbose_name="核定")
    correction = models.ForeignKey(
        FigureCorrection, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name="更正"
    )
    service_point = models.ForeignKey(
        ServicePoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="服务点"
    )
    key = models.CharField("指标", max_length=30)
    cut = models.CharField("分项", max_length=60, blank=True)
    label = models.CharField("名称", max_length=80)
    means = models.CharField("口径", max_length=200, blank=True)
    means_version = models.PositiveSmallIntegerField("口径版本", default=1)
    hits = models.DecimalField("分子", max_digits=14, decimal_places=2, null=True, blank=True)
    base = models.PositiveIntegerField("分母", null=True, blank=True)
    waiting = models.PositiveIntegerField("未到期", default=0)
    note = models.CharField("说明", max_length=300, blank=True)
    hit_keys = models.JSONField("分子所含记录", null=True, blank=True)
    base_keys = models.JSONField("分母所含记录", null=True, blank=True)
    digest = models.CharField("校验", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "核定数据"
        ordering = ["pk"]
        indexes = [models.Index(fields=["approval", "service_point"], name="frozen_approval_point")]

    def __str__(self) -> str:
        return f"{self.approval} {self.label}"

    @property
    def number(self) -> Decimal | int | None:
        """Hits as a whole number where it is one."""
        return int(self.hits) if self.hits is not None and self.hits == int(self.hits) else self.hits

    @property
    def seal(self) -> str:
        """What `digest` was when nobody changed the row."""
        return seal_of(self.key, self.cut, self.means_version, self.hits, self.base, self.hit_keys, self.base_keys)


def seal_of(
    key: str, cut: str, version: int, hits: Decimal | int | None, base: int | None, *keys: Iterable[int] | None
) -> str:
    """SHA-256 over the numbers and the keys behind them."""
    number = "" if hits is None else f"{Decimal(hits):.2f}"
    lists = ["" if each is None else ",".join(map(str, each)) for each in keys]
    return hashlib.sha256("|".join([key, cut, str(version), number, str(base), *lists]).encode()).hexdigest()


def period_columns(period: Period) -> dict[str, dt.date | bool]:
    """How a period stands in the table."""
    return {"first": period.first, "is_week": period.is_week}
