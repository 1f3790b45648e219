"""旧日志: what the desk wrote into its diary before it had the program."""

from django.db import models
from simple_history.models import HistoricalRecords

from dutylog.choices import EntryCategory
from servicedesk.choices import Tone
from servicedesk.models import Record


class OldLogLine(Record):
    """A line of an old diary (RZ): a copy of paper or Excel, never part of a duty day, in no seal and no figure.

    Shift, place and recorder stand as they were written: staff and places of then need not be those of today.
    `created_at` is the line's own moment (midnight where it bears no clock), `created_by` who took it over.
    """

    on = models.DateField("日期")
    clock = models.TimeField("时间", null=True, blank=True)
    shift = models.CharField("班次", max_length=20, blank=True)
    category = models.CharField("类别", max_length=11, choices=EntryCategory.choices, default=EntryCategory.OTHER)
    place = models.CharField("地点", max_length=100, blank=True)
    text = models.TextField("内容")
    handling = models.TextField("处理", blank=True)
    result = models.CharField("结果", max_length=200, blank=True)
    recorder = models.CharField("记录人", max_length=60, blank=True)
    old_number = models.CharField("旧编号", max_length=40, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        verbose_name = verbose_name_plural = "旧日志"
        # Nobody writes or changes one: it is taken over, and taken back with its batch.
        default_permissions = ("add", "view", "export", "print")
        indexes = [
            models.Index(fields=["-on", "-id"], name="oldline_on"),
            models.Index(fields=["service_point", "-on", "-id"], name="oldline_point_on"),
        ]

    @property
    def badge(self) -> tuple:
        return (Tone.GREY, "eraser") if self.anonymised_at else (Tone.INK, "archive")

    def get_state_display(self) -> str:
        return "已清除" if self.anonymised_at else "旧账"
