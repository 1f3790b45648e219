"""后台任务: what is done without anybody pressing, when it last was, and whether its runner lives."""

from django.db import models


class Runner(models.Model):
    """A process of `manage.py run_jobs`, and its last sign of life."""

    name = models.CharField("进程", max_length=80, unique=True)
    started_at = models.DateTimeField("启动")
    beat_at = models.DateTimeField("心跳", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台进程"
        ordering = ["-beat_at"]
        permissions = [("see_jobs", "查看后台任务")]

    def __str__(self) -> str:
        return self.name


class JobState(models.Model):
    """A repeated job: one row per key. Who holds the lease runs it; a lease that is not renewed lapses."""

    key = models.CharField("任务", max_length=60, unique=True)
    next_at = models.DateTimeField("下次")
    last_started_at = models.DateTimeField("上次开始", null=True, blank=True)
    last_finished_at = models.DateTimeField("上次结束", null=True, blank=True)
    last_seconds = models.FloatField("用时(秒)", null=True, blank=True)
    last_said = models.CharField("结果", max_length=200, blank=True)
    last_error = models.CharField("错误", max_length=200, blank=True)
    failed_at = models.DateTimeField("出错时间", null=True, blank=True)
    leased_by = models.CharField(max_length=80, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
