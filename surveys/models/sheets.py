"""What visitors answered: sheets, and the score of each item. An answer is never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from simple_history.models import HistoricalRecords

from servicedesk.choices import Sex
from servicedesk.models import Record, RecordQuerySet, VisitorCode
from servicedesk.sealing import DigestField, SealedField, TailField, masked, masked_name
from surveys.choices import (
    SHEET_BADGES,
    SHEET_TRANSITIONS,
    AgeBand,
    Care,
    Channel,
    Language,
    Party,
    Score,
    SheetState,
    Transport,
    Visits,
)
from surveys.models.batches import SurveyBatch
from surveys.models.versions import SurveyItem, SurveyVersion

PERSON = settings.AUTH_USER_MODEL
SCORES_RIGHT = "surveys.see_scores"


class SurveySheetQuerySet(RecordQuerySet):
    def visible_to(self, user) -> "SurveySheetQuerySet":
        """Each sheet says in `shows_scores` whether this person may read what stands on it: never on one's own."""
        rows = self.of_desks(user)
        if not user.has_perm(SCORES_RIGHT):
            return rows.annotate(shows_scores=Value(False))
        own = Q(created_by=user) | Q(handed_out_by=user)
        closed = Case(When(own, then=Value(False)), default=Value(True), output_field=models.BooleanField())
        return rows.annotate(shows_scores=closed)

    def of_desks(self, user) -> "SurveySheetQuerySet":
        """The same rows for figures, which tell of no single sheet."""
        return super().visible_to(user)  # type: ignore[return-value]

    def counted(self) -> "SurveySheetQuerySet":
        """Those that figures count."""
        return self.filter(state=SheetState.VALID)

    def waiting(self) -> "SurveySheetQuerySet":
        """Low answers that are still to be passed on."""
        return self.in_care(Care.WAITING).filter(state=SheetState.VALID)

    def in_care(self, care: str) -> "SurveySheetQuerySet":
        """Low answers of which that becomes; said as the index of them says it, so that SQLite finds them by it."""
        return self.filter(~Q(care=""), care=care)

    def low(self, most: int) -> "SurveySheetQuerySet":
        """With any score of at most `most`."""
        return self.filter(lowest__lte=most)


class SurveySheet(Record):
    """问卷 (3.11): WJ. One visitor's answer, by QR, kiosk, paper or phone. Nobody of the desk made the first two."""

    TRANSITIONS = SHEET_TRANSITIONS

    created_by = models.ForeignKey(  # type: ignore[assignment]  # a visitor's own answer was made by nobody here
        PERSON, models.PROTECT, null=True, blank=True, verbose_name="录入人", related_name="+"
    )
    state = models.CharField("状态", max_length=7, choices=SheetState.choices, default=SheetState.VALID)
    survey_version = models.ForeignKey(SurveyVersion, models.PROTECT, related_name="sheets", verbose_name="问卷版本")
    channel = models.CharField("方式", max_length=5, choices=Channel.choices)
    language = models.CharField("语言", max_length=2, choices=Language.choices, default=Language.CHINESE)
    answered_at = models.DateTimeField("填表时间")
    zone = models.ForeignKey(
        "servicedesk.Zone", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="地点"
    )
    code = models.ForeignKey(
        VisitorCode, models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name="二维码"
    )
    posted_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    batch = models.ForeignKey(
        SurveyBatch, models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name="发放批次"
    )
    handed_out_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发放人"
    )

    origin = models.CharField("来自", max_length=60, blank=True)
    party = models.CharField("出游方式", max_length=6, choices=Party.choices, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices, blank=True)
    age_band = models.CharField("年龄", max_length=5, choices=AgeBand.choices, blank=True)
    visits = models.CharField("第几次来", max_length=1, choices=Visits.choices, blank=True)
    heard_from = models.JSONField("得知渠道", default=list, blank=True)
    heard_other = models.CharField("其他渠道", max_length=30, blank=True)
    transport = models.CharField("交通", max_length=5, choices=Transport.choices, blank=True)

    overall = models.PositiveSmallIntegerField("总体印象", choices=Score.choices, null=True, blank=True)
    nps = models.PositiveSmallIntegerField("愿意推荐", null=True, blank=True)
    lowest = models.PositiveSmallIntegerField("最低分", null=True, blank=True, editable=False)
    comment = models.TextField("意见建议", max_length=2000, blank=True)
    visitor_name = models.CharField("姓名", max_length=60, blank=True)
    phone = SealedField("电话", blank=True, default="")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    may_call = models.BooleanField("愿意接受回访", default=False)

    care = models.CharField("低分处理", max_length=9, choices=Care.choices, blank=True, default=Care.NONE)
    care_note = models.CharField("处理说明", max_length=200, blank=True)
    passed_number = models.CharField("转为", max_length=32, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = SurveySheetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问卷"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("see_scores", "查看单份问卷的评分"), ("see_results", "查看满意度统计"),
            ("pass_on_surveysheet", "低分转抱怨"), ("void_surveysheet", "作废问卷"),
        ]
        indexes = [
            models.Index(fields=["service_point", "-answered_at"], name="sheet_point_answered"),
            models.Index(fields=["-answered_at", "-id"], name="sheet_answered"),
            models.Index(fields=["-created_at", "-id"], name="sheet_created"),
            models.Index(fields=["care", "answered_at"], name="sheet_care", condition=~Q(care="")),
            models.Index(
                fields=["service_point", "-answered_at", "-id"], name="sheet_void", condition=Q(state=SheetState.VOID)
            ),
            models.Index(fields=["phone_tail"], name="sheet_phone_tail", condition=~Q(phone_tail="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(nps__isnull=True) | Q(nps__lte=10), name="sheet_nps_to_ten"),
            models.CheckConstraint(condition=Q(phone="") | Q(may_call=True), name="sheet_phone_with_consent"),
        ]

    @property
    def badge(self) -> tuple:
        return SHEET_BADGES[SheetState(self.state)]

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)

    @property
    def name_masked(self) -> str:
        return masked_name(self.visitor_name)

    @property
    def page(self) -> str:
        """Where it is seen."""
        return reverse("surveys:surveysheet_detail", args=[self.pk])

    @property
    def place(self) -> str:
        """Where it was answered."""
        return self.zone.name if self.zone else self.code.name if self.code else ""


class SurveyAnswer(models.Model):
    """The score of one item on one sheet. Never changed; an item left blank has no row."""

    sheet = models.ForeignKey(SurveySheet, models.PROTECT, related_name="answers")
    item = models.ForeignKey(SurveyItem, models.PROTECT, related_name="answers")
    score = models.PositiveSmallIntegerField("评分", choices=Score.choices)

    class Meta:
        verbose_name = verbose_name_plural = "评分"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="one_score_per_item"),
            models.CheckConstraint(condition=Q(score__lte=5), name="score_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.score}"
