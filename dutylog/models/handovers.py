"""交接班: what one shift gives to the next, counted and signed by both; and why a day closed with something undone."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from dutylog.choices import HAND_OVER_BADGES, HAND_OVER_TRANSITIONS, HandOverState
from dutylog.models.days import DutyDay, Shift
from servicedesk.models import Record

PERSON = settings.AUTH_USER_MODEL


class HandOver(Record):
    """交接班 (物品交接, 交班人, 接班人 of 3.12): one per shift. `frozen_at` is where the next shift begins."""

    TRANSITIONS = HAND_OVER_TRANSITIONS

    state = models.CharField("状态", max_length=7, choices=HandOverState.choices, default=HandOverState.DRAFTED)
    day = models.ForeignKey(DutyDay, models.PROTECT, related_name="hand_overs", verbose_name="值班日")
    from_shift = models.OneToOneField(Shift, models.PROTECT, related_name="hand_over", verbose_name="交班班次")
    to_shift = models.ForeignKey(
        Shift, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接班班次"
    )
    outgoing = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="交班人")
    incoming = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接班人"
    )
    frozen_at = models.DateTimeField("交班时刻", null=True, blank=True)
    signed_at = models.DateTimeField("交班签字时间", null=True, blank=True)
    taken_at = models.DateTimeField("接班签字时间", null=True, blank=True)
    note = models.CharField("交代事项", max_length=300, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "交接班"
        ordering = ["-created_at"]
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="handover_created"),
            models.Index(fields=["service_point", "-created_at", "-id"], name="handover_point_created"),
        ]

    @property
    def badge(self) -> tuple:
        return HAND_OVER_BADGES[HandOverState(self.state)]


class HandOverLine(models.Model):
    """清点 of one thing: how many there should be, how many there are. Fixed once who goes has signed."""

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField("序号")
    key = models.CharField(max_length=80)
    label = models.CharField("物品", max_length=80)
    unit = models.CharField("单位", max_length=8, blank=True)
    mark = models.CharField("封袋号", max_length=40, blank=True)
    expected = models.DecimalField("应有", max_digits=12, decimal_places=2, null=True, blank=True)
    counted = models.DecimalField("实点", max_digits=12, decimal_places=2, null=True, blank=True)
    remark = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "清点"
        ordering = ["hand_over", "order"]
        constraints = [models.UniqueConstraint(fields=["hand_over", "key"], name="one_line_per_thing")]

    def __str__(self) -> str:
        return self.label

    @property
    def differs(self) -> bool:
        """Counted, and not what was expected."""
        return self.counted is not None and self.expected is not None and self.counted != self.expected

    @property
    def is_by_mark(self) -> bool:
        """A single sealed thing: there or not there."""
        return bool(self.mark)


class ClosingExplanation(models.Model):
    """未办说明: why a day was closed although a gate still said something. Printed on 3.12. Never changed."""

    day = models.ForeignKey(DutyDay, models.PROTECT, related_name="explanations")
    gate = models.CharField(max_length=60)
    label = models.CharField("关口", max_length=40)
    sentence = models.CharField("未办", max_length=300)
    text = models.CharField("说明", max_length=300)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="说明人")

    class Meta:
        verbose_name = verbose_name_plural = "未办说明"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.day} {self.label}"
