"""旧账导入: a file that is taken over as one batch, and which record came of which of its rows."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from reports.choices import OLD_BOOK_BADGES, OLD_BOOK_TRANSITIONS, OldBookState
from servicedesk.oldbooks import OldBook, old_book_by_key


class OldBookImportQuerySet(models.QuerySet):
    def visible_to(self, user) -> "OldBookImportQuerySet":
        """The imports of a person's desks, or all with the right to see all."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("servicedesk.see_all_points"):
            return self
        return self.filter(service_point__in=user.service_points.all())

    def same_file(self, batch: "OldBookImport") -> "OldBookImportQuerySet":
        """Imports of the very same file into the same ledger that stand, or are just being written."""
        states = (OldBookState.RUNNING, OldBookState.DONE)
        return self.filter(
            book=batch.book, service_point=batch.service_point, sha256=batch.sha256, state__in=states
        ).exclude(pk=batch.pk)


class OldBookImport(models.Model):
    """旧账导入: one Excel file of one ledger for one desk. `year` is that of days without one.

    The file lies sealed beside the database (`stored`) until the batch is written or given up; `rows` are its rows,
    `bad` those with a mistake. `said` is why the last try came to nothing.
    """

    TRANSITIONS = OLD_BOOK_TRANSITIONS

    book = models.CharField("账本", max_length=40)
    service_point = models.ForeignKey(
        "servicedesk.ServicePoint", models.PROTECT, verbose_name="服务点", related_name="+"
    )
    file_name = models.CharField("文件", max_length=120)
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    state = models.CharField("状态", max_length=8, choices=OldBookState.choices, default=OldBookState.CHECKING)
    rows = models.PositiveIntegerField("行数", default=0)
    bad = models.PositiveIntegerField("有错的行", default=0)
    said = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("上传时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    ended_at = models.DateTimeField("导入、撤销或放弃的时间", null=True, blank=True)
    history = HistoricalRecords()

    objects = OldBookImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "旧账导入"
        ordering = ["-pk"]
        default_permissions = ("add", "view")
        permissions = [("undo_oldbookimport", "撤销旧账导入")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`JZ-7`: what the history of its records says."""
        return f"JZ-{self.pk}"

    @property
    def of(self) -> OldBook:
        return old_book_by_key(self.book)

    @property
    def badge(self):
        return OLD_BOOK_BADGES[OldBookState(self.state)]

    @property
    def is_busy(self) -> bool:
        return self.state in (OldBookState.CHECKING, OldBookState.RUNNING)


class OldBookRow(models.Model):
    """A row that was written: by it a killed import goes on, and an undone one finds its records.

    `old_key` (ledger, desk, old number) is held as long as the record stands: no old number comes in twice.
    """

    batch = models.ForeignKey(OldBookImport, models.PROTECT, related_name="written")
    row = models.PositiveIntegerField("行")
    object_id = models.PositiveBigIntegerField()
    number = models.CharField("编号", max_length=32)
    old_number = models.CharField("旧编号", max_length=40, blank=True)
    old_key = models.CharField(max_length=120, blank=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "旧账的行"
        ordering = ["batch", "row"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="one_record_per_old_row"),
            models.UniqueConstraint(fields=["old_key"], condition=~models.Q(old_key=""), name="old_number_once"),
        ]

    def __str__(self) -> str:
        return self.number
