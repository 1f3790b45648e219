"""抱怨: displeasure soothed on the spot, no answer expected."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from simple_history.models import HistoricalRecords

from complaints.choices import GRIEVANCE_BADGES, GRIEVANCE_TRANSITIONS, Channel, GrievanceState
from complaints.models.complaints import Complaint
from servicedesk.models import Department, Record, RecordQuerySet, Zone
from servicedesk.sealing import DigestField, SealedField, TailField, digest, masked, masked_name

PERSON = settings.AUTH_USER_MODEL


class GrievanceQuerySet(RecordQuerySet):
    def counted(self) -> "GrievanceQuerySet":
        """Those that the figures count as grievances: one that became a complaint counts there."""
        return self.exclude(state__in=(GrievanceState.DRAFT, GrievanceState.UPGRADED, GrievanceState.VOID))

    def of_phone(self, phone: str) -> "GrievanceQuerySet":
        return self.filter(phone_digest=digest(phone)).exclude(phone_digest="")


class Grievance(Record):
    """游客抱怨 (a row of 3.2): BY."""

    TRANSITIONS = GRIEVANCE_TRANSITIONS

    state = models.CharField(
        "状态", max_length=10, choices=GrievanceState.choices, default=GrievanceState.REGISTERED
    )
    created_by = models.ForeignKey(  # type: ignore[assignment]  # a draft was received by nobody yet
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    received_at = models.DateTimeField("时间")
    channel = models.CharField("渠道", max_length=6, choices=Channel.choices, default=Channel.VISIT)
    visitor_name = models.CharField("游客", max_length=100, blank=True)
    phone = SealedField("电话", blank=True, default="")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    category = models.CharField("类别", max_length=20)
    subcategory = models.CharField("细类", max_length=20, blank=True)
    words = models.TextField("抱怨内容", max_length=2000)
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="地点")
    place_detail = models.CharField("具体位置", max_length=100, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及部门"
    )
    soothing = models.CharField("现场安抚与处理", max_length=500, blank=True)
    signals = models.CharField("升级信号", max_length=60, blank=True)
    supervisor_told_at = models.DateTimeField("告知督导", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="督导确认"
    )
    confirmed_at = models.DateTimeField("督导确认时间", null=True, blank=True)
    soothed_at = models.DateTimeField("化解时间", null=True, blank=True)
    complaint = models.OneToOneField(
        Complaint, models.PROTECT, null=True, blank=True, related_name="grievance", verbose_name="升级为"
    )
    source_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    source = GenericForeignKey("source_type", "source_id")
    source_text = models.CharField("来源", max_length=60, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = GrievanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抱怨"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("void_grievance", "作废抱怨"), ("confirm_grievance", "督导确认抱怨"), ("archive_grievance", "抱怨归档"),
        ]
        indexes = [
            models.Index(fields=["service_point", "-received_at"], name="grievance_point_received"),
            models.Index(fields=["service_point", "state", "-received_at", "-id"], name="grievance_point_state"),
            models.Index(fields=["-received_at", "-id"], name="grievance_received"),
            models.Index(fields=["phone_tail"], name="grievance_phone_tail"),
        ]

    @property
    def badge(self) -> tuple:
        return GRIEVANCE_BADGES[GrievanceState(self.state)]

    @property
    def is_draft(self) -> bool:
        return self.state == GrievanceState.DRAFT

    @property
    def may_upgrade(self) -> bool:
        return self.state in (GrievanceState.REGISTERED, GrievanceState.SOOTHED)

    @property
    def outcome(self) -> str:
        """`已平息`, or the number of the complaint that it became: the cell of the ledger."""
        if self.state == GrievanceState.UPGRADED:
            return str(self.complaint)
        return "已平息" if self.soothed_at else ""

    @property
    def place(self) -> str:
        return f"{self.zone or ''} {self.place_detail}".strip()

    @property
    def kind(self) -> str:
        return f"{self.category} · {self.subcategory}" if self.subcategory else self.category

    @property
    def visitor_masked(self) -> str:
        return masked_name(self.visitor_name) or "匿名"

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)
