"""How things leave without an owner: notices, monthly batches to finance, police and disposal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from lostfound.choices import (
    BATCH_BADGES,
    BATCH_TRANSITIONS,
    NOTICE_BADGES,
    NOTICE_TRANSITIONS,
    BatchKind,
    BatchState,
    DisposalMethod,
    NoticeChannel,
    NoticeState,
)
from lostfound.models.items import FoundItem
from servicedesk.models import Record, RecordQuerySet


class NoticeQuerySet(RecordQuerySet):
    def up(self) -> "NoticeQuerySet":
        """Published and not taken down."""
        return self.filter(state=NoticeState.PUBLISHED)


class Notice(Record):
    """招领公告: from public descriptions only. The legal year counts from `published_at`."""

    TRANSITIONS = NOTICE_TRANSITIONS

    state = models.CharField("状态", max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    channel = models.CharField("公告方式", max_length=10, choices=NoticeChannel.choices, default=NoticeChannel.BOARD)
    text = models.TextField("公告文字", blank=True, max_length=4000)
    items = models.ManyToManyField(FoundItem, through="NoticeLine", related_name="notices", verbose_name="物品")
    published_at = models.DateTimeField("公告时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤下人"
    )
    history = HistoricalRecords(excluded_fields=["version"])

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "招领公告"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("publish_notice", "发布与撤下公告")]

    @property
    def badge(self):
        return NOTICE_BADGES[NoticeState(self.state)]


class NoticeLine(models.Model):
    """One item of a notice with the public words it was announced with."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="lines")
    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="notice_lines")
    public_text = models.CharField("公开描述", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "公告物品"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "item"], name="one_line_per_item_and_notice")]

    def __str__(self) -> str:
        return self.public_text

    @property
    def is_over(self) -> bool:
        """The item has found its owner or left otherwise: marked so on screen and paper."""
        return not self.item.is_open


class BatchQuerySet(RecordQuerySet):
    def running(self) -> "BatchQuerySet":
        """Somebody has still to act on it."""
        return self.exclude(state__in=[BatchState.CLOSED, BatchState.CANCELLED])


class Batch(Record):
    """移交清单 / 处置清单: prepared, reviewed, approved by another person, executed item by item."""

    TRANSITIONS = BATCH_TRANSITIONS

    kind = models.CharField("去向", max_length=8, choices=BatchKind.choices)
    state = models.CharField("状态", max_length=9, choices=BatchState.choices, default=BatchState.PREPARED)
    month = models.DateField("月份", help_text="当月第一天")
    reviewed_at = models.DateTimeField("复核时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    executed_at = models.DateTimeField("执行时间", null=True, blank=True)
    executed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="执行人"
    )
    closed_at = models.DateTimeField("结清时间", null=True, blank=True)
    receiver = models.CharField("接收人", max_length=60, blank=True, help_text="出纳、民警或见证人")
    receiver_unit = models.CharField("接收单位", max_length=100, blank=True)
    receipt_number = models.CharField("接收凭证号", max_length=60, blank=True)
    cancel_reason = models.CharField("撤销原因", max_length=200, blank=True)
    note = models.TextField("说明", blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "移交与处置"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("review_batch", "复核移交清单"),
            ("approve_batch", "批准移交清单"),
            ("execute_batch", "执行移交"),
            ("receive_batch", "财务接收"),
        ]

    @property
    def badge(self):
        return BATCH_BADGES[BatchState(self.state)]

    @property
    def is_open_to_change(self) -> bool:
        """Nothing has left yet: lines may be taken out, the whole may be cancelled."""
        return self.state in (BatchState.PREPARED, BatchState.REVIEWED, BatchState.APPROVED)


class BatchLineQuerySet(models.QuerySet):
    def to_do(self) -> "BatchLineQuerySet":
        """Still in the batch and not yet handed over."""
        return self.filter(is_active=True, done_at__isnull=True)

    def done(self) -> "BatchLineQuerySet":
        """Handed over and not reversed."""
        return self.filter(done_at__isnull=False, reversed_at__isnull=True)


class BatchLine(models.Model):
    """One item of a batch. While the batch runs, the item can be in no other."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="batch_lines")
    is_active = models.BooleanField("有效", default=True)
    method = models.CharField("方式", max_length=12, choices=DisposalMethod.choices, blank=True)
    receipt_number = models.CharField("凭证号", max_length=60, blank=True)
    witness = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="见证人"
    )
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    reversed_at = models.DateTimeField("冲回时间", null=True, blank=True)
    reverse_reason = models.CharField("冲回原因", max_length=200, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    history = HistoricalRecords()

    objects = BatchLineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "移交物品"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], name="one_running_batch_per_item", condition=Q(is_active=True, done_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.item_id}"

    @property
    def outcome(self) -> str:
        """What became of the line, in a word."""
        if self.reversed_at:
            return "已冲回"
        if self.done_at:
            return "已办"
        return "待办" if self.is_active else "已移出"
