"""Found items: one table for three intake kinds, with contents, cash and their categories."""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from lostfound.choices import (
    AT_DESK_STATES,
    CURRENCIES,
    ITEM_BADGES,
    ITEM_TRANSITIONS,
    OPEN_ITEM_STATES,
    IntakeKind,
    ItemState,
    TermEnd,
    TermKind,
)
from servicedesk.choices import StorageKind
from servicedesk.models import Record, RecordQuerySet
from servicedesk.sealing import DigestField, SealedField, TailField, masked, masked_name


class ItemCategoryQuerySet(models.QuerySet):
    def choosable(self, own: "ItemCategory | None" = None) -> "ItemCategoryQuerySet":
        """Open categories; for a record that is edited also its own, should that be closed by now."""
        return self.filter(Q(is_active=True) | Q(pk=own.pk)) if own else self.filter(is_active=True)


class ItemCategory(models.Model):
    """物品类别: the manager's table of what counts as valuable and how long it is kept."""

    code = models.CharField("类别码", max_length=10, unique=True)
    name = models.CharField("名称", max_length=40, unique=True)
    keywords = models.CharField("常见叫法", max_length=300, blank=True, help_text="用空格分开,登记时据此猜类别")
    is_valuable = models.BooleanField("贵重", default=False)
    is_identity = models.BooleanField("证件", default=False)
    is_phone = models.BooleanField("手机", default=False)
    is_cash = models.BooleanField("现金", default=False)
    is_forbidden = models.BooleanField("违禁/涉密/军用", default=False, help_text="立即移交公安,不公告")
    needs_fire_safe = models.BooleanField("须放防火处", default=False)
    needs_cold = models.BooleanField("须冷藏", default=False)
    term_kind = models.CharField("保管期", max_length=10, choices=TermKind.choices, default=TermKind.MONTH_END)
    term_number = models.PositiveIntegerField("期限数", default=0)
    term_end = models.CharField("期满去向", max_length=10, choices=TermEnd.choices, default=TermEnd.FINANCE)
    order = models.PositiveSmallIntegerField("次序", default=50)
    is_active = models.BooleanField("在用", default=True)
    history = HistoricalRecords()

    objects = ItemCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "物品类别"
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def term(self) -> str:
        """`72 小时`, `30 天`, `当日`, `当月末`: the desk's own term as the manager reads it."""
        units = {TermKind.HOURS: "小时", TermKind.DAYS: "天"}
        unit = units.get(TermKind(self.term_kind))
        return f"{self.term_number} {unit}" if unit else str(self.get_term_kind_display())

    @property
    def kept_in(self) -> str:
        """The kind of `StorageKind` that a thing of this category must lie in; empty for any."""
        if self.needs_fire_safe:
            return StorageKind.FIRE_SAFE
        return StorageKind.COLD if self.needs_cold else ""


class FoundItemQuerySet(RecordQuerySet):
    def open(self) -> "FoundItemQuerySet":
        """Not ended: somebody still answers for it."""
        return self.filter(state__in=OPEN_ITEM_STATES)

    def at_desk(self) -> "FoundItemQuerySet":
        return self.filter(state__in=AT_DESK_STATES)

    def valuables(self) -> "FoundItemQuerySet":
        return self.filter(is_valuable=True)

    def outside_the_safe_hands(self) -> "FoundItemQuerySet":
        """Valuables at the desk that no custodian has acknowledged yet."""
        return self.at_desk().valuables().filter(custodian_took_at__isnull=True)

    def unfiled(self) -> "FoundItemQuerySet":
        """On-the-spot finds whose sheet the foreman has not brought to the desk."""
        return self.filter(intake_kind=IntakeKind.ON_SPOT, filed_at__isnull=True).exclude(state=ItemState.VOID)

    def unfiled_by(self, foreman) -> "FoundItemQuerySet":
        """The sheets that are this foreman's to bring."""
        return self.unfiled().filter(foreman=foreman)

    def without_notice(self) -> "FoundItemQuerySet":
        """At the desk, announceable, never published: the legal year has not begun."""
        return self.at_desk().filter(announced_at__isnull=True, category__is_forbidden=False)

    def silent_since(self, moment: dt.datetime) -> "FoundItemQuerySet":
        """Handed in before a moment and not announced yet."""
        return self.without_notice().filter(handed_in_at__lte=moment)

    def since(self, moment: dt.datetime) -> "FoundItemQuerySet":
        """Registered since a moment."""
        return self.filter(created_at__gte=moment)

    def returned_since(self, moment: dt.datetime) -> "FoundItemQuerySet":
        return self.filter(state=ItemState.RETURNED, ended_at__gte=moment)

    def not_to_be_kept(self) -> "FoundItemQuerySet":
        """Weapons, contraband, classified, military: still in the house, where they must not stay."""
        here = (ItemState.FIELD_HELD, *AT_DESK_STATES)
        return self.filter(state__in=here, category__is_forbidden=True)

    def past_desk_term(self, on) -> "FoundItemQuerySet":
        """期满: the last day of the desk's own term has come, or has gone."""
        return self.at_desk().filter(desk_due_on__lte=on)


