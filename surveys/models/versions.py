"""What is asked: versions of the survey and their items. A version never changes; an edit makes the next."""

from django.conf import settings
from django.db import models


class SurveyVersion(models.Model):
    """问卷版本: the wording of 3.11 in both languages. The newest is in use; no version ever changes."""

    number = models.PositiveSmallIntegerField("版本", unique=True)
    title = models.CharField("标题", max_length=60)
    title_en = models.CharField("英文标题", max_length=120)
    greeting = models.CharField("问候语", max_length=300)
    greeting_en = models.CharField("英文问候语", max_length=500)
    note = models.CharField("修改说明", max_length=100, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "问卷版本"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"第 {self.number} 版"

    @classmethod
    def current(cls) -> "SurveyVersion | None":
        """The version in use."""
        return cls.objects.order_by("-number").first()


class SurveyItem(models.Model):
    """评价项目. `line` stays the same through the versions, so that figures can be set side by side."""

    version = models.ForeignKey(SurveyVersion, models.PROTECT, related_name="items")
    line = models.PositiveSmallIntegerField("行")
    order = models.PositiveSmallIntegerField("序号")
    text = models.CharField("评价项目", max_length=40)
    text_en = models.CharField("英文", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "评价项目"
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "line"], name="one_survey_item_per_line")]

    def __str__(self) -> str:
        return self.text
