"""The running log: lines, and what was added to them after they were fixed."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from dutylog.choices import EntryCategory, NoticeChannel, NoticeRole
from dutylog.models.days import DutyDay, Shift
from servicedesk.choices import Tone
from servicedesk.models import AboutRecord, AboutRecordQuerySet, ServicePoint, Zone, at_desk_before, of_desks


class LogEntryQuerySet(models.QuerySet):
    def visible_to(self, user) -> "LogEntryQuerySet":
        """Lines of the days that a person may see."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("servicedesk.see_all_points"):
            return self
        return self.filter(of_desks(user, "day__service_point"))

    def standing(self) -> "LogEntryQuerySet":
        """Lines that count: struck ones stay to be read and count no more."""
        return self.filter(struck_at__isnull=True)

    def notices_on(self, day: DutyDay) -> "LogEntryQuerySet":
        """通知 of earlier sheets of the desk that still stand on a day, the oldest first."""
        rows = self.standing().filter(at_desk_before(day.service_point_id, day.on, "day"))
        standing = self.model._default_manager.filter(stands_until__gte=day.on)
        return rows.filter(pk__in=standing.order_by().values("pk")).order_by("happened_at", "pk")


class LogEntry(models.Model):
    """值班记录 line: typed by hand, or written by a register with its record's number."""

    day = models.ForeignKey(DutyDay, models.PROTECT, related_name="entries", verbose_name="值班日")
    shift = models.ForeignKey(
        Shift, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="班次"
    )
    happened_at = models.DateTimeField("发生时间")
    entered_at = models.DateTimeField("记录时间")
    is_late_entry = models.BooleanField("补录", default=False)
    category = models.CharField("类别", max_length=11, choices=EntryCategory.choices)
    text = models.TextField("内容")
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="地点")
    place_detail = models.CharField("具体位置", max_length=100, blank=True)
    handling = models.TextField("处理", blank=True)
    result = models.CharField("结果", max_length=200, blank=True)
    stands_until = models.DateField("持续到", null=True, blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")
    record_number = models.CharField("关联编号", max_length=32, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人"
    )
    struck_at = models.DateTimeField("划去时间", null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="划去人"
    )
    struck_reason = models.CharField("划去原因", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "值班记录"
        ordering = ["happened_at", "pk"]
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        indexes = [
            models.Index(fields=["day", "happened_at"]),
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["-happened_at", "-id"], name="entry_happened"),
            models.Index(fields=["record_number"], name="entry_record_number"),
            models.Index(fields=["category", "-happened_at", "-id"], name="entry_category"),
            models.Index(fields=["-entered_at", "-id"], name="entry_entered"),
            # Few among many: found without reading the others.
            models.Index(fields=["-happened_at", "-id"], name="entry_late", condition=Q(is_late_entry=True)),
            models.Index(fields=["-happened_at", "-id"], name="entry_struck", condition=Q(struck_at__isnull=False)),
            models.Index(fields=["stands_until"], name="entry_stands", condition=Q(stands_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`ZB-20250501 10:20`: the sheet and the moment, as people speak of a line."""
        return f"{self.day.number} {timezone.localtime(self.happened_at):%H:%M}"

    @property
    def service_point(self) -> ServicePoint:
        return self.day.service_point

    @property
    def service_point_id(self) -> int:
        return self.day.service_point_id

    @property
    def is_struck(self) -> bool:
        return self.struck_at is not None

    @property
    def is_sealed(self) -> bool:
        """Was there when the day was closed, be it open again since: only an addendum is possible."""
        return self.day.closed_at is not None and self.entered_at <= self.day.closed_at

    @property
    def is_after_reopening(self) -> bool:
        """Written after a closed day was opened again: marked on screen and paper."""
        return self.day.reopened_at is not None and self.entered_at >= self.day.reopened_at

    @property
    def is_by_register(self) -> bool:
        """Written by a register about its record: put right there, never here."""
        return self.object_id is not None

    @property
    def badge(self) -> tuple:
        if self.is_struck:
            return Tone.GREY, "slash-circle"
        return (Tone.OCHRE, "clock-history") if self.is_late_entry else (Tone.INK, "check2")

    def get_state_display(self) -> str:
        if self.is_struck:
            return "已划去"
        return "补录" if self.is_late_entry else "有效"


class Addendum(models.Model):
    """补记: what is added under a line, or to a day, once the line is fixed. Never changed."""

    day = models.ForeignKey(DutyDay, models.PROTECT, related_name="addenda")
    entry = models.ForeignKey(LogEntry, models.PROTECT, null=True, blank=True, related_name="addenda")
    order = models.PositiveSmallIntegerField("补记号")
    text = models.TextField("内容")
    reason = models.CharField("原因", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="补记人")

    class Meta:
        verbose_name = verbose_name_plural = "补记"
        ordering = ["day", "order"]
        constraints = [models.UniqueConstraint(fields=["day", "order"], name="one_addendum_per_order")]

    def __str__(self) -> str:
        return f"{self.day} 补{self.order}"


class NoticeStep(AboutRecord):
    """通报链 step: who was told of a line, an accident or a case, when they answered and arrived."""

    role = models.CharField("层级", max_length=12, choices=NoticeRole.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员"
    )
    person_name = models.CharField("姓名", max_length=60)
    channel = models.CharField("方式", max_length=6, choices=NoticeChannel.choices)
    told_at = models.DateTimeField("通报时间")
    answered_at = models.DateTimeField("应答时间", null=True, blank=True)
    arrived_at = models.DateTimeField("到场时间", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="通报人")
    history = HistoricalRecords()

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        ordering = ["told_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.role} {self.person_name}"
