"""事件: one cause that several visitors complain about."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from complaints.choices import INCIDENT_BADGES, INCIDENT_TRANSITIONS, IncidentState
from servicedesk.models import Record, Zone

PERSON = settings.AUTH_USER_MODEL


class Incident(Record):
    """事件 (起): SJ. Several visitors, one cause; its complaints are counted as 件."""

    TRANSITIONS = INCIDENT_TRANSITIONS

    state = models.CharField("状态", max_length=6, choices=IncidentState.choices, default=IncidentState.OPEN)
    title = models.CharField("事由", max_length=100)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+", verbose_name="地点")
    began_at = models.DateTimeField("发生时间")
    cause = models.CharField("原因", max_length=300, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "投诉事件"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        indexes = [models.Index(fields=["-began_at", "-id"], name="incident_began")]

    @property
    def badge(self) -> tuple:
        return INCIDENT_BADGES[IncidentState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state == IncidentState.OPEN
