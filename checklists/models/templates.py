"""What is checked: templates, their versions and items. A version never changes; an edit makes the next."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from checklists.choices import TOLD_ROLES, AnswerKind, RoundKind

PERSON = settings.AUTH_USER_MODEL
# A round that is due before this hour belongs to the night of the day before.
NIGHT_ENDS = dt.time(5, 0)


class RoundTemplateQuerySet(models.QuerySet):
    def visible_to(self, user) -> "RoundTemplateQuerySet":
        """Templates of all desks, and of the person's own."""
        if user.has_perm("servicedesk.see_all_points"):
            return self
        return self.filter(Q(service_point=None) | Q(service_point__in=user.service_points.all()))

    def owed_at(self, point) -> "RoundTemplateQuerySet":
        """Templates in use at a desk."""
        return self.filter(Q(service_point=None) | Q(service_point=point), is_active=True)


class RoundTemplate(models.Model):
    """检查表: a kind of round that is owed every day, at one desk or at all."""

    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类别", max_length=9, choices=RoundKind.choices)
    service_point = models.ForeignKey(
        "servicedesk.ServicePoint", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="服务点",
        help_text="空着表示每个服务点都查",
    )
    due_at = models.TimeField("应完成时刻")
    valid_from = models.DateField("起用日期", default=timezone.localdate)
    is_active = models.BooleanField("在用", default=True)
    history = HistoricalRecords()

    objects = RoundTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查表"
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_assets(self) -> bool:
        """Whether the lines come from the list of assets."""
        return self.kind == RoundKind.ASSETS

    def current(self) -> "TemplateVersion | None":
        """The version in force."""
        return self.versions.order_by("-number").first()

    def due_moment(self, on: dt.date) -> dt.datetime:
        """When the round of a duty day must be done; after midnight it is the next morning."""
        day = on + dt.timedelta(days=1) if self.due_at < NIGHT_ENDS else on
        return timezone.make_aware(dt.datetime.combine(day, self.due_at))


class TemplateVersion(models.Model):
    """A version of a template. Never changed, so a round of last year still shows what was asked then."""

    template = models.ForeignKey(RoundTemplate, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    told_role = models.CharField("异常报给岗位", max_length=20, choices=TOLD_ROLES, blank=True)
    told_person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="异常报给人员"
    )
    note = models.CharField("修改说明", max_length=100, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人")

    class Meta:
        verbose_name = verbose_name_plural = "检查表版本"
        ordering = ["template", "-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.template} 第 {self.number} 版"


class TemplateItem(models.Model):
    """检查项目. `line` stays the same through the versions, so that a month with an edit is one row on paper."""

    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="items")
    line = models.PositiveSmallIntegerField("行")
    order = models.PositiveSmallIntegerField("序号")
    text = models.CharField("检查项目", max_length=60)
    area = models.CharField("区域", max_length=30, blank=True)
    category = models.CharField("类别", max_length=12, blank=True)
    expected = models.CharField("标准状态", max_length=30, blank=True)
    answer_kind = models.CharField("回答", max_length=6, choices=AnswerKind.choices, default=AnswerKind.TICK)
    expected_number = models.PositiveSmallIntegerField("应有数", null=True, blank=True)
    photo_required = models.BooleanField("须拍照", default=False)
    told_role = models.CharField("异常报给岗位", max_length=20, choices=TOLD_ROLES, blank=True)
    told_person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="异常报给人员"
    )

    class Meta:
        verbose_name = verbose_name_plural = "检查项目"
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "line"], name="one_item_per_line")]

    def __str__(self) -> str:
        return self.text
