"""Which days are rest and which are work: the desk's own table."""

from django.db import models
from simple_history.models import HistoricalRecords

from dutylog.choices import CalendarMark


class CalendarDay(models.Model):
    """日历: a day that is not what its weekday says (a holiday, a Sunday of work). A year without rows is 暂定."""

    date = models.DateField("日期", unique=True)
    mark = models.CharField("休/班", max_length=4, choices=CalendarMark.choices)
    name = models.CharField("名称", max_length=30, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "日历"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.get_mark_display()} {self.name}".strip()
