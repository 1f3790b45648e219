"""What proves a thing: photos, signatures, openings of personal numbers, prints and exports."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from servicedesk.choices import SignatureMeans


class AboutRecord(models.Model):
    """A row that belongs to one record of any register."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True


class AboutRecordQuerySet(models.QuerySet):
    def of(self, record: models.Model):
        """Rows that belong to a record."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)


class Photo(AboutRecord):
    """照片: re-encoded, without EXIF; the original and its name are not kept."""

    file = models.CharField("文件", max_length=120)
    thumb = models.CharField("缩略图", max_length=120)
    width = models.PositiveIntegerField("宽(像素)")
    height = models.PositiveIntegerField("高(像素)")
    sha256 = models.CharField(max_length=64)
    caption = models.CharField("说明", max_length=60, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    removed_at = models.DateTimeField("撤下时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "照片"
        indexes = [models.Index(fields=["content_type", "object_id"])]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption or f"照片 {self.pk}"


class Signature(AboutRecord):
    """签名: the strokes as a picture with the exact text that was signed. Never changed."""

    role = models.CharField("签字栏", max_length=40)
    signer_name = models.CharField("签字人", max_length=100)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="员工"
    )
    means = models.CharField("方式", max_length=8, choices=SignatureMeans.choices)
    text = models.TextField("所签文字")
    image = models.TextField("笔迹 PNG(base64)", blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办")

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签名"
        indexes = [models.Index(fields=["content_type", "object_id"])]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.role} {self.signer_name}"


class Disclosure(AboutRecord):
    """查看记录: who opened a masked number or a secret mark, when and why."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查看人")
    at = models.DateTimeField("时间", auto_now_add=True)
    field = models.CharField("内容", max_length=40)
    reason = models.CharField("原因", max_length=200)

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "查看记录"
        indexes = [models.Index(fields=["content_type", "object_id"])]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.field}"


class PrintedPaper(models.Model):
    """打印记录: one row per press of print; the count of earlier rows is the 补打次数."""

    paper = models.CharField("表单", max_length=40)
    number = models.CharField("编号", max_length=40, blank=True, db_index=True)
    service_point = models.ForeignKey(
        "servicedesk.ServicePoint", models.PROTECT, null=True, blank=True, related_name="+"
    )
    copies = models.PositiveSmallIntegerField("份数", default=1)
    is_blank = models.BooleanField("空白表", default=False)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="打印人"
    )
    sha256 = models.CharField("内容校验", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "打印记录"
        indexes = [models.Index(fields=["paper", "number"])]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.paper} {self.number}"


class ExportLog(models.Model):
    """导出记录: who took what out, how many rows, masked or in full and why."""

    register = models.CharField("登记簿", max_length=40)
    query = models.TextField("筛选", blank=True)
    rows = models.PositiveIntegerField("行数")
    is_full = models.BooleanField("未脱敏", default=False)
    reason = models.CharField("原因", max_length=200, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导出人")

    class Meta:
        verbose_name = verbose_name_plural = "导出记录"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.register} {self.at:%Y-%m-%d %H:%M}"
