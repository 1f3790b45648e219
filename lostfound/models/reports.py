"""Lost reports, what was done about them, and matches with found items."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from lostfound.choices import (
    MATCH_BADGES,
    MATCH_TRANSITIONS,
    OPEN_ITEM_STATES,
    REPORT_BADGES,
    REPORT_TRANSITIONS,
    SEARCHING_STATES,
    ContactChannel,
    ContactOutcome,
    MatchState,
    MeasureKind,
    PickupWay,
    Relation,
    ReportChannel,
    ReportState,
)
from lostfound.models.items import FoundItem, ItemCategory
from servicedesk.choices import Sex
from servicedesk.models import Record, RecordQuerySet
from servicedesk.sealing import DigestField, SealedField, TailField, digest, masked, masked_name


class LostReportQuerySet(RecordQuerySet):
    def searching(self) -> "LostReportQuerySet":
        """Still to be found: open or waiting for the owner's word."""
        return self.filter(state__in=SEARCHING_STATES)

    def term_over(self, on) -> "LostReportQuerySet":
        """Open reports whose term ended before the day `on`."""
        return self.filter(state=ReportState.OPEN, expires_on__lt=on)

    def of_phone(self, phone: str) -> "LostReportQuerySet":
        """Earlier reports of the same visitor, known by the whole number."""
        return self.filter(phone_digest=digest(phone)).exclude(phone_digest="")


class LostReport(Record):
    """游客失物登记 (3.6): SS. What a visitor says is lost, where they walked, how to reach them."""

    TRANSITIONS = REPORT_TRANSITIONS

    state = models.CharField("状态", max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    channel = models.CharField("登记方式", max_length=8, choices=ReportChannel.choices, default=ReportChannel.DESK)

    owner_name = models.CharField("失主姓名", max_length=100)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices, blank=True)
    phone = SealedField("联系电话")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    other_contact = models.CharField("备用/微信", max_length=60, blank=True)
    reporter_name = models.CharField("报失人", max_length=100, blank=True, help_text="不是失主本人时填写")
    relation = models.CharField("与失主关系", max_length=8, choices=Relation.choices, default=Relation.SELF)
    origin = models.CharField("来源地/住址", max_length=120, blank=True)
    group_info = models.CharField("旅行社/导游电话", max_length=100, blank=True)
    leaves_at = models.DateTimeField("预计离园/离开本地", null=True, blank=True)
    call_when = models.CharField("方便接听时间", max_length=60, blank=True)

    lost_from = models.DateTimeField("遗失时间起")
    lost_to = models.DateTimeField("遗失时间止")
    zones = models.ManyToManyField("servicedesk.Zone", through="LostReportZone", verbose_name="游览路线")
    last_seen = models.CharField("最后见到", max_length=200, blank=True)

    category = models.ForeignKey(ItemCategory, models.PROTECT, verbose_name="类别", related_name="reports")
    thing = models.CharField("物品名称", max_length=60)
    quantity = models.PositiveIntegerField("数量", default=1)
    unit = models.CharField("单位", max_length=6, default="件")
    brand = models.CharField("品牌/型号", max_length=60, blank=True)
    colour = models.CharField("颜色", max_length=30, blank=True)
    features = models.TextField("特征/内装物", max_length=10000, blank=True)
    name_on_item = models.CharField("物品上的姓名", max_length=100, blank=True)
    number_on_item = SealedField("机号/证件号", blank=True, default="")
    number_on_item_tail = TailField("号码后四位", of="number_on_item")
    number_on_item_digest = DigestField(of="number_on_item", db_index=True)
    estimated_value = models.DecimalField("估价(元)", max_digits=12, decimal_places=2, null=True, blank=True)
    blind_answers = SealedField(
        "核验答案", is_closed=True, blank=True, default="", help_text="失主先说的、日后用来核对的细节"
    )

    pickup_way = models.CharField("找到后领取方式", max_length=8, choices=PickupWay.choices, blank=True)
    mail_address = models.CharField("收件地址", max_length=200, blank=True)

    expires_on = models.DateField("登记期满")
    found_item = models.ForeignKey(
        FoundItem, models.PROTECT, null=True, blank=True, related_name="found_for", verbose_name="对应拾物"
    )
    fetched_by = models.CharField("领取人", max_length=100, blank=True)
    closed_at = models.DateTimeField("结案时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结案经办"
    )
    close_reason = models.CharField("结案原因", max_length=200, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = LostReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "失物登记"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("close_lostreport", "结案与撤销"), ("reopen_lostreport", "重新寻找")]
        indexes = [
            models.Index(fields=["service_point", "-created_at"], name="report_point_created"),
            models.Index(fields=["state", "-created_at"], name="report_state_created"),
            models.Index(fields=["-created_at", "-id"], name="report_created"),
            models.Index(fields=["lost_to", "id"], name="report_lost_to"),
            models.Index(fields=["phone_tail"], name="report_phone_tail"),
            # What the matching asks: open reports of a kind around a day, and the strong signs.
            models.Index(fields=["category", "state", "lost_to"], name="report_kind_lost"),
            models.Index(fields=["owner_name"], name="report_owner_name"),
            models.Index(fields=["name_on_item"], name="report_name_on_item"),
            models.Index(fields=["number_on_item_tail"], name="report_number_tail"),
            models.Index(fields=["state", "expires_on"], name="report_state_expires"),
        ]

    @property
    def badge(self):
        return REPORT_BADGES[ReportState(self.state)]

    @property
    def is_searching(self) -> bool:
        return self.state in SEARCHING_STATES

    @property
    def number_on_item_masked(self) -> str:
        return masked(self.number_on_item)

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)

    @property
    def owner_masked(self) -> str:
        return masked_name(self.owner_name)

    @property
    def fetcher_masked(self) -> str:
        return masked_name(self.fetched_by)

    @property
    def described(self) -> str:
        return " ".join(p for p in (self.colour, self.brand, self.thing) if p) + f" {self.quantity}{self.unit}"

    @property
    def route(self) -> str:
        """Zones in the order walked: `东门 → 观景台`."""
        return route_of(self.steps.all())

    @property
    def last_place(self) -> str:
        """`观景台 等 3 处`: the last zone of the walk, as lists show it."""
        steps = self.steps.all()
        last = steps[len(steps) - 1].zone.name if steps else ""
        return f"{last} 等 {len(steps)} 处" if len(steps) > 1 else last


