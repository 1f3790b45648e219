"""The duty day (3.12), its shifts and roster, its operations, and the seals that lock it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from dutylog.choices import (
    DAY_BADGES,
    DAY_TRANSITIONS,
    LOCKED_DAY_STATES,
    DayKind,
    DayState,
    OperationKind,
    Presence,
    SealKind,
    ShiftKind,
)
from servicedesk.models import Record, RecordQuerySet


class DutyDayQuerySet(RecordQuerySet):
    def locked(self) -> "DutyDayQuerySet":
        """Days whose content is sealed."""
        return self.filter(state__in=LOCKED_DAY_STATES)

    def unlocked(self) -> "DutyDayQuerySet":
        return self.exclude(state__in=LOCKED_DAY_STATES)

    def left_open(self, today: dt.date) -> "DutyDayQuerySet":
        """Days before today that nobody has closed."""
        return self.filter(on__lt=today, state__in=[DayState.ON_DUTY, DayState.CLOSING])


class DutyDay(Record):
    """值班日 (a sheet of 3.12): one per date and service point, `ZB-20250501`."""

    TRANSITIONS = DAY_TRANSITIONS

    state = models.CharField("状态", max_length=8, choices=DayState.choices, default=DayState.NOT_OPEN)
    on = models.DateField("日期")
    day_kind = models.CharField("日期类型", max_length=8, choices=DayKind.choices)
    day_name = models.CharField("节日", max_length=30, blank=True)
    is_provisional = models.BooleanField("日历暂定", default=False)
    weather = models.CharField("天气", max_length=20, blank=True)
    temperature = models.CharField("气温", max_length=20, blank=True)
    wind = models.CharField("风力", max_length=20, blank=True)
    warning = models.CharField("预警", max_length=60, blank=True)
    opens_at = models.TimeField("开园", null=True, blank=True)
    closes_at = models.TimeField("闭园", null=True, blank=True)
    duty_leader = models.CharField("值班领导", max_length=60, blank=True)
    duty_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="值班经理"
    )
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="中心负责人"
    )
    opened_at = models.DateTimeField("开班时间", null=True, blank=True)
    closed_at = models.DateTimeField("闭班时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="闭班人"
    )
    reviewed_at = models.DateTimeField("审阅时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审阅人"
    )
    reopened_at = models.DateTimeField("首次重新打开", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = DutyDayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "值班日"
        ordering = ["-on", "service_point"]
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("close_dutyday", "闭班"),
            ("review_dutyday", "审阅值班日"),
            ("reopen_dutyday", "重新打开已闭班的值班日"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["on", "service_point"], name="one_duty_day_per_date_and_point")
        ]

    @property
    def badge(self) -> tuple:
        return DAY_BADGES[DayState(self.state)]

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED_DAY_STATES

    @property
    def kind_note(self) -> str:
        """`国庆节`, `元旦,暂定`, `暂定`: what stands behind the kind of day."""
        return ",".join(word for word in (self.day_name, "暂定" if self.is_provisional else "") if word)


class Operation(models.Model):
    """当日运营信息: a ride open or closed, a show, an event, a repair."""

    day = models.ForeignKey(DutyDay, models.CASCADE, related_name="operations")
    kind = models.CharField("类别", max_length=6, choices=OperationKind.choices)
    text = models.CharField("内容", max_length=200)
    starts_at = models.TimeField("起", null=True, blank=True)
    ends_at = models.TimeField("止", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "运营信息"
        ordering = ["day", "kind", "starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}"


class Shift(models.Model):
    """班次 of a day. Its hours may cross midnight; `frozen_at` is the moment it was handed over."""

    day = models.ForeignKey(DutyDay, models.CASCADE, related_name="shifts")
    kind = models.CharField("班次", max_length=6, choices=ShiftKind.choices)
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    frozen_at = models.DateTimeField("交班时刻", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "班次"
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["day", "kind"], name="one_shift_of_a_kind_per_day"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"


class ShiftPost(models.Model):
    """排班: a person on a shift, due to sign in before it begins."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="posts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="shift_posts", verbose_name="人员"
    )
    is_lead = models.BooleanField("带班", default=False)
    due_at = models.DateTimeField("应到")
    presence = models.CharField("到岗", max_length=8, choices=Presence.choices, default=Presence.EXPECTED)
    came_at = models.DateTimeField("签到时间", null=True, blank=True)
    reason = models.CharField("原因", max_length=100, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "排班"
        ordering = ["shift", "-is_lead", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["shift", "person"], name="one_post_per_person_and_shift")
        ]

    def __str__(self) -> str:
        return f"{self.shift} {self.person}"


class DaySeal(models.Model):
    """锁定记录: a link of the desk's chain, `place` counting from 1. Never changed.

    A closing holds the whole day; an addendum, a review or a reopening of a closed day holds itself. `digest` is
    the HMAC-SHA256 over the content and `previous`, the digest of the link before, under a key that lies outside
    the database. `round` counts the closings of the day.
    """

    day = models.ForeignKey(DutyDay, models.PROTECT, related_name="seals")
    service_point = models.ForeignKey("servicedesk.ServicePoint", models.PROTECT, related_name="+")
    place = models.PositiveIntegerField("链上序号")
    kind = models.CharField("类别", max_length=9, choices=SealKind.choices)
    round = models.PositiveSmallIntegerField("次")
    content = models.TextField("内容")
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")

    class Meta:
        verbose_name = verbose_name_plural = "锁定记录"
        ordering = ["service_point", "place"]
        constraints = [
            models.UniqueConstraint(fields=["service_point", "place"], name="one_seal_per_place"),
            models.UniqueConstraint(
                fields=["day", "round"], name="one_closing_per_round", condition=Q(kind=SealKind.CLOSING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.short_code}"

    @property
    def short_code(self) -> str:
        """What the paper bears: eight characters in two groups."""
        return f"{self.digest[:4]}-{self.digest[4:8]}".upper()
