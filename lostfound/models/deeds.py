"""Good deeds of staff, and the pre-numbered booklets that foremen carry."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from lostfound.choices import (
    GOOD_DEED_BADGES,
    GOOD_DEED_TRANSITIONS,
    SHEET_TRANSITIONS,
    GoodDeedKind,
    GoodDeedState,
    SheetState,
)
from lostfound.models.items import FoundItem
from servicedesk.models import Record, RecordQuerySet


class GoodDeedQuerySet(RecordQuerySet):
    def counted(self) -> "GoodDeedQuerySet":
        """What stands in the month's 3.8: verified rows alone."""
        return self.filter(state=GoodDeedState.VERIFIED)


class GoodDeed(Record):
    """员工好人好事 (a row of 3.8): made from a staff find by itself, other kinds by hand."""

    TRANSITIONS = GOOD_DEED_TRANSITIONS

    state = models.CharField("状态", max_length=9, choices=GoodDeedState.choices, default=GoodDeedState.DRAFT)
    kind = models.CharField("类别", max_length=10, choices=GoodDeedKind.choices, default=GoodDeedKind.FINDING)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="员工", related_name="good_deeds"
    )
    person_post = models.CharField("部门/岗位", max_length=80, blank=True)
    on = models.DateField("日期")
    summary = models.CharField("事迹摘要", max_length=300)
    item = models.ForeignKey(
        FoundItem, models.PROTECT, null=True, blank=True, related_name="good_deeds", verbose_name="拾物"
    )
    feedback = models.CharField("游客反馈", max_length=100, blank=True, help_text="锦旗、信、留言、电话")
    reward = models.CharField("奖励建议", max_length=60, blank=True)
    reward_paid_on = models.DateField("奖励兑现日期", null=True, blank=True)
    verified_at = models.DateTimeField("核实时间", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核实人"
    )
    withdraw_reason = models.CharField("撤回原因", max_length=200, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = GoodDeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "好人好事"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("verify_gooddeed", "核实好人好事")]
        indexes = [
            models.Index(fields=["service_point", "-created_at"], name="deed_point_created"),
            models.Index(fields=["-created_at", "-id"], name="deed_created"),
            models.Index(fields=["state", "on"], name="deed_state_on"),
            models.Index(fields=["person", "on"], name="deed_person_on"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], name="one_deed_per_find_and_person", condition=Q(item__isnull=False)
            )
        ]

    @property
    def badge(self):
        return GOOD_DEED_BADGES[GoodDeedState(self.state)]

    @property
    def returned(self) -> str:
        """归还情况 of a find: its state, as 3.8 shows it; empty for other deeds."""
        return self.item.get_state_display() if self.item else ""


class BookletQuerySet(RecordQuerySet):
    def out(self) -> "BookletQuerySet":
        """Given out and not yet returned."""
        return self.filter(returned_at__isnull=True)


class Booklet(models.Model):
    """现场拾物空白本: numbered, given to a foreman, every sheet accounted for."""

    number = models.CharField("本号", max_length=10, unique=True)
    service_point = models.ForeignKey(
        "servicedesk.ServicePoint", models.PROTECT, verbose_name="服务点", related_name="+"
    )
    issued_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="booklets", verbose_name="领用人"
    )
    issued_at = models.DateTimeField("领用时间")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发放人")
    returned_at = models.DateTimeField("交回时间", null=True, blank=True)
    returned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收回人"
    )
    note = models.CharField("备注", max_length=200, blank=True)
    history = HistoricalRecords()

    objects = BookletQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "现场拾物空白本"
        ordering = ["-issued_at"]
        permissions = [("issue_booklet", "发放与核销空白本")]

    def __str__(self) -> str:
        return self.number


class BookletSheet(models.Model):
    """One sheet of a booklet: blank until used, void or missing."""

    TRANSITIONS = SHEET_TRANSITIONS

    booklet = models.ForeignKey(Booklet, models.PROTECT, related_name="sheets")
    sheet_number = models.PositiveSmallIntegerField("张号")
    state = models.CharField("状态", max_length=8, choices=SheetState.choices, default=SheetState.BLANK)
    item = models.OneToOneField(
        FoundItem, models.PROTECT, null=True, blank=True, related_name="booklet_sheet", verbose_name="拾物"
    )
    settle_reason = models.CharField("原因", max_length=200, blank=True)
    settled_at = models.DateTimeField("核销时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核销人"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "空白本张页"
        ordering = ["booklet", "sheet_number"]
        constraints = [
            models.UniqueConstraint(fields=["booklet", "sheet_number"], name="one_sheet_number_per_booklet")
        ]

    def __str__(self) -> str:
        return f"{self.booklet} 第 {self.sheet_number:02d} 张"
