"""早会 and 交接记录本 (3.15): what was said, each version of it, and who was given, opened and signed which."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from simple_history.models import HistoricalRecords

from dutylog.choices import BRIEFING_BADGES, BRIEFING_TRANSITIONS, BriefingState, ReceiptKind
from dutylog.models.days import DutyDay
from servicedesk.models import Record, RecordQuerySet

PERSON = settings.AUTH_USER_MODEL


def signature_of(reader: str, edition: str) -> Subquery:
    """The receipt by which the reader of a row signed that version, if there is one.

    By its key: asked whether there is one, PostgreSQL rather reads the receipts of all years at once.
    """
    signed = BriefingReceipt.objects.order_by().filter(
        kind=ReceiptKind.SIGNED, reader=OuterRef(reader), version__edition=OuterRef(edition),
    )
    return Subquery(signed.values("pk")[:1])


class BriefingQuerySet(RecordQuerySet):
    def visible_to(self, user) -> "BriefingQuerySet":
        """Those of one's desks, and those one is asked to sign wherever they were held."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        here = super().visible_to(user)
        asked = BriefingReader.objects.filter(person=user, briefing=OuterRef("pk"))
        return self.filter(Q(pk__in=here.values("pk")) | Exists(asked))

    def unsigned_by(self, user) -> "BriefingQuerySet":
        """Published ones whose newest version this reader has not signed."""
        signature = signature_of("readers__pk", "edition")
        return self.filter(IsNull(signature, True), readers__person=user, edition__gt=0)

    def not_signed_by_all(self) -> "BriefingQuerySet":
        """Published ones that some reader has not signed in their newest version."""
        missing = BriefingReader.objects.with_signed().filter(briefing=OuterRef("pk"), has_signed=False)
        return self.filter(Exists(missing), edition__gt=0)


class Briefing(Record):
    """早会记录 (a page of 3.15): one per date and service point, `JJ-20250501`. `edition` counts what was published."""

    TRANSITIONS = BRIEFING_TRANSITIONS

    state = models.CharField("状态", max_length=9, choices=BriefingState.choices, default=BriefingState.DRAFT)
    day = models.OneToOneField(DutyDay, models.PROTECT, related_name="briefing", verbose_name="值班日")
    on = models.DateField("日期")
    edition = models.PositiveSmallIntegerField("版次", default=0)
    starts_at = models.TimeField("开始")
    ends_at = models.TimeField("结束", null=True, blank=True)
    host = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="记录人")
    expected = models.PositiveSmallIntegerField("应到", default=0)
    present = models.PositiveSmallIntegerField("实到", default=0)
    absences = models.CharField("缺席及原因", max_length=300, blank=True)
    operations = models.TextField("当日运营信息", blank=True)
    yesterday = models.TextField("昨日工作总结", blank=True)
    checks = models.JSONField("岗前检查", default=list, blank=True)
    check_problems = models.CharField("检查问题", max_length=300, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    closed_at = models.DateTimeField("检查时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="检查人"
    )
    history = HistoricalRecords(excluded_fields=["version"])

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "早会记录"
        ordering = ["-on", "service_point"]
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [("publish_briefing", "发布早会记录"), ("close_briefing", "检查早会记录")]
        indexes = [
            models.Index(fields=["-on", "-id"], name="briefing_on"),
            models.Index(fields=["service_point", "-on"], name="briefing_point_on"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["on", "service_point"], name="one_briefing_per_date_and_point")
        ]

    @property
    def badge(self) -> tuple:
        return BRIEFING_BADGES[BriefingState(self.state)]

    @property
    def is_published(self) -> bool:
        return self.edition > 0


class BriefingDocument(models.Model):
    """一 文件精神传达: a document from above; its pictures are photos of the briefing."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="documents")
    order = models.PositiveSmallIntegerField("序号")
    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=120)
    points = models.TextField("要点", blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "文件精神"
        ordering = ["briefing", "order", "pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class BriefingTask(models.Model):
    """四 当日工作安排: what, who, until when, and whether it was done."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="tasks")
    order = models.PositiveSmallIntegerField("序号")
    matter = models.CharField("事项", max_length=200)
    owner = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人")
    due_at = models.TimeField("时限", null=True, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    done_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="完成人")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "工作安排"
        ordering = ["briefing", "order", "pk"]

    def __str__(self) -> str:
        return self.matter


class BriefingVersion(models.Model):
    """One published version, word for word as its readers got it. Never changed."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="versions")
    edition = models.PositiveSmallIntegerField("版次")
    content = models.JSONField("内容")
    digest = models.CharField("校验", max_length=64)
    reason = models.CharField("修改原因", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="发布人")

    class Meta:
        verbose_name = verbose_name_plural = "早会版本"
        ordering = ["briefing", "edition"]
        constraints = [models.UniqueConstraint(fields=["briefing", "edition"], name="one_version_per_edition")]

    def __str__(self) -> str:
        return f"{self.briefing} 第{self.edition}版"

    @property
    def short_code(self) -> str:
        return self.digest[:8].upper()


class BriefingReaderQuerySet(models.QuerySet):
    def with_signed(self) -> "BriefingReaderQuerySet":
        """Each with `has_signed`: the version that stands now."""
        return self.annotate(has_signed=IsNull(signature_of("pk", "briefing__edition"), False))


class BriefingReader(models.Model):
    """全员审阅: who is asked to read and sign, as the roster stood when it was published. Never changed."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="readers")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="briefings_to_read", verbose_name="人员")
    order = models.PositiveSmallIntegerField("序号")
    duty = models.CharField("班次", max_length=20)

    objects = BriefingReaderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审阅人"
        ordering = ["briefing", "order"]
        constraints = [models.UniqueConstraint(fields=["briefing", "person"], name="one_reader_per_person")]

    def __str__(self) -> str:
        return f"{self.briefing} {self.person}"


class BriefingReceiptQuerySet(models.QuerySet):
    def of_newest(self) -> "BriefingReceiptQuerySet":
        """Facts about the version that stands now."""
        return self.filter(version__edition=F("version__briefing__edition"))


class BriefingReceipt(models.Model):
    """送达, 打开, 签字: one fact about one reader and one version, with its time. Never changed."""

    version = models.ForeignKey(BriefingVersion, models.PROTECT, related_name="receipts")
    reader = models.ForeignKey(BriefingReader, models.PROTECT, related_name="receipts")
    kind = models.CharField("事实", max_length=9, choices=ReceiptKind.choices)
    at = models.DateTimeField("时间")

    objects = BriefingReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审阅回执"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "reader", "kind"], name="one_receipt_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.reader} {self.get_kind_display()}"


class BriefingNote(models.Model):
    """补记 under a page that was published. Never changed."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="notes")
    order = models.PositiveSmallIntegerField("补记号")
    text = models.CharField("内容", max_length=500)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="补记人")

    class Meta:
        verbose_name = verbose_name_plural = "早会补记"
        ordering = ["briefing", "order"]
        constraints = [models.UniqueConstraint(fields=["briefing", "order"], name="one_note_per_order")]

    def __str__(self) -> str:
        return f"{self.briefing} 补{self.order}"
