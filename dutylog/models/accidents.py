"""意外伤害及突发事件: what happened, who was hurt, when who was told and came, followed until it is closed."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from dutylog.choices import ACCIDENT_BADGES, ACCIDENT_TRANSITIONS, LIVE_ACCIDENT_STATES, AccidentState
from servicedesk.choices import Sex
from servicedesk.models import Record, RecordQuerySet, Zone
from servicedesk.sealing import DigestField, SealedField, TailField, masked, masked_name

PERSON = settings.AUTH_USER_MODEL


class AccidentQuerySet(RecordQuerySet):
    def live(self) -> "AccidentQuerySet":
        """Not closed yet."""
        return self.filter(state__in=LIVE_ACCIDENT_STATES)


class Accident(Record):
    """意外伤害及突发事件登记表 (its own sheet): YW. Its chain of notice hangs at its line of the day's log."""

    TRANSITIONS = ACCIDENT_TRANSITIONS

    state = models.CharField("状态", max_length=7, choices=AccidentState.choices, default=AccidentState.OPEN)
    kind = models.CharField("类别", max_length=20)
    happened_at = models.DateTimeField("发生时间")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", verbose_name="地点")
    place_detail = models.CharField("具体位置", max_length=100, blank=True)
    weather = models.CharField("天气", max_length=40, blank=True)
    what = models.TextField("经过", max_length=2000)
    first_aid = models.CharField("现场处置", max_length=500, blank=True)
    witnesses = models.CharField("证人", max_length=300, blank=True)
    told_at = models.DateTimeField("接报时间")
    answered_at = models.DateTimeField("响应时间", null=True, blank=True)
    arrived_at = models.DateTimeField("到场时间", null=True, blank=True)
    ambulance_called_at = models.DateTimeField("呼叫急救", null=True, blank=True)
    ambulance_arrived_at = models.DateTimeField("急救到场", null=True, blank=True)
    ambulance_left_at = models.DateTimeField("急救离开", null=True, blank=True)
    police = models.CharField("报警情况", max_length=200, blank=True)
    insurance = models.CharField("保险报案", max_length=200, blank=True)
    result = models.CharField("处理结果", max_length=500, blank=True)
    handled_at = models.DateTimeField("处置完毕", null=True, blank=True)
    closed_at = models.DateTimeField("结案时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结案人"
    )
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = AccidentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意外伤害及突发事件"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("close_accident", "意外事件结案与重新打开"), ("void_accident", "作废意外事件")]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="accident_happened"),
            models.Index(fields=["service_point", "state"], name="accident_point_state"),
        ]

    @property
    def badge(self) -> tuple:
        return ACCIDENT_BADGES[AccidentState(self.state)]

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_ACCIDENT_STATES

    @property
    def place(self) -> str:
        """`观景台 东侧台阶`."""
        return f"{self.zone} {self.place_detail}".strip()


class InjuredPerson(models.Model):
    """伤者: one of the people who were hurt."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="injured")
    name = models.CharField("姓名", max_length=60, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices, blank=True)
    age = models.PositiveSmallIntegerField("年龄", null=True, blank=True)
    phone = SealedField("电话", blank=True, default="")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    injury = models.CharField("伤情", max_length=200)
    treatment = models.CharField("救治", max_length=200, blank=True)
    hospital = models.CharField("送往医院", max_length=100, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "伤者"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.accident} {self.masked_name}"

    @property
    def masked_name(self) -> str:
        return masked_name(self.name) or "姓名不详"

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)


class AccidentUpdate(models.Model):
    """跟踪记录: how it goes on, a line each. Never changed."""

    accident = models.ForeignKey(Accident, models.PROTECT, related_name="updates")
    text = models.CharField("跟踪", max_length=300)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="记录人")

    class Meta:
        verbose_name = verbose_name_plural = "意外跟踪"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.accident} {self.text}"
