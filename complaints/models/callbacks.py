"""回访: who is to be called back, each try, and the supervisor's second look."""

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from complaints.callback_choices import (
    CALLBACK_BADGES,
    CALLBACK_TRANSITIONS,
    MISSED_OUTCOMES,
    OPEN_CALLBACKS,
    REACHED_CALLBACKS,
    SOLVABLE,
    AttemptOutcome,
    CallbackChannel,
    CallbackSource,
    CallbackState,
    CheckWay,
    Content,
    FailureCause,
)
from complaints.choices import Severity
from complaints.models.complaints import Complaint
from complaints.models.grievances import Grievance
from servicedesk.models import Record, RecordQuerySet
from servicedesk.sealing import DigestField, SealedField, TailField, masked, masked_name

PERSON = settings.AUTH_USER_MODEL
CALLS_MAJOR = "complaints.call_major_callbackplan"


class CallbackPlanQuerySet(RecordQuerySet):
    def open(self) -> "CallbackPlanQuerySet":
        """Nobody has finished it or signed it off."""
        return self.filter(state__in=OPEN_CALLBACKS)

    def counted(self) -> "CallbackPlanQuerySet":
        """Those that figures count: one that a new round took the place of is none."""
        return self.exclude(state=CallbackState.EXCUSED, signed_by=None)

    def overdue(self, today: dt.date) -> "CallbackPlanQuerySet":
        """Past its day in Shanghai and still open; on the day itself it is on time."""
        return self.open().filter(due_on__lt=today)

    def begun(self, today: dt.date) -> "CallbackPlanQuerySet":
        """Open, and its first day is there."""
        return self.open().filter(from_on__lte=today)

    def to_sign(self) -> "CallbackPlanQuerySet":
        """Somebody asked the supervisor to end it."""
        return self.open().exclude(asked_end="")

    def appointed(self) -> "CallbackPlanQuerySet":
        """The visitor named a time."""
        return self.open().filter(asked_end="").exclude(next_at=None)

    def to_check(self) -> "CallbackPlanQuerySet":
        """Finished, drawn for the second look, and not looked at."""
        return self.filter(is_drawn=True, recheck=None)

    def callable_by(self, user) -> "CallbackPlanQuerySet":
        """What a person may call: nothing that is said of themselves, nothing major but by a manager."""
        rows = self.exclude(complaint__respondent_person=user)
        return rows if user.has_perm(CALLS_MAJOR) else rows.exclude(complaint__severity=Severity.MAJOR)

    def to_call_by(self, user) -> "CallbackPlanQuerySet":
        """Open, theirs to call, and nobody asked the supervisor to end it."""
        return self.open().callable_by(user).filter(asked_end="")

    def to_check_by(self, user) -> "CallbackPlanQuerySet":
        """Drawn for the second look, and they did not call."""
        return self.to_check().exclude(pk__in=CallbackAttempt.objects.filter(by=user).values("plan"))