def route_of(steps: "Iterable[LostReportZone]") -> str:
    """The zones of some steps as a way: `东门 → 观景台`."""
    return " → ".join(step.zone.name for step in steps)


class LostReportZone(models.Model):
    """One place of the visitor's walk."""

    report = models.ForeignKey(LostReport, models.CASCADE, related_name="steps")
    zone = models.ForeignKey("servicedesk.Zone", models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = verbose_name_plural = "路线"
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.order} {self.zone_id}"


class ReportLine(models.Model):
    """A further thing lost together with the first."""

    report = models.ForeignKey(LostReport, models.PROTECT, related_name="lines")
    category = models.ForeignKey(
        ItemCategory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="类别",
        help_text="据名称猜出,匹配时用",
    )
    thing = models.CharField("物品名称", max_length=60)
    quantity = models.PositiveIntegerField("数量", default=1)
    look = models.CharField("品牌/型号/颜色", max_length=120, blank=True)
    features = models.CharField("特征", max_length=300, blank=True)
    estimated_value = models.DecimalField("估价(元)", max_digits=12, decimal_places=2, null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "同时遗失"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.thing


class Measure(models.Model):
    """已采取措施: what the desk did at once. A row is written once."""

    report = models.ForeignKey(LostReport, models.PROTECT, related_name="measures")
    kind = models.CharField("措施", max_length=10, choices=MeasureKind.choices)
    at = models.DateTimeField("时间")
    detail = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办")

    class Meta:
        verbose_name = verbose_name_plural = "措施"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class ContactAttempt(models.Model):
    """联系记录: each try to reach an owner, about an item, a report or both. Never changed."""

    item = models.ForeignKey(FoundItem, models.PROTECT, null=True, blank=True, related_name="contacts")
    report = models.ForeignKey(LostReport, models.PROTECT, null=True, blank=True, related_name="contacts")
    at = models.DateTimeField("时间")
    channel = models.CharField("方式", max_length=10, choices=ContactChannel.choices, default=ContactChannel.PHONE)
    outcome = models.CharField("结果", max_length=10, choices=ContactOutcome.choices)
    note = models.CharField("内容", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="联系人")
    created_at = models.DateTimeField("录入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "联系记录"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False) | Q(report__isnull=False), name="contact_about_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%m-%d %H:%M} {self.get_outcome_display()}"


class MatchQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MatchQuerySet":
        """Pairs of which the person may see at least one side."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("servicedesk.see_all_points"):
            return self
        points = user.service_points.all()
        return self.filter(Q(item__service_point__in=points) | Q(report__service_point__in=points))

    def suggested(self) -> "MatchQuerySet":
        return self.filter(state=MatchState.SUGGESTED)

    def confirmed(self) -> "MatchQuerySet":
        return self.filter(state=MatchState.CONFIRMED)

    def waiting(self) -> "MatchQuerySet":
        """To be looked at: suggested, and both sides still open."""
        return self.suggested().filter(item__state__in=OPEN_ITEM_STATES, report__state__in=SEARCHING_STATES)


class Match(models.Model):
    """匹配: a ranked guess that a found item is a lost thing; people decide."""

    TRANSITIONS = MATCH_TRANSITIONS

    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="matches")
    report = models.ForeignKey(LostReport, models.PROTECT, related_name="matches")
    score = models.PositiveSmallIntegerField("分数")
    reasons = models.JSONField("理由", default=list)
    state = models.CharField("状态", max_length=9, choices=MatchState.choices, default=MatchState.SUGGESTED)
    suggested_at = models.DateTimeField("提示时间", auto_now_add=True)
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decision_reason = models.CharField("原因", max_length=200, blank=True)
    history = HistoricalRecords()

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "匹配"
        ordering = ["-score", "pk"]
        indexes = [
            models.Index(fields=["state", "-score", "id"], name="match_state_score"),
            models.Index(fields=["-score", "id"], name="match_score"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "report"], name="one_match_per_pair"),
            models.UniqueConstraint(
                fields=["item"], name="one_confirmed_match_per_item", condition=Q(state=MatchState.CONFIRMED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.number} 与 {self.report.number}"

    @property
    def badge(self):
        return MATCH_BADGES[MatchState(self.state)]

    @property
    def why(self) -> str:
        """`同类 · 同色 · 地点相邻 · 时间差 40 分 · 姓名一致`."""
        return " · ".join(self.reasons)
