"""What stands open to visitors: a code per place, and the exact count of what is posted by it."""

from django.db import models
from simple_history.models import HistoricalRecords

from servicedesk.models.places import ServicePoint, Zone


class VisitorCodeQuerySet(models.QuerySet):
    def open(self) -> "VisitorCodeQuerySet":
        """Codes whose pages answer."""
        return self.filter(is_active=True, service_point__is_active=True)


class VisitorCode(models.Model):
    """游客二维码: one per place. What a visitor sends by it belongs to its desk and happened at its place."""

    code = models.CharField("代码", max_length=12, unique=True, editable=False)
    name = models.CharField("张贴位置", max_length=60, unique=True)
    service_point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+", verbose_name="服务点")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="园区地点")
    is_kiosk = models.BooleanField(
        "自助机", default=False, help_text="放在固定屏幕上,答完自己回到首页;不按设备限次"
    )
    is_active = models.BooleanField("在用", default=True)
    history = HistoricalRecords()

    objects = VisitorCodeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "游客二维码"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """The zone where it hangs, else its own name."""
        return self.zone.name if self.zone else self.name


class VisitorCount(models.Model):
    """What was posted from one device, or by one code, since the window began; raised before a post is taken.

    `began_at` is in seconds since 1970.
    """

    scope = models.CharField(max_length=8)
    key = models.CharField(max_length=40)
    began_at = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "游客提交计数"
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="one_count_per_scope_and_key")]
        indexes = [models.Index(fields=["began_at"])]

    def __str__(self) -> str:
        return f"{self.scope} {self.count}"
