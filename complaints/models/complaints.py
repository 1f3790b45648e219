"""投诉: what a visitor asks to be put right, by when it is owed, and how it ended."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from simple_history.models import HistoricalRecords

from complaints.choices import (
    COMPLAINT_BADGES,
    COMPLAINT_TRANSITIONS,
    OWING_STATES,
    RUNNING_STATES,
    SIGNING_CHANNELS,
    UNCOUNTED_STATES,
    Channel,
    ComplaintState,
    Language,
    Liability,
    OfferState,
    Outcome,
    Satisfaction,
    Severity,
)
from complaints.models.incidents import Incident
from servicedesk.choices import Sex
from servicedesk.models import Department, Record, RecordQuerySet, Zone
from servicedesk.sealing import DigestField, SealedField, TailField, digest, masked, masked_name

PERSON = settings.AUTH_USER_MODEL
REPLY_SOON = dt.timedelta(hours=6)


class ComplaintQuerySet(RecordQuerySet):
    def running(self) -> "ComplaintQuerySet":
        """Somebody still owes an answer or a solution."""
        return self.filter(state__in=RUNNING_STATES)

    def counted(self) -> "ComplaintQuerySet":
        """Those that the figures count."""
        return self.exclude(state__in=UNCOUNTED_STATES)

    def of_phone(self, phone: str) -> "ComplaintQuerySet":
        """Of the same visitor, known by the whole number."""
        return self.filter(phone_digest=digest(phone)).exclude(phone_digest="")

    def alike(self, complaint: "Complaint", within: dt.timedelta) -> "ComplaintQuerySet":
        """Others that count, of the same category and place, happened within some time of it."""
        near = (complaint.occurred_at - within, complaint.occurred_at + within)
        same = self.filter(category=complaint.category, zone_id=complaint.zone_id, occurred_at__range=near)
        return same.counted().exclude(pk=complaint.pk)

    def offered_to(self, person) -> "ComplaintQuerySet":
        """Handed over to a person who has not answered yet."""
        return self.filter(offers__state=OfferState.OFFERED, offers__to_person=person)

    def reply_late(self, now: dt.datetime) -> "ComplaintQuerySet":
        """First answered after its moment, or still not; equal is on time."""
        return self.annotate(done=Coalesce("replied_at", "ended_at", now)).filter(done__gt=F("reply_due_at"))

    def solution_late(self, now: dt.datetime) -> "ComplaintQuerySet":
        """Solved after its moment, or still not; equal is on time."""
        return self.annotate(done=Coalesce("solved_at", "ended_at", now)).filter(done__gt=F("solution_due_at"))

    def reply_soon(self, now: dt.datetime) -> "ComplaintQuerySet":
        """Without a first reply, which is owed within the next hours."""
        return self.running().filter(replied_at=None, reply_due_at__gte=now, reply_due_at__lte=now + REPLY_SOON)

    def overdue(self, now: dt.datetime) -> "ComplaintQuerySet":
        """Past one of its moments without the answer or the solution; one that was merged keeps its own."""
        return self.filter(state__in=OWING_STATES).filter(
            Q(replied_at=None, reply_due_at__lt=now) | Q(solved_at=None, solution_due_at__lt=now)
            | Q(solved_at=None, outside_due_at__lt=now)
        )


class Complaint(Record):
    """游客投诉登记表 (3.1): TS. Typed once by whoever hears it first, who stays its first receiver."""

    TRANSITIONS = COMPLAINT_TRANSITIONS

    state = models.CharField("状态", max_length=10, choices=ComplaintState.choices, default=ComplaintState.REGISTERED)
    severity = models.CharField("程度", max_length=8, choices=Severity.choices, default=Severity.ORDINARY)
    major_reasons = models.CharField("重大原因", max_length=60, blank=True)
    channel = models.CharField("投诉方式", max_length=6, choices=Channel.choices, default=Channel.VISIT)
    outside_number = models.CharField("转办单号", max_length=60, blank=True)
    outside_due_at = models.DateTimeField("转办期限", null=True, blank=True)
    outside_steps = models.JSONField("转办期限的算法", default=list, blank=True)

    occurred_at = models.DateTimeField("发生时间")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", verbose_name="发生地点")
    place_detail = models.CharField("具体位置", max_length=100, blank=True)
    received_at = models.DateTimeField("反映时间")

    visitor_name = models.CharField("投诉人", max_length=100, blank=True, help_text="空着就是匿名")
    sex = models.CharField("性别", max_length=1, choices=Sex.choices, blank=True)
    phone = SealedField("联系电话", blank=True, default="")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    document_number = SealedField("证件号", blank=True, default="")
    document_number_tail = TailField("证件后四位", of="document_number")
    document_number_digest = DigestField(of="document_number", db_index=True)
    contact_address = models.CharField("通讯地址/邮箱", max_length=200, blank=True)
    origin = models.CharField("来源地/国籍", max_length=120, blank=True)
    party_size = models.PositiveIntegerField("同行人数", null=True, blank=True)
    group_info = models.CharField("团队(旅行社/团号/导游)", max_length=100, blank=True)
    ticket_number = models.CharField("票号/订单号", max_length=60, blank=True)
    language = models.CharField("语言", max_length=7, choices=Language.choices, default=Language.CHINESE)
    is_reachable = models.BooleanField("能联系到")

    respondent_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被投诉部门"
    )
    respondent_merchant = models.CharField("被投诉商户/外包单位", max_length=100, blank=True)
    respondent_person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="当事员工"
    )
    respondent_look = models.CharField("当事人特征", max_length=100, blank=True)

    category = models.CharField("类别", max_length=20)
    subcategory = models.CharField("细类", max_length=20, blank=True)
    words = models.TextField("投诉事实与理由", max_length=5000)
    demands = models.CharField("诉求", max_length=60, blank=True)
    demand_amount = models.DecimalField("诉求金额(元)", max_digits=12, decimal_places=2, null=True, blank=True)
    evidence = models.CharField("证据材料", max_length=60, blank=True)
    evidence_note = models.CharField("证据说明/附件号", max_length=200, blank=True)
    soothing = models.CharField("现场安抚", max_length=500, blank=True)

    first_receiver = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="首问责任人")
    handler = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="经办人")

    reply_due_at = models.DateTimeField("首次答复期限")
    reply_steps = models.JSONField("首次答复期限的算法", default=list, blank=True)
    solution_due_at = models.DateTimeField("解决期限")
    solution_steps = models.JSONField("解决期限的算法", default=list, blank=True)
    replied_at = models.DateTimeField("首次答复时间", null=True, blank=True)
    replied_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="首次答复人"
    )
    first_reply = models.CharField("首次答复", max_length=1000, blank=True)
    solution = models.CharField("处理方案", max_length=2000, blank=True)
    offered_at = models.DateTimeField("方案反馈时间", null=True, blank=True)
    solved_at = models.DateTimeField("解决时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices, blank=True)
    result = models.CharField("处理结果", max_length=1000, blank=True)
    satisfaction = models.CharField("游客意见", max_length=9, choices=Satisfaction.choices, blank=True)
    visitor_opinion = models.CharField("游客的话", max_length=300, blank=True)
    liability = models.CharField("责任认定", max_length=7, choices=Liability.choices, blank=True)
    root_cause = models.CharField("根本原因", max_length=500, blank=True)
    correction = models.CharField("整改/责任追究", max_length=500, blank=True)
    round = models.PositiveSmallIntegerField("轮次", default=1)

    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="complaints", verbose_name="事件"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="并入"
    )
    passed_to = models.CharField("转往单位", max_length=100, blank=True)
    ended_at = models.DateTimeField("终止时间", null=True, blank=True, help_text="不予受理、转出、撤诉、作废")
    end_reason = models.CharField("终止原因", max_length=200, blank=True)
    archived_at = models.DateTimeField("归档时间", null=True, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version", "reply_steps", "solution_steps", "outside_steps"])

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "投诉"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("decide_complaint", "投诉受理与裁定"), ("end_complaint", "撤诉与作废"), ("archive_complaint", "投诉归档"),
            ("backdate_complaint", "补录较早的投诉"), ("downgrade_complaint", "投诉降为抱怨"),
        ]
        indexes = [
            models.Index(fields=["service_point", "-received_at"], name="complaint_point_received"),
            models.Index(fields=["service_point", "state", "-received_at", "-id"], name="complaint_point_state"),
            models.Index(fields=["-received_at", "-id"], name="complaint_received"),
            models.Index(fields=["state", "reply_due_at"], name="complaint_state_reply"),
            models.Index(fields=["state", "solution_due_at"], name="complaint_state_solution"),
            models.Index(fields=["phone_tail"], name="complaint_phone_tail"),
            models.Index(fields=["phone_digest", "received_at"], name="complaint_phone_received"),
            models.Index(fields=["category", "zone", "received_at"], name="complaint_kind_zone"),
        ]

    @property
    def badge(self) -> tuple:
        return COMPLAINT_BADGES[ComplaintState(self.state)]

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING_STATES

    @property
    def is_open_to_words(self) -> bool:
        """Whether facts and time line still take text; an archived one takes addenda alone."""
        return self.is_running or self.state in {
            ComplaintState.MERGED, ComplaintState.SOLVED, ComplaintState.CALLBACK, ComplaintState.CALLED,
        }

    @property
    def is_major(self) -> bool:
        return self.severity == Severity.MAJOR

    @property
    def is_signed_here(self) -> bool:
        """The visitor stood at the desk: the form wants a signature."""
        return self.channel in SIGNING_CHANNELS

    @property
    def place(self) -> str:
        return f"{self.zone} {self.place_detail}".strip()

    @property
    def kind(self) -> str:
        """`服务态度 · 推诿`."""
        return f"{self.category} · {self.subcategory}" if self.subcategory else self.category

    @property
    def respondent(self) -> str:
        """`票务部 星巴克 王芳`: whoever is complained about."""
        parts = (self.respondent_department, self.respondent_merchant, self.respondent_person)
        return " ".join(str(part) for part in parts if part)

    @property
    def visitor_masked(self) -> str:
        return masked_name(self.visitor_name) or "匿名"

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)

    @property
    def document_masked(self) -> str:
        return masked(self.document_number)

    @property
    def is_reply_late(self) -> bool:
        """By the moments alone: equal is on time."""
        return (self.replied_at or self.ended_at or timezone.now()) > self.reply_due_at

    @property
    def is_solution_late(self) -> bool:
        return (self.solved_at or self.ended_at or timezone.now()) > self.solution_due_at
