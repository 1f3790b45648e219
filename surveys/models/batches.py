"""发放: numbered empty sheets that went out to a place."""

from django.conf import settings
from django.db import models
from django.db.models import F
from simple_history.models import HistoricalRecords

from servicedesk.choices import Tone
from servicedesk.models import Record, RecordQuerySet
from surveys.models.versions import SurveyVersion


class SurveyBatchQuerySet(RecordQuerySet):
    def holding(self, running: int) -> "SurveyBatchQuerySet":
        """The batches in which a sheet with this running number of their day went out, the newest first."""
        return self.filter(first__lte=running, first__gt=running - F("count")).order_by("-on", "-pk")


class SurveyBatch(Record):
    """发卷 FJ: a pile of empty sheets with consecutive numbers, of one version, handed out at one place."""

    survey_version = models.ForeignKey(
        SurveyVersion, models.PROTECT, related_name="batches", verbose_name="问卷版本"
    )
    on = models.DateField("发放日期")
    zone = models.ForeignKey(
        "servicedesk.Zone", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发放地点"
    )
    handed_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发放人"
    )
    first = models.PositiveIntegerField("首张流水号")
    count = models.PositiveSmallIntegerField("张数")
    first_number = models.CharField("首张编号", max_length=32)
    note = models.CharField("备注", max_length=100, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = SurveyBatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发放问卷"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        indexes = [
            models.Index(fields=["service_point", "on", "first"], name="batch_point_on"),
            models.Index(fields=["-created_at", "-id"], name="survey_batch_created"),
        ]

    @property
    def badge(self) -> tuple:
        return Tone.JADE, "box-arrow-up-right"

    def get_state_display(self) -> str:
        """Its only state: it went out."""
        return "已发放"

    @property
    def numbers(self) -> list[str]:
        """The numbers of its sheets."""
        head = self.first_number.rpartition("-")[0]
        return [f"{head}-{running:03d}" for running in range(self.first, self.first + self.count)]

    @property
    def span(self) -> str:
        """`WJ-20261130-001 至 020`."""
        return f"{self.first_number} 至 {self.numbers[-1].rpartition('-')[2]}" if self.count > 1 else self.first_number
