"""A round: one walk through one template, on one duty day, at one desk."""

import datetime as dt

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from checklists.choices import (
    ANSWER_WORDS,
    ASSET_ANSWERS,
    ASSET_WORDS,
    CHECKED_ROUND_STATES,
    FAILED_ANSWERS,
    OPEN_ANSWERS,
    ROUND_BADGES,
    ROUND_TRANSITIONS,
    SETTLED_ROUND_STATES,
    TICK_ANSWERS,
    Answer,
    AnswerKind,
    Fault,
    RoundKind,
    RoundState,
)
from checklists.models.assets import Asset
from checklists.models.templates import RoundTemplate, TemplateItem, TemplateVersion
from dutylog.models import DutyDay, FollowUp
from servicedesk.models import Photo, Record, RecordQuerySet

PERSON = settings.AUTH_USER_MODEL


class RoundQuerySet(RecordQuerySet):
    def settled(self) -> "RoundQuerySet":
        """Done, or approved as missed: nobody has to walk any more."""
        return self.filter(state__in=SETTLED_ROUND_STATES)

    def checked(self) -> "RoundQuerySet":
        return self.filter(state__in=CHECKED_ROUND_STATES)

    def of_month(self, month: dt.date) -> "RoundQuerySet":
        return self.filter(on__year=month.year, on__month=month.month)


class Round(Record):
    """检查: a column of 3.13 or 3.14, or the day's pre-shift check. One per template, duty day and desk."""

    TRANSITIONS = ROUND_TRANSITIONS

    state = models.CharField("状态", max_length=8, choices=RoundState.choices, default=RoundState.RUNNING)
    kind = models.CharField("类别", max_length=9, choices=RoundKind.choices)
    template = models.ForeignKey(RoundTemplate, models.PROTECT, related_name="rounds", verbose_name="检查表")
    template_version = models.ForeignKey(
        TemplateVersion, models.PROTECT, related_name="rounds", verbose_name="检查表版本"
    )
    day = models.ForeignKey(DutyDay, models.PROTECT, related_name="rounds", verbose_name="值班日")
    on = models.DateField("日期")
    checked_at = models.DateTimeField("检查时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="检查人"
    )
    is_late = models.BooleanField("补查", default=False)
    reviewed_at = models.DateTimeField("复核时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    excuse = models.CharField("漏查原因", max_length=200, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    failures = models.PositiveSmallIntegerField("异常", default=0)
    note = models.CharField("备注", max_length=200, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查"
        ordering = ["-on", "-pk"]
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("review_round", "复核检查"), ("approve_round", "批准漏查")]
        indexes = [
            models.Index(fields=["service_point", "kind", "on"]),
            models.Index(fields=["-created_at", "-id"], name="round_created"),
            models.Index(fields=["-on", "-id"], name="round_on"),
            models.Index(fields=["service_point", "-on", "-id"], name="round_point_on"),
        ]
        constraints = [models.UniqueConstraint(fields=["day", "template"], name="one_round_per_day_and_template")]

    @property
    def badge(self) -> tuple:
        return ROUND_BADGES[RoundState(self.state)]

    @property
    def is_running(self) -> bool:
        return self.state == RoundState.RUNNING


class RoundLine(models.Model):
    """One thing, item or person looked at. What was asked is kept with the answer."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField("序号")
    item = models.ForeignKey(TemplateItem, models.PROTECT, null=True, blank=True, related_name="+")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, blank=True, related_name="lines")
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员")
    text = models.CharField("项目", max_length=100)
    area = models.CharField("区域", max_length=62, blank=True)
    expected = models.CharField("标准状态", max_length=30, blank=True)
    expected_quantity = models.PositiveSmallIntegerField("应有", null=True, blank=True)
    away_quantity = models.PositiveSmallIntegerField("借出送修", default=0)
    answer = models.CharField("结果", max_length=7, choices=Answer.choices, blank=True)
    quantity = models.PositiveSmallIntegerField("实有", null=True, blank=True)
    fault = models.CharField("情况", max_length=9, choices=Fault.choices, blank=True)
    remark = models.CharField("说明", max_length=200, blank=True)
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="照片")
    answered_at = models.DateTimeField("时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="检查人"
    )
    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="round_lines", verbose_name="跟进"
    )

    class Meta:
        verbose_name = verbose_name_plural = "检查结果"
        ordering = ["round", "order"]
        constraints = [models.UniqueConstraint(fields=["round", "order"], name="one_line_per_order")]

    def __str__(self) -> str:
        return f"{self.round} {self.order}"

    @property
    def is_counted(self) -> bool:
        return self.expected_quantity is not None

    @property
    def is_failure(self) -> bool:
        return self.answer in FAILED_ANSWERS

    @property
    def needs_photo(self) -> bool:
        return bool(self.item and self.item.photo_required)

    @property
    def lacks_photo(self) -> bool:
        """Answered, and its photo is still to be taken: a failure is reported before there is one."""
        return self.needs_photo and not self.photo_id and self.answer not in {"", Answer.NONE}

    @property
    def due_quantity(self) -> int:
        """How many must be found: what is lent or mended is not here."""
        return max((self.expected_quantity or 0) - self.away_quantity, 0)

    @property
    def difference(self) -> int:
        """How many are short or over; one for a thing that is not counted."""
        return 1 if self.quantity is None else abs(self.due_quantity - self.quantity)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The signs that fit the line."""
        if self.asset_id:
            return ASSET_ANSWERS
        return OPEN_ANSWERS if self.item and self.item.answer_kind == AnswerKind.OPEN else TICK_ANSWERS

    @property
    def sign(self) -> str:
        """What the cell of the paper bears: a sign, or the number found."""
        if self.is_counted and self.quantity is not None:
            return str(self.quantity)
        return self.get_answer_display()

    @property
    def said(self) -> str:
        """The sign in words."""
        if not self.answer:
            return "未查"
        words = ASSET_WORDS if self.asset_id else ANSWER_WORDS
        return f"实有 {self.quantity}" if self.quantity is not None else words[Answer(self.answer)]
