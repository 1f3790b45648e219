"""来电、咨询: the full line of a call or question, and the counters of ordinary ones."""

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from dutylog.choices import (
    ENQUIRY_BADGES,
    ENQUIRY_TRANSITIONS,
    PHONE_DIRECTIONS,
    EnquiryDirection,
    EnquiryKind,
    EnquiryState,
    TallyDirection,
)
from dutylog.models.days import DutyDay
from servicedesk.choices import Tone
from servicedesk.models import Record, RecordQuerySet
from servicedesk.sealing import DigestField, SealedField, TailField, masked, masked_name

PERSON = settings.AUTH_USER_MODEL


class EnquiryQuerySet(RecordQuerySet):
    def standing(self) -> "EnquiryQuerySet":
        """Those that count."""
        return self.exclude(state=EnquiryState.VOID)

    def unanswered(self) -> "EnquiryQuerySet":
        return self.filter(state=EnquiryState.OPEN)

    def overdue(self, now: dt.datetime) -> "EnquiryQuerySet":
        """Not answered, and past their moment; equal is on time."""
        return self.unanswered().filter(due_at__lt=now)

    def answered_late(self) -> "EnquiryQuerySet":
        return self.filter(state=EnquiryState.ANSWERED, answered_at__gt=models.F("due_at"))


class Enquiry(Record):
    """来电、咨询 (a row of 来电咨询台帐): ZX. Who asked what by which way, what was answered until when."""

    TRANSITIONS = ENQUIRY_TRANSITIONS

    state = models.CharField("状态", max_length=8, choices=EnquiryState.choices, default=EnquiryState.OPEN)
    direction = models.CharField("方式", max_length=8, choices=EnquiryDirection.choices)
    received_at = models.DateTimeField("时间")
    is_missed = models.BooleanField("未接来电", default=False)
    phone = SealedField("电话", blank=True, default="")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    caller_name = models.CharField("姓名", max_length=60, blank=True)
    kind = models.CharField("类别", max_length=10, choices=EnquiryKind.choices)
    summary = models.CharField("内容", max_length=500, blank=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    due_at = models.DateTimeField("答复期限", null=True, blank=True)
    due_steps = models.JSONField("期限的算法", default=list, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    relay_to = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转告")
    relay_text = models.CharField("转告内容", max_length=300, blank=True)
    relayed_at = models.DateTimeField("转告时间", null=True, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    became = GenericForeignKey("content_type", "object_id")
    became_number = models.CharField("已转", max_length=32, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version", "due_steps"])

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "来电咨询"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("void_enquiry", "作废来电咨询"), ("backdate_enquiry", "补登记较早的来电咨询")]
        indexes = [
            models.Index(fields=["service_point", "-received_at"], name="enquiry_point_received"),
            models.Index(fields=["service_point", "state", "-received_at", "-id"], name="enquiry_point_state"),
            models.Index(fields=["-received_at", "-id"], name="enquiry_received"),
            models.Index(fields=["state", "due_at"], name="enquiry_state_due"),
            models.Index(fields=["service_point", "number"], name="enquiry_point_number"),
            models.Index(fields=["kind", "id"], name="enquiry_kind"),
            models.Index(fields=["due_at", "id"], name="enquiry_due"),
            models.Index(
                fields=["-received_at", "-id"], name="enquiry_relayed", condition=models.Q(relayed_at__isnull=False)
            ),
            models.Index(fields=["phone_tail"], name="enquiry_phone_tail"),
        ]

    @property
    def badge(self) -> tuple:
        return (Tone.CINNABAR, "telephone-x") if self.is_overdue else ENQUIRY_BADGES[EnquiryState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state == EnquiryState.OPEN

    @property
    def is_by_phone(self) -> bool:
        return self.direction in PHONE_DIRECTIONS

    @property
    def is_overdue(self) -> bool:
        """Breach by the moments alone: equal is on time."""
        return bool(self.is_open and self.due_at and timezone.now() > self.due_at)

    @property
    def was_late(self) -> bool:
        return bool(self.answered_at and self.due_at and self.answered_at > self.due_at)

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)

    @property
    def caller_masked(self) -> str:
        return masked_name(self.caller_name)

    @property
    def described(self) -> str:
        """`来电 询价:团队票价格`; of a missed call that it was one."""
        missed = "(未接)" if self.is_missed else ""
        head = f"{self.get_direction_display()}{missed} {self.get_kind_display()}"
        return f"{head}:{self.summary}" if self.summary else head


class EnquiryTally(models.Model):
    """A stroke of a counter: one ordinary question, answered at once. Taking back is a stroke of its own."""

    day = models.ForeignKey(DutyDay, models.PROTECT, related_name="tallies")
    direction = models.CharField("方式", max_length=7, choices=TallyDirection.choices)
    topic = models.CharField("主题", max_length=20)
    change = models.SmallIntegerField("增减")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="记录人")

    class Meta:
        verbose_name = verbose_name_plural = "咨询计数"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["day", "direction", "topic"], name="tally_day_topic"),
            models.Index(fields=["direction", "at"], name="tally_direction_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(change=1, undoes=None) | models.Q(change=-1, undoes__isnull=False),
                name="a_stroke_adds_one_or_takes_one_back",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.topic} {self.change:+d}"
