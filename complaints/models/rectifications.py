"""What keeps coming: cases of one category and place that were taken into a rectification, or were not."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from complaints.models.complaints import Complaint
from complaints.models.grievances import Grievance
from dutylog.models import FollowUp

PERSON = settings.AUTH_USER_MODEL


class RectificationCase(models.Model):
    """A complaint or grievance with the 整改 it belongs to; or why there is none. Once per case, never changed."""

    complaint = models.OneToOneField(
        Complaint, models.PROTECT, null=True, blank=True, related_name="rectification", verbose_name="投诉"
    )
    grievance = models.OneToOneField(
        Grievance, models.PROTECT, null=True, blank=True, related_name="rectification", verbose_name="抱怨"
    )
    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="整改"
    )
    reason = models.CharField("不立的原因", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人")

    class Meta:
        verbose_name = verbose_name_plural = "重复问题的案件"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(complaint=None, grievance__isnull=False) | Q(complaint__isnull=False, grievance=None),
                name="rectification_of_one_case",
            ),
            models.CheckConstraint(
                condition=Q(follow_up=None) & ~Q(reason="") | Q(follow_up__isnull=False, reason=""),
                name="rectified_or_said_why_not",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def case(self) -> Complaint | Grievance | None:
        return self.complaint or self.grievance
