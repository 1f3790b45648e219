"""Notices that leave the house: the channels they take, and each one that was queued."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from simple_history.models import HistoricalRecords

from servicedesk.choices import DELIVERY_BADGES, DELIVERY_TRANSITIONS, ChannelKind, DeliveryState
from servicedesk.models.evidence import AboutRecordQuerySet
from servicedesk.sealing import SealedField

WAITING = (DeliveryState.QUEUED, DeliveryState.FAILED)


class Channel(models.Model):
    """通知渠道: a chat robot or a list of e-mail addresses, and which topics it gets.

    `address` is the robot's whole web address or the e-mail addresses, `secret` its signing key or the password
    of the mail account: whoever knows them can write to the group, so both are sealed and shown masked.
    """

    name = models.CharField("名称", max_length=40, unique=True)
    kind = models.CharField("方式", max_length=8, choices=ChannelKind.choices)
    address = SealedField("地址", is_closed=True)
    secret = SealedField("密钥", is_closed=True, blank=True)
    server = models.CharField("发信服务器", max_length=120, blank=True)
    account = models.CharField("发信账号", max_length=120, blank=True)
    topics = models.JSONField("发送内容", default=list)
    is_active = models.BooleanField("在用", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "通知渠道"
        ordering = ["name"]
        permissions = [("manage_channels", "管理对外通知渠道")]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_address(self) -> str:
        """`z****@example.com`, or the last four characters of a robot's key."""
        if self.kind != ChannelKind.EMAIL:
            return f"****{self.address[-4:]}"
        parts = [each.strip().partition("@") for each in self.address.split(",")]
        return "、".join(f"{name[:1]}****@{host}" for name, _, host in parts)


class DeliveryQuerySet(AboutRecordQuerySet):
    def waiting(self) -> "DeliveryQuerySet":
        return self.filter(state__in=WAITING)

    def given_up(self) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.GIVEN_UP)


class Delivery(models.Model):
    """对外通知: one text for one channel, written in the transaction of what it tells of, sent by the job.

    `next_try_at` is moved on before each try, so that a second runner passes it by and one that died is followed
    by another try. `post` groups what went out as one message.
    """

    TRANSITIONS = DELIVERY_TRANSITIONS

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries", verbose_name="渠道")
    topic = models.CharField("内容类别", max_length=30)
    text = models.TextField("内容")
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey("content_type", "object_id")
    state = models.CharField("状态", max_length=8, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField("下次发送")
    last_try_at = models.DateTimeField("最近一次", null=True, blank=True)
    post = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    error = models.CharField("原因", max_length=200, blank=True)
    created_at = models.DateTimeField("时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发起人"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "对外通知"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"]),
            models.Index(fields=["channel", "last_try_at"]),
            models.Index(fields=["content_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.text[:20]}"

    @property
    def badge(self) -> tuple:
        return DELIVERY_BADGES[DeliveryState(self.state)]
