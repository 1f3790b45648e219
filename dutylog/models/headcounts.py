"""报送人数: what was counted at a report time, corrected by a further row, and told to whom."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from dutylog.choices import SendMeans
from dutylog.models.days import DutyDay
from servicedesk.choices import Tone
from servicedesk.models import Record, RecordQuerySet

PERSON = settings.AUTH_USER_MODEL


class HeadcountQuerySet(RecordQuerySet):
    def standing(self) -> "HeadcountQuerySet":
        """Those that no correction has replaced."""
        return self.filter(corrected_by=None)

    def unsent(self) -> "HeadcountQuerySet":
        return self.standing().filter(sends=None, day__isnull=False)

    def between(self, first: dt.date, last: dt.date) -> "HeadcountQuerySet":
        return self.filter(on__range=(first, last))


class HeadcountReport(Record):
    """接待人数 of one report time (a cell of the month table, a row of 3.12): RS. Never changed; 更正 is a row more.

    `entered` counts from the gates' opening on, so it never falls during a day; `inside` are those in the park.
    """

    day = models.ForeignKey(
        DutyDay, models.PROTECT, null=True, blank=True, related_name="headcounts", verbose_name="值班日",
        help_text="没有的是启用本系统以前的往年数",
    )
    on = models.DateField("日期")
    slot = models.CharField("时点", max_length=10)
    due_at = models.DateTimeField("应报时间")
    taken_at = models.DateTimeField("统计时间")
    entered = models.PositiveIntegerField("入园累计")
    inside = models.PositiveIntegerField("在园", null=True, blank=True)
    shows = models.JSONField("剧院", default=list, blank=True)
    events = models.CharField("活动", max_length=200, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="更正"
    )
    reason = models.CharField("更正原因", max_length=200, blank=True)

    objects = HeadcountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报送人数"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("send_headcountreport", "报送接待人数")]
        indexes = [
            models.Index(fields=["-on", "-due_at", "-id"], name="headcount_on"),
            models.Index(fields=["service_point", "on"], name="headcount_point_on"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service_point", "on", "slot"], name="one_headcount_per_time", condition=Q(corrects=None)
            )
        ]

    @property
    def is_superseded(self) -> bool:
        return getattr(self, "corrected_by", None) is not None

    @property
    def is_of_before(self) -> bool:
        """A closing figure of the time before the desk kept its days here: for 同期, told to nobody."""
        return self.day_id is None

    @property
    def sent(self) -> list["HeadcountSend"]:
        """When and to whom it was told, from what is already fetched."""
        return list(self.sends.all())

    @property
    def badge(self) -> tuple:
        if self.is_superseded:
            return Tone.GREY, "slash-circle"
        if self.is_of_before:
            return Tone.INK, "archive"
        return (Tone.JADE, "check2") if self.sent else (Tone.OCHRE, "hourglass-split")

    def get_state_display(self) -> str:
        if self.is_superseded:
            return "已被更正"
        if self.is_of_before:
            return "往年数"
        return "已报送" if self.sent else "待报送"

    @property
    def theatre(self) -> str:
        """`10:30 大剧院 320 人;14:00 大剧院 410 人`."""
        return ";".join(f"{show['show']} {show['people']:,} 人" for show in self.shows)


class HeadcountSend(models.Model):
    """报送记录: to whom a headcount was told, which way, when. Never changed."""

    report = models.ForeignKey(HeadcountReport, models.PROTECT, related_name="sends")
    means = models.CharField("方式", max_length=7, choices=SendMeans.choices)
    to_whom = models.CharField("报送对象", max_length=200)
    at = models.DateTimeField("报送时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="报送人")

    class Meta:
        verbose_name = verbose_name_plural = "报送记录"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.report} {self.to_whom}"
