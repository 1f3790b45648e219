"""后台任务: what is done without anybody pressing, whether its runner lives, and long work that a person asked for."""

from django.conf import settings
from django.db import models

from servicedesk.choices import LONG_TASK_BADGES, UNFINISHED_TASK_STATES, LongTaskState


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


class LongTaskQuerySet(models.QuerySet):
    def visible_to(self, user) -> "LongTaskQuerySet":
        """One's own: a result may hold what others may not see."""
        return self.filter(by=user)

    def unfinished(self) -> "LongTaskQuerySet":
        return self.filter(state__in=UNFINISHED_TASK_STATES)


class LongTask(models.Model):
    """长任务: work of minutes that a person asked for: how far it is, and its result or why there is none.

    `facts` is what the work needs to begin, `right` what its result may be fetched with. The result lies sealed
    beside the database (`file`) for the days of the setting; then the row goes too.
    """

    key = models.CharField("种类", max_length=40)
    title = models.CharField("内容", max_length=120)
    facts = models.JSONField(default=dict)
    right = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="long_tasks", verbose_name="发起人")
    state = models.CharField("状态", max_length=7, choices=LongTaskState.choices, default=LongTaskState.WAITING)
    asked_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("开始", null=True, blank=True)
    finished_at = models.DateTimeField("结束", null=True, blank=True)
    done = models.PositiveIntegerField("已做", default=0)
    total = models.PositiveIntegerField("共", default=0)
    said = models.CharField("结果", max_length=200, blank=True)
    file = models.CharField(max_length=80, blank=True)
    file_name = models.CharField("文件", max_length=120, blank=True)
    file_type = models.CharField(max_length=100, blank=True)

    objects = LongTaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "长任务"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> tuple:
        return LONG_TASK_BADGES[LongTaskState(self.state)]

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED_TASK_STATES