class CallbackPlan(Record):
    """回访 (回访记录表): HF. Who is called back about what, by which day, and what came of it.

    Name and number of a complaint or grievance are read there; only other sources keep their own.
    """

    TRANSITIONS = CALLBACK_TRANSITIONS

    state = models.CharField("状态", max_length=11, choices=CallbackState.choices, default=CallbackState.WAITING)
    source_kind = models.CharField("来源", max_length=11, choices=CallbackSource.choices)
    complaint = models.ForeignKey(
        Complaint, models.PROTECT, null=True, blank=True, related_name="callbacks", verbose_name="投诉"
    )
    grievance = models.ForeignKey(
        Grievance, models.PROTECT, null=True, blank=True, related_name="callbacks", verbose_name="抱怨"
    )
    source_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    source = GenericForeignKey("source_type", "source_id")
    source_text = models.CharField("来源说明", max_length=60, blank=True)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    again_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="again", verbose_name="重访自"
    )

    visitor_name = models.CharField("被访人", max_length=100, blank=True)
    phone = SealedField("电话", blank=True, default="")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    address = models.CharField("地址", max_length=200, blank=True)
    words = models.CharField("事由", max_length=1000, blank=True)

    from_on = models.DateField("可以开始")
    due_on = models.DateField("应访日期")
    next_at = models.DateTimeField("约定时间", null=True, blank=True)
    tried_at = models.DateTimeField("最近一次", null=True, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    asked_end = models.CharField("申请结束为", max_length=11, choices=CallbackState.choices, blank=True)
    asked_reason = models.CharField("申请原因", max_length=200, blank=True)
    asked_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请人"
    )
    asked_at = models.DateTimeField("申请时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签批人"
    )
    sign_reason = models.CharField("签批意见", max_length=200, blank=True)
    # The how manieth of its desk that was finished: what the draw for the re-check goes by.
    finished_order = models.PositiveIntegerField("完成次序", null=True, blank=True, editable=False)
    is_drawn = models.BooleanField("抽中质检", default=False)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version", "finished_order"])

    objects = CallbackPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回访"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("call_callbackplan", "打回访"), ("call_major_callbackplan", "回访重大投诉"),
            ("sign_callbackplan", "回访签批"), ("check_callbackplan", "回访质检"),
        ]
        indexes = [
            models.Index(fields=["service_point", "-created_at"], name="callback_point_created"),
            models.Index(fields=["service_point", "state", "due_on"], name="callback_point_state"),
            models.Index(fields=["-created_at", "-id"], name="callback_created"),
            models.Index(fields=["state", "due_on"], name="callback_state_due"),
            models.Index(fields=["due_on"], name="callback_due"),
            models.Index(fields=["phone_tail"], name="callback_phone_tail"),
            models.Index(fields=["is_drawn", "done_at"], name="callback_drawn", condition=Q(is_drawn=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "source_kind", "round"], name="one_callback_per_round",
                condition=Q(complaint__isnull=False, again_of=None),
            ),
            models.UniqueConstraint(
                fields=["grievance", "round"], name="one_callback_per_grievance",
                condition=Q(grievance__isnull=False, again_of=None),
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_type", "source_id"], name="one_callback_per_source",
                condition=Q(source_id__isnull=False, again_of=None),
            ),
            models.UniqueConstraint(fields=["service_point", "finished_order"], name="one_finished_order"),
        ]

    @property
    def badge(self) -> tuple:
        return CALLBACK_BADGES[CallbackState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CALLBACKS

    @property
    def is_reached(self) -> bool:
        return self.state in REACHED_CALLBACKS

    @property
    def is_major(self) -> bool:
        return self.complaint is not None and self.complaint.is_major

    @property
    def is_visit(self) -> bool:
        return self.source_kind == CallbackSource.VISIT

    @property
    def asks_solved(self) -> bool:
        """Something was to be put right."""
        return self.source_kind in SOLVABLE

    @property
    def tries(self) -> list["CallbackAttempt"]:
        """Those that stand; the rows of a list have theirs in hand."""
        return [attempt for attempt in self.attempts.all() if not attempt.is_struck]

    @property
    def is_superseded(self) -> bool:
        """A new round, or the complaint that it became, took its place."""
        return self.state == CallbackState.EXCUSED and self.signed_by_id is None

    @property
    def is_overdue(self) -> bool:
        """By the day in Shanghai: equal is on time."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def is_late(self) -> bool:
        """Finished after its day, or past it and open."""
        ended = timezone.localdate(self.done_at) if self.done_at else timezone.localdate()
        return ended > self.due_on

    @property
    def about(self) -> "Complaint | Grievance | CallbackPlan":
        """Whose name, number and words count: the case it comes from, else its own."""
        return self.complaint or self.grievance or self

    @property
    def person_name(self) -> str:
        return self.about.visitor_name

    @property
    def person_masked(self) -> str:
        return masked_name(self.about.visitor_name) or "匿名"

    @property
    def number_to_call(self) -> str:
        return self.about.phone

    @property
    def phone_masked(self) -> str:
        return masked(self.about.phone)

    @property
    def done_about_it(self) -> str:
        """What the visitor was told as the result of this round; the next round has another."""
        if self.complaint:
            return self.words or self.complaint.result or self.complaint.solution
        return self.grievance.soothing if self.grievance else ""

    @property
    def about_number(self) -> str:
        """The number of what it comes from: `TS-20261122-001`, else what the source says."""
        found = self.complaint or self.grievance
        return found.number if found else self.source_text

    @property
    def kind(self) -> str:
        """`投诉 · 第 2 轮`, `30 天回访 · 重访`."""
        parts = [self.get_source_kind_display(), f"第 {self.round} 轮" if self.round > 1 else "",
                 "重访" if self.again_of_id else ""]
        return " · ".join(part for part in parts if part)

    @property
    def respondent_person(self):
        return self.complaint.respondent_person if self.complaint else None


class CallbackAttemptManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        """With what struck them through: whoever counts tries leaves those out."""
        return super().get_queryset().select_related("strike__by")


class CallbackAttempt(models.Model):
    """一次回访: a row of the 台帐. Never changed; what was typed wrongly is struck through by a row of its own."""

    plan = models.ForeignKey(CallbackPlan, models.PROTECT, related_name="attempts", verbose_name="回访")
    at = models.DateTimeField("时间")
    entered_at = models.DateTimeField("录入时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="回访人")
    channel = models.CharField(
        "方式", max_length=7, choices=CallbackChannel.choices, default=CallbackChannel.PHONE
    )
    outcome = models.CharField("结果", max_length=9, choices=AttemptOutcome.choices)
    is_solved = models.BooleanField("已解决", null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField("满意度", choices=Content.choices, null=True, blank=True)
    cause = models.CharField("不合格原因", max_length=7, choices=FailureCause.choices, blank=True)
    comment = models.CharField("游客意见", max_length=500, blank=True)
    next_at = models.DateTimeField("约定时间", null=True, blank=True)

    objects = CallbackAttemptManager()

    class Meta:
        verbose_name = verbose_name_plural = "回访记录"
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["plan", "at"], name="attempt_plan_at"),
            models.Index(fields=["plan", "channel", "outcome"], name="attempt_plan_channel"),
            models.Index(fields=["channel", "outcome", "at"], name="attempt_visits"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%m-%d %H:%M} {self.get_outcome_display()}"

    @property
    def is_reached(self) -> bool:
        return self.outcome == AttemptOutcome.REACHED

    @property
    def is_missed(self) -> bool:
        return self.outcome in MISSED_OUTCOMES

    @property
    def is_struck(self) -> bool:
        """It was typed wrongly and stands no more."""
        return hasattr(self, "strike")

    @property
    def said(self) -> str:
        """`已解决,满意`: what was learnt, without the visitor's words."""
        if not self.is_reached:
            return self.get_outcome_display()
        solved = "" if self.is_solved is None else "已解决" if self.is_solved else "没有解决"
        cause = f"({self.get_cause_display()})" if self.cause else ""
        return ",".join(part for part in (solved, self.get_satisfaction_display()) if part) + cause


class CallbackStrike(models.Model):
    """划去: a try that was typed wrongly, while its callback is open. Never changed."""

    attempt = models.OneToOneField(
        CallbackAttempt, models.PROTECT, related_name="strike", verbose_name="回访记录"
    )
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="划去人")
    reason = models.CharField("原因", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "回访记录划去"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.attempt} 划去"


class CallbackCheck(models.Model):
    """回访质检: the supervisor's second look at a finished one. Never changed."""

    plan = models.OneToOneField(CallbackPlan, models.PROTECT, related_name="recheck", verbose_name="回访")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="质检人")
    way = models.CharField("方式", max_length=9, choices=CheckWay.choices, default=CheckWay.CALL)
    is_good = models.BooleanField("合格")
    finding = models.CharField("查到的问题", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回访质检"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan} {'合格' if self.is_good else '不合格'}"
