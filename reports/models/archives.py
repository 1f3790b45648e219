"""The month archive: a version of a month with its manifest, and the files that belong to it."""

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models

from reports.choices import FILE_ICONS, NEEDS_REASON, FileKind
from servicedesk.periods import Period, month_of


class MonthArchiveQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MonthArchiveQuerySet":
        """An archive holds all desks: only who sees all desks sees it."""
        sees_all = user.is_authenticated and user.is_active and user.has_perm("servicedesk.see_all_points")
        return self if sees_all else self.none()

    def newest(self) -> "MonthArchiveQuerySet":
        """The last version of each month."""
        later = MonthArchive.objects.filter(month=models.OuterRef("month"), version__gt=models.OuterRef("version"))
        return self.filter(~models.Exists(later))


class MonthArchive(models.Model):
    """月度归档: one version of a month. Never changed; a later change of the month makes the next version.

    `manifest` is what the manifest's file holds, word for word; `seal` an HMAC over it under the key that seals
    the days. `made_by` is empty where the program made it by itself.
    """

    month = models.DateField("月份")
    version = models.PositiveSmallIntegerField("版")
    made_at = models.DateTimeField("归档时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归档人"
    )
    reason = models.CharField("原因", max_length=200, blank=True)
    manifest = models.TextField("清单")
    seal = models.CharField(max_length=64)

    objects = MonthArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "月度归档"
        ordering = ["-month", "-version"]
        default_permissions = ("add", "view", "print")
        permissions = [
            ("download_montharchive", "下载月度归档"), ("view_statistics", "看统计分析"),
            ("export_statistics", "导出统计分析"),
        ]
        constraints = [models.UniqueConstraint(fields=["month", "version"], name="one_archive_per_version")]

    def __str__(self) -> str:
        return f"{self.of} 第 {self.version} 版"

    @property
    def of(self) -> Period:
        return month_of(self.month)

    @property
    def number(self) -> str:
        """`GD-2026-10-1`: what its papers bear."""
        return f"GD-{self.of.key}-{self.version}"

    @property
    def service_point(self) -> None:
        """An archive holds all desks; its papers are recorded under none."""

    @property
    def gap_count(self) -> int:
        return sum(len(kind["lines"]) for kind in self.facts["gaps"])

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The manifest, read."""
        return json.loads(self.manifest)


class MonthArchiveFile(models.Model):
    """A file of an archive: its name and checksum as handed out, and where it lies sealed. Never changed."""

    archive = models.ForeignKey(MonthArchive, models.PROTECT, related_name="files")
    kind = models.CharField("种类", max_length=8, choices=FileKind.choices)
    name = models.CharField("文件", max_length=120)
    size = models.PositiveBigIntegerField("大小(字节)")
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "归档文件"
        ordering = ["archive", "pk"]
        constraints = [models.UniqueConstraint(fields=["archive", "kind"], name="one_file_of_a_kind_per_archive")]

    def __str__(self) -> str:
        return self.name

    @property
    def icon(self) -> str:
        return FILE_ICONS[FileKind(self.kind)]

    @property
    def needs_reason(self) -> bool:
        return self.kind in NEEDS_REASON
