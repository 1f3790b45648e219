"""What visitors report as lost by themselves, before anybody at the desk has looked at it."""

from django.db import models
from simple_history.models import HistoricalRecords

from lostfound.choices import VISITOR_REPORT_BADGES, VISITOR_REPORT_TRANSITIONS, PartOfDay, VisitorReportState
from lostfound.models.reports import LostReport
from servicedesk.models import Record, RecordQuerySet, VisitorCode
from servicedesk.sealing import DigestField, SealedField, TailField, masked, masked_name


class VisitorReportQuerySet(RecordQuerySet):
    def waiting(self) -> "VisitorReportQuerySet":
        """Nobody has looked at them."""
        return self.filter(state=VisitorReportState.WAITING)


class VisitorReport(Record):
    """游客扫码报失 WS: the inbox of the open page. One look at the desk makes a lost report of it, or says why not."""

    TRANSITIONS = VISITOR_REPORT_TRANSITIONS

    created_by = None  # type: ignore[assignment]  # a visitor made it
    state = models.CharField(
        "状态", max_length=8, choices=VisitorReportState.choices, default=VisitorReportState.WAITING
    )
    code = models.ForeignKey(VisitorCode, models.PROTECT, related_name="+", verbose_name="二维码")
    posted_key = models.UUIDField(unique=True, editable=False)
    language = models.CharField("语言", max_length=2, choices=[("zh", "中文"), ("en", "英文")], default="zh")
    owner_name = models.CharField("失主姓名", max_length=100)
    phone = SealedField("联系电话")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    thing = models.CharField("物品名称", max_length=60)
    colour = models.CharField("颜色", max_length=30, blank=True)
    features = models.TextField("特征", max_length=1000, blank=True)
    zone = models.ForeignKey("servicedesk.Zone", models.PROTECT, related_name="+", verbose_name="遗失地点")
    last_seen = models.CharField("最后见到", max_length=200, blank=True)
    lost_on = models.DateField("遗失日期")
    part_of_day = models.CharField("大约时间", max_length=9, choices=PartOfDay.choices)
    report = models.ForeignKey(
        LostReport, models.PROTECT, null=True, blank=True, related_name="told_by_visitor", verbose_name="失物登记"
    )
    drop_reason = models.CharField("不登记原因", max_length=200, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = VisitorReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "游客扫码报失"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        indexes = [
            models.Index(fields=["service_point", "-created_at"], name="visitor_point_created"),
            models.Index(fields=["state", "created_at"], name="visitor_state_created"),
            models.Index(fields=["-created_at", "-id"], name="visitor_created"),
        ]

    @property
    def badge(self):
        return VISITOR_REPORT_BADGES[VisitorReportState(self.state)]

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)

    @property
    def owner_masked(self) -> str:
        return masked_name(self.owner_name)

    @property
    def described(self) -> str:
        return f"{self.colour} {self.thing}".strip()

    @property
    def lost_when(self) -> str:
        """`11月20日 上午`."""
        return f"{self.lost_on.month}月{self.lost_on.day}日 {self.get_part_of_day_display()}"
