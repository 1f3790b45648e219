"""The custody chain: who answers for a thing, move by move, and the count at shift change."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from lostfound.choices import (
    OFFER_TRANSITIONS,
    STOCK_TAKE_BADGES,
    STOCK_TAKE_TRANSITIONS,
    CountResult,
    MoveKind,
    OfferState,
    StockTakeState,
)
from lostfound.models.items import FoundItem
from servicedesk.choices import SignatureMeans
from servicedesk.models import Record


class CustodyMove(models.Model):
    """交接: from, to, place, reason, both acknowledgements. Never changed; a mistake is a further row."""

    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="moves")
    kind = models.CharField("类型", max_length=10, choices=MoveKind.choices)
    at = models.DateTimeField("时间")
    from_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交出人"
    )
    from_text = models.CharField("交出人(外部)", max_length=100, blank=True)
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接收人"
    )
    to_text = models.CharField("接收人(外部)", max_length=100, blank=True)
    place = models.ForeignKey(
        "servicedesk.StoragePlace", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="存放处"
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    given_at = models.DateTimeField("交出确认", null=True, blank=True)
    given_means = models.CharField("交出确认方式", max_length=8, choices=SignatureMeans.choices, blank=True)
    taken_at = models.DateTimeField("接收确认", null=True, blank=True)
    taken_means = models.CharField("接收确认方式", max_length=8, choices=SignatureMeans.choices, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    created_at = models.DateTimeField("录入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "交接记录"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.get_kind_display()}"

    @property
    def giver(self) -> str:
        return self.from_person.name if self.from_person else self.from_text

    @property
    def taker(self) -> str:
        return self.to_person.name if self.to_person else self.to_text


class CustodyOffer(models.Model):
    """待接收的交接: one side has acknowledged; the move is written when the other side does."""

    TRANSITIONS = OFFER_TRANSITIONS

    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="offers")
    from_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="交出人")
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="custody_offers", verbose_name="接收人"
    )
    place = models.ForeignKey(
        "servicedesk.StoragePlace", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="存放处"
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=9, choices=OfferState.choices, default=OfferState.WAITING)
    at = models.DateTimeField("交出时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answer_reason = models.CharField("未接收原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待接收交接"
        constraints = [
            models.UniqueConstraint(
                fields=["item"], name="one_waiting_offer_per_item", condition=models.Q(state=OfferState.WAITING)
            )
        ]

    def __str__(self) -> str:
        return f"{self.item.number} 的交接"


class StockTake(Record):
    """贵重物品盘点: every valuable counted by seal number when a shift hands over; both sign."""

    TRANSITIONS = STOCK_TAKE_TRANSITIONS

    state = models.CharField("状态", max_length=9, choices=StockTakeState.choices, default=StockTakeState.COUNTING)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="交班人"
    )
    taken_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接班人"
    )
    signed_at = models.DateTimeField("签字时间", null=True, blank=True)
    note = models.TextField("说明", blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "贵重物品盘点"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        constraints = [
            models.UniqueConstraint(
                fields=["service_point"], name="one_running_count_per_point",
                condition=models.Q(state=StockTakeState.COUNTING),
            )
        ]

    @property
    def badge(self):
        return STOCK_TAKE_BADGES[StockTakeState(self.state)]


class StockTakeLine(models.Model):
    """One valuable in the count."""

    stock_take = models.ForeignKey(StockTake, models.PROTECT, related_name="lines")
    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="+")
    seal_expected = models.CharField("应有封袋号", max_length=30, blank=True)
    seal_seen = models.CharField("实见封袋号", max_length=30, blank=True)
    place_expected = models.CharField("应在", max_length=60, blank=True)
    result = models.CharField("结果", max_length=12, choices=CountResult.choices, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "盘点行"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["stock_take", "item"], name="one_line_per_item_and_count")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.result}"

    @property
    def is_difference(self) -> bool:
        """Something a supervisor must look at."""
        return self.result in (CountResult.ABSENT, CountResult.SEAL_BROKEN)
