"""What a desk lends and gives away, and every change of how many there are."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ledgers.choices import MoveReason
from ledgers.models.kinds import LedgerKind
from servicedesk.models import RecordQuerySet

PERSON = settings.AUTH_USER_MODEL


class StockThingQuerySet(RecordQuerySet):
    def low(self) -> "StockThingQuerySet":
        """Of which fewer are here than the manager wants."""
        return self.filter(is_active=True, available__lt=models.F("low_at"))

    def on_offer(self, kind, point) -> "StockThingQuerySet":
        """What a desk lends or gives in a ledger."""
        return self.filter(kind=kind, service_point=point, is_active=True).order_by("name")


class StockThing(models.Model):
    """便民用品、赠品: a thing of a desk. `available` is what is here now; of things lent, `total` what is owned."""

    service_point = models.ForeignKey(
        "servicedesk.ServicePoint", models.PROTECT, related_name="+", verbose_name="服务点"
    )
    kind = models.ForeignKey(LedgerKind, models.PROTECT, related_name="things", verbose_name="台账")
    name = models.CharField("名称", max_length=20)
    unit = models.CharField("单位", max_length=4, default="个")
    total = models.PositiveIntegerField("总数", default=0)
    available = models.PositiveIntegerField("在库", default=0)
    low_at = models.PositiveIntegerField("低于此数提醒", default=0)
    deposit = models.DecimalField("押金", max_digits=10, decimal_places=2, null=True, blank=True)
    # The tag of the asset that it is, where it is one: a round then knows how many are lent.
    asset_number = models.CharField("资产编号", max_length=20, blank=True, default="")
    is_active = models.BooleanField("在用", default=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version", "available", "total"])

    objects = StockThingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "用品、赠品"
        ordering = ["kind", "name"]
        permissions = [("count_stockthing", "盘点更正")]
        constraints = [
            models.UniqueConstraint(fields=["service_point", "kind", "name"], name="one_thing_per_desk_and_name"),
            models.CheckConstraint(condition=Q(available__gte=0), name="stock_not_below_zero"),
            models.CheckConstraint(condition=Q(total__gte=models.F("available")), name="no_more_here_than_owned"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_low(self) -> bool:
        return self.is_active and self.available < self.low_at

    @property
    def away(self) -> int:
        return self.total - self.available


class StockMove(models.Model):
    """进出: one change of how many there are, with how many were there afterwards. Never changed."""

    thing = models.ForeignKey(StockThing, models.PROTECT, related_name="moves", verbose_name="物品")
    entry = models.ForeignKey(
        "ledgers.LedgerEntry", models.PROTECT, null=True, blank=True, related_name="moves", verbose_name="登记"
    )
    reason = models.CharField("事由", max_length=5, choices=MoveReason.choices)
    change = models.IntegerField("增减")
    left = models.PositiveIntegerField("结存")
    note = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="经办人")

    class Meta:
        verbose_name = verbose_name_plural = "库存进出"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["thing", "-id"], name="stockmove_thing")]

    def __str__(self) -> str:
        return f"{self.thing} {self.change:+d}"
