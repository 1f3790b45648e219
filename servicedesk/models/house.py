"""The desk's own wording and numbers, the sign-in guard, the permit of the purge, the search index."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class Setting(models.Model):
    """参数: the value a manager chose for a preference that code declares with its default."""

    key = models.CharField("参数", max_length=80, unique=True)
    value = models.JSONField("值")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "参数"

    def __str__(self) -> str:
        return self.key


class TableMark(models.Model):
    """The mark of a kept table; a trigger renews it with every change (see `tablemarks.py`)."""

    table = models.CharField(max_length=63, primary_key=True)
    mark = models.CharField(max_length=36)

    class Meta:
        verbose_name = verbose_name_plural = "表的变动记号"

    def __str__(self) -> str:
        return self.table


class PaperWording(models.Model):
    """表单文字: a desk's own title, form code, version, footnotes and signature labels for a paper."""

    paper = models.CharField("表单", max_length=40, unique=True)
    title = models.CharField("标题", max_length=60, blank=True)
    form_code = models.CharField("记录编号", max_length=30, blank=True)
    form_version = models.CharField("版本", max_length=20, blank=True)
    footnotes = models.TextField("表尾说明", blank=True)
    signature_labels = models.JSONField("签字栏名称", default=dict, blank=True)
    has_tear_line = models.BooleanField("打印撕线", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "表单文字"

    def __str__(self) -> str:
        return self.paper


class SignInAttempt(models.Model):
    """Sign-ins tried per 工号 and address since the last success; raised before a password is judged.

    `tried_at` (seconds since 1970) is the last try that was judged: the lock-out ends one window after it.
    """

    staff_no = models.CharField(max_length=60)
    address = models.CharField(max_length=45)
    tried_at = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "登录尝试"
        constraints = [models.UniqueConstraint(fields=["staff_no", "address"], name="one_row_per_person_and_address")]

    def __str__(self) -> str:
        return f"{self.staff_no} {self.count}"


class PurgePermit(models.Model):
    """While a row stands here, redactable tables accept the overwriting of old personal data."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "清除许可"

    def __str__(self) -> str:
        return self.reason


class PurgeRun(models.Model):
    """清除记录: what a purge of old personal data made anonymous. One row per transaction; `run` joins those
    of one press, so that a run that was cut off has told exactly what it did.
    """

    run = models.UUIDField("批次", null=True, blank=True, db_index=True, editable=False)
    numbers = models.JSONField("编号", null=True, blank=True)

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办")
    at = models.DateTimeField("时间", auto_now_add=True)
    reason = models.CharField("原因", max_length=200)
    counts = models.JSONField("各登记簿条数")

    class Meta:
        verbose_name = verbose_name_plural = "清除记录"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class SearchEntry(models.Model):
    """One record in the search over everything; its words stand in a full-text table beside it."""

    register = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    number = models.CharField(max_length=32, db_index=True)
    title = models.CharField(max_length=200)
    service_point = models.ForeignKey(
        "servicedesk.ServicePoint", models.CASCADE, null=True, related_name="+"
    )
    happened_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        constraints = [models.UniqueConstraint(fields=["register", "object_id"], name="one_entry_per_record")]

    def __str__(self) -> str:
        return self.number
