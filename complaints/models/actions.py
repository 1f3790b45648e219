"""What hangs on a case: its time line, who was offered it, when the clock stood, who was told higher up."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from complaints.choices import OFFER_TRANSITIONS, ActionKind, OfferState, Trigger
from complaints.models.complaints import Complaint
from dutylog.choices import NoticeRole
from dutylog.models import NoticeStep

PERSON = settings.AUTH_USER_MODEL


class CaseAction(models.Model):
    """经过: a row of the time line. Never changed; a correction is a row more and strikes the old one through."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="actions")
    kind = models.CharField("种类", max_length=10, choices=ActionKind.choices)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    at = models.DateTimeField("时间")
    entered_at = models.DateTimeField("录入时间")
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人")
    text = models.CharField("内容", max_length=2000)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="更正"
    )
    is_addendum = models.BooleanField("附记", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "投诉经过"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["complaint", "at"], name="action_case_at")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text[:40]}"


class CaseOffer(models.Model):
    """案件移交: counts once the next person accepts."""

    TRANSITIONS = OFFER_TRANSITIONS

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="offers")
    state = models.CharField("状态", max_length=8, choices=OfferState.choices, default=OfferState.OFFERED)
    from_person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="移交人")
    to_person = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="接收人")
    at = models.DateTimeField("移交时间")
    note = models.CharField("交代", max_length=300, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answer = models.CharField("不接收的原因", max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "案件移交"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(
            fields=["complaint"], condition=models.Q(state=OfferState.OFFERED), name="one_running_offer_per_case"
        )]

    def __str__(self) -> str:
        return f"{self.complaint} → {self.to_person}"


class CasePause(models.Model):
    """暂停: the visitor has to add something. At most one is open; the net figures leave it out."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="pauses")
    reason = models.CharField("原因", max_length=200)
    began_at = models.DateTimeField("开始")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="暂停人")
    ended_at = models.DateTimeField("结束", null=True, blank=True)
    ended_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="恢复人"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "计时暂停"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(
            fields=["complaint"], condition=models.Q(ended_at=None), name="one_open_pause_per_case"
        )]

    def __str__(self) -> str:
        return f"{self.complaint} {self.reason}"


class Escalation(models.Model):
    """升级通报: why and when the next level was due, and whom it reached. Never changed; the job makes each once."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="escalations")
    trigger = models.CharField("原因", max_length=14, choices=Trigger.choices)
    role = models.CharField("层级", max_length=12, choices=NoticeRole.choices)
    due_at = models.DateTimeField("应通报")
    at = models.DateTimeField("通报")
    step = models.ForeignKey(
        NoticeStep, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="通报"
    )
    said = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "升级通报"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "trigger", "due_at"], name="one_escalation_per_cause")
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.get_trigger_display()}"
