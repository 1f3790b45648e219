"""封账: months that are closed, and what was changed in them afterwards."""

from django.conf import settings
from django.db import models

from servicedesk.models.evidence import AboutRecord, AboutRecordQuerySet


class ClosedMonth(models.Model):
    """A month that was archived. Never changed: a closed month stays closed."""

    month = models.DateField("月份", unique=True)
    closed_at = models.DateTimeField("封账时间")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="封账人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "已封账的月份"
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class LateChange(AboutRecord):
    """更正: a record of a closed month was changed, or came late, and why. Never changed."""

    month = models.DateField("月份")
    register = models.CharField("登记簿", max_length=40)
    number = models.CharField("编号", max_length=40)
    is_new = models.BooleanField("补登记", default=False)
    reason = models.CharField("更正原因", max_length=200)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="更正人"
    )

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "封账后的更正"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["month", "at"], name="late_change_month"),
            models.Index(fields=["content_type", "object_id"], name="late_change_record"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.reason}"
