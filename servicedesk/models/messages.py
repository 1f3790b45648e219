"""通知: the inbox of each person."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class MessageQuerySet(models.QuerySet):
    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at__isnull=True)

    def visible_to(self, user) -> "MessageQuerySet":
        """One's own, whoever else may see the record it speaks of."""
        return self.filter(person=user)

    def in_order(self) -> "MessageQuerySet":
        """Unread first, of these the urgent first, then the newest."""
        unread = models.Q(read_at=None)
        return self.order_by(
            models.Case(models.When(unread & models.Q(is_urgent=True), then=0), models.When(unread, then=1), default=2),
            "-pk",
        )


class Message(models.Model):
    """一条通知 to one person. Read is not answered: what needs an answer waits at its own record."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox", verbose_name="收件人")
    sentence = models.CharField("内容", max_length=300)
    url = models.CharField("去处", max_length=200, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")
    is_urgent = models.BooleanField("紧急", default=False)
    at = models.DateTimeField("时间", auto_now_add=True)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "read_at"])]

    def __str__(self) -> str:
        return self.sentence
