"""Where things happen and where things lie: service points, zones of the park, storage places."""

import datetime as dt

from django.db import models
from simple_history.models import HistoricalRecords

from servicedesk.choices import StorageKind


class ServicePoint(models.Model):
    """服务点: a desk. Serial numbers run per desk; people see their own desks' records."""

    name = models.CharField("名称", max_length=60, unique=True)
    serial_mark = models.CharField(
        "编号标记", max_length=4, unique=True, blank=True,
        help_text="插在编号前缀之后,如 B → SWB-20261122-001;主服务中心留空。",
    )
    phone = models.CharField("电话", max_length=30, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    # Empty: since before the program came.
    opened_on = models.DateField("启用日期", null=True, blank=True)
    is_active = models.BooleanField("在用", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "服务点"
        ordering = ["serial_mark", "name"]

    def __str__(self) -> str:
        return self.name

    def was_open(self, on: dt.date) -> bool:
        """Whether the desk was there yet: nothing is owed for the days before."""
        return self.opened_on is None or self.opened_on <= on


class Zone(models.Model):
    """园区地点: typed by name, number or pinyin; neighbours matter when a loss meets a find."""

    number = models.CharField("编号", max_length=10, unique=True)
    name = models.CharField("名称", max_length=60, unique=True)
    pinyin = models.CharField("拼音", max_length=200, blank=True, editable=False)
    initials = models.CharField("拼音首字母", max_length=60, blank=True, editable=False)
    neighbours = models.ManyToManyField("self", verbose_name="相邻地点", blank=True)
    is_active = models.BooleanField("在用", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "园区地点"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class StoragePlace(models.Model):
    """存放处: a shelf, drawer or safe compartment. A place holds things, a person answers for them."""

    service_point = models.ForeignKey(ServicePoint, models.PROTECT, verbose_name="服务点", related_name="storage")
    code = models.CharField("格位", max_length=20)
    name = models.CharField("名称", max_length=60, blank=True)
    kind = models.CharField("类型", max_length=10, choices=StorageKind.choices, default=StorageKind.COUNTER)
    is_active = models.BooleanField("在用", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "存放处"
        ordering = ["service_point", "code"]
        constraints = [models.UniqueConstraint(fields=["service_point", "code"], name="one_storage_code_per_point")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"