class FoundItem(Record):
    """拾物 (3.3, 3.4, 3.5): SW, YG or XC. `holder` is always a person; `storage` is only a place."""

    TRANSITIONS = ITEM_TRANSITIONS

    intake_kind = models.CharField("来源", max_length=8, choices=IntakeKind.choices)
    state = models.CharField("状态", max_length=12, choices=ItemState.choices)

    # the thing
    category = models.ForeignKey(ItemCategory, models.PROTECT, verbose_name="类别", related_name="items")
    thing = models.CharField("物品名称", max_length=60)
    quantity = models.PositiveIntegerField("数量", default=1)
    unit = models.CharField("单位", max_length=6, default="件")
    brand = models.CharField("品牌/型号", max_length=60, blank=True)
    colour = models.CharField("颜色", max_length=30, blank=True)
    spec = models.CharField("规格", max_length=60, blank=True)
    features = models.TextField("特征(内部)", blank=True, max_length=10000)
    public_text = models.CharField("公开描述", max_length=200, blank=True, help_text="公告用,不写能辨认失主的特征")
    secret_marks = SealedField("暗记", is_closed=True, blank=True, default="", help_text="只供核验,查看留痕")
    name_on_item = models.CharField("物品上的姓名", max_length=100, blank=True)
    number_on_item = SealedField("物品上的号码", blank=True, default="")
    number_on_item_tail = TailField("物品上的号码后四位", of="number_on_item")
    number_on_item_digest = DigestField(of="number_on_item", db_index=True)
    estimated_value = models.DecimalField("估价(元)", max_digits=12, decimal_places=2, null=True, blank=True)
    is_valuable = models.BooleanField("贵重", default=False)

    # where and when
    found_at = models.DateTimeField("拾获时间")
    zone = models.ForeignKey("servicedesk.Zone", models.PROTECT, verbose_name="拾获地点", related_name="+")
    place_detail = models.CharField("参照物", max_length=100, blank=True)
    handed_in_at = models.DateTimeField("上交时间", null=True, blank=True)

    # who found it: a visitor's own words, or a row of the staff table
    finder_name = models.CharField("拾物人姓名", max_length=100, blank=True)
    finder_is_anonymous = models.BooleanField("不愿留名", default=False)
    finder_phone = SealedField("拾物人电话", blank=True, default="")
    finder_phone_tail = TailField("拾物人电话后四位", of="finder_phone")
    finder_phone_digest = DigestField(of="finder_phone", db_index=True)
    finder_origin = models.CharField("拾物人来源地/住址", max_length=120, blank=True)
    finder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="拾物员工", null=True, blank=True, related_name="finds"
    )
    finder_post = models.CharField("部门/岗位", max_length=80, blank=True, help_text="登记当时的部门和岗位")

    # custody
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="保管人", null=True, blank=True,
        related_name="held_items",
    )
    storage = models.ForeignKey(
        "servicedesk.StoragePlace", models.PROTECT, verbose_name="存放处", null=True, blank=True, related_name="items"
    )
    seal_number = models.CharField("封袋号", max_length=30, blank=True)
    has_label = models.BooleanField("信息卡已粘贴", default=False)
    second_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="复核/见证人", null=True, blank=True, related_name="+"
    )
    second_person_at = models.DateTimeField("复核时间", null=True, blank=True)
    custodian_took_at = models.DateTimeField("负责人接收时间", null=True, blank=True)

    # on the spot
    desk_came_at = models.DateTimeField("客服到场时间", null=True, blank=True)
    desk_absent_reason = models.CharField("客服未到原因", max_length=100, blank=True)
    owner_came_at = models.DateTimeField("失主到场时间", null=True, blank=True)
    witness = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="见证员工", null=True, blank=True, related_name="+"
    )
    foreman = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="领班", null=True, blank=True, related_name="+"
    )
    filed_at = models.DateTimeField("备案时间", null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="备案人", null=True, blank=True, related_name="+"
    )
    is_filed_late = models.BooleanField("逾时备案", null=True, blank=True)
    is_late_entry = models.BooleanField("补录", default=False)

    # clocks
    desk_due_on = models.DateField("本处保管到期", null=True, blank=True)
    announced_at = models.DateTimeField("首次公告时间", null=True, blank=True)
    legal_due_on = models.DateField("法定期满", null=True, blank=True)

    # hold: blocks every exit
    is_on_hold = models.BooleanField("冻结", default=False)
    hold_reason = models.CharField("冻结原因", max_length=200, blank=True)
    held_at = models.DateTimeField("冻结时间", null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="冻结人", null=True, blank=True, related_name="+"
    )

    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    end_note = models.CharField("办结说明", max_length=200, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = FoundItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "拾物"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("accept_founditem", "收进保管"),
            ("move_founditem", "交接与移位"),
            ("keep_founditem", "以负责人身份接收贵重物品"),
            ("release_founditem", "发还"),
            ("file_founditem", "现场拾物备案"),
            ("return_on_spot", "现场发还"),
            ("hold_founditem", "冻结与解冻"),
            ("void_founditem", "作废"),
            ("police_founditem", "移交公安"),
            ("see_secret_marks", "查看暗记"),
        ]
        indexes = [
            models.Index(fields=["service_point", "-created_at"], name="item_point_created"),
            models.Index(fields=["service_point", "state", "-created_at", "-id"], name="item_point_state"),
            models.Index(fields=["service_point", "state", "-ended_at"], name="item_point_ended"),
            models.Index(fields=["state", "-created_at"], name="item_state_created"),
            models.Index(fields=["state", "-ended_at"], name="item_state_ended"),
            models.Index(fields=["-created_at", "-id"], name="item_created"),
            models.Index(fields=["intake_kind", "-created_at", "-id"], name="item_source_created"),
            models.Index(fields=["-created_at", "-id"], name="item_valuable", condition=Q(is_valuable=True)),
            models.Index(fields=["-found_at"], name="item_found"),
            models.Index(fields=["finder_phone_tail"], name="item_finder_tail"),
            models.Index(fields=["number_on_item_tail"], name="item_number_tail"),
            models.Index(fields=["category", "state", "found_at"], name="item_kind_found"),
            models.Index(fields=["name_on_item"], name="item_name_on_item"),
            models.Index(fields=["-ended_at"], name="item_ended"),
            models.Index(fields=["state", "desk_due_on"], name="item_state_due"),
            models.Index(
                fields=["state", "service_point"], name="item_unfiled_state",
                condition=Q(intake_kind=IntakeKind.ON_SPOT, filed_at=None),
            ),
            models.Index(fields=["service_point"], name="item_on_hold", condition=Q(is_on_hold=True)),
            models.Index(fields=["seal_number"], name="item_seal_open", condition=Q(ended_at=None)),
            models.Index(
                fields=["service_point"], name="item_valuable_open", condition=Q(is_valuable=True, ended_at=None)
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ITEM_STATES

    @property
    def badge(self):
        """Tone and icon of the state."""
        return ITEM_BADGES[ItemState(self.state)]

    @property
    def kept_since(self) -> dt.datetime:
        """When the desk's own term began: handed in, or registered where that is not known."""
        return self.handed_in_at or self.created_at

    @property
    def described(self) -> str:
        """`黑色 华为 手机 1部`: the thing as staff speak of it."""
        parts = [self.colour, self.brand, self.thing]
        return " ".join(p for p in parts if p) + f" {self.quantity}{self.unit}"

    @property
    def finder_shown(self) -> str:
        """The finder as lists show it: masked for a visitor, full for staff."""
        if self.intake_kind != IntakeKind.VISITOR:
            # Of an old ledger only the name is known.
            return self.finder.name if self.finder else self.finder_name
        return "匿名" if self.finder_is_anonymous else masked_name(self.finder_name)

    @property
    def finder_phone_masked(self) -> str:
        return masked(self.finder_phone)

    @property
    def number_on_item_masked(self) -> str:
        return masked(self.number_on_item)

    @property
    def place(self) -> str:
        return f"{self.zone.name} {self.place_detail}".strip()

    @property
    def cash_total(self) -> Decimal:
        """Yuan in the cash lines of currency CNY; other currencies are listed, not added."""
        return sum((line.amount for line in self.cash_lines.all() if line.currency == "CNY"), Decimal(0))


class ContentLine(models.Model):
    """内装物: one line of what a bag or wallet holds, or a further thing of the same find."""

    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="contents")
    thing = models.CharField("物品名称", max_length=60)
    quantity = models.PositiveIntegerField("数量", default=1)
    unit = models.CharField("单位", max_length=6, default="件")
    look = models.CharField("品牌/型号/颜色/规格", max_length=120, blank=True)
    features = models.CharField("特征", max_length=300, blank=True)
    estimated_value = models.DecimalField("估价(元)", max_digits=12, decimal_places=2, null=True, blank=True)
    is_inside = models.BooleanField("装在物品内", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "内装物"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.thing} {self.quantity}{self.unit}"


class CashLine(models.Model):
    """现金清点: pieces of one denomination, counted by two."""

    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="cash_lines")
    currency = models.CharField("币种", max_length=3, default="CNY")
    denomination = models.DecimalField("面额", max_digits=10, decimal_places=2)
    pieces = models.PositiveIntegerField("张数")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "现金"
        ordering = ["currency", "-denomination"]

    def __str__(self) -> str:
        return f"{self.currency_name} {self.denomination} × {self.pieces}"

    @property
    def amount(self) -> Decimal:
        return self.denomination * self.pieces

    @property
    def currency_name(self) -> str:
        return CURRENCIES.get(self.currency, self.currency)


class Slip(models.Model):
    """员工拾到物品回执 (3.9): HZ, made with each staff find; proof of a good deed, no claim ticket."""

    number = models.CharField("回执编号", max_length=24, unique=True)
    item = models.OneToOneField(FoundItem, models.PROTECT, related_name="slip")
    created_at = models.DateTimeField("开具时间")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="接收人")
    handed_at = models.DateTimeField("交员工时间", null=True, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "员工拾到物品回执"

    def __str__(self) -> str:
        return self.number
