"""Claims: who says a thing is theirs, on which document, what they said before they saw it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from lostfound.choices import (
    CLAIM_BADGES,
    CLAIM_TRANSITIONS,
    OPEN_CLAIM_STATES,
    WORKING_CLAIM_STATES,
    ClaimPath,
    ClaimState,
    Condition,
    DocumentForm,
    DocumentKind,
    Verdict,
    VerifyMeans,
)
from lostfound.models.items import FoundItem
from lostfound.models.reports import LostReport
from servicedesk.choices import Sex
from servicedesk.models import Record, RecordQuerySet
from servicedesk.sealing import DigestField, SealedField, TailField, masked, masked_name


class ClaimQuerySet(RecordQuerySet):
    def open(self) -> "ClaimQuerySet":
        return self.filter(state__in=OPEN_CLAIM_STATES)


class Claim(Record):
    """认领 (lower half of 3.3–3.5). Its number is the item's with the order of the claim: `SW-…-007-R1`.

    The names are kept exactly as typed; `lostfound.services.names` compares them to the character.
    No picture of a document is ever stored.
    """

    TRANSITIONS = CLAIM_TRANSITIONS

    item = models.ForeignKey(FoundItem, models.PROTECT, related_name="claims", verbose_name="拾物")
    report = models.ForeignKey(
        LostReport, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name="失物登记"
    )
    state = models.CharField("状态", max_length=12, choices=ClaimState.choices, default=ClaimState.OPENED)
    item_state_before = models.CharField(max_length=12, blank=True, editable=False)
    path = models.CharField("认领方式", max_length=2, choices=ClaimPath.choices, default=ClaimPath.OWNER)

    # the owner, in whose name the thing is claimed
    claimant_name = models.CharField("认领人姓名", max_length=100)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices, blank=True)
    phone = SealedField("联系电话")
    phone_tail = TailField("电话后四位", of="phone")
    phone_digest = DigestField(of="phone", db_index=True)
    origin = models.CharField("来源地/住址", max_length=120, blank=True)
    document_kind = models.CharField("证件类型", max_length=20, choices=DocumentKind.choices, blank=True)
    document_form = models.CharField("证件形式", max_length=10, choices=DocumentForm.choices, blank=True)
    document_name = models.CharField("证件上的姓名", max_length=100, blank=True)
    document_number = SealedField("证件号码", blank=True, default="")
    document_tail = TailField("证件后四位", of="document_number")
    document_digest = DigestField(of="document_number", db_index=True)
    document_expires_on = models.DateField("证件有效期至", null=True, blank=True, help_text="长期有效留空")

    # K2 a delegate comes in the owner's place
    delegate_name = models.CharField("代领人", max_length=100, blank=True)
    delegate_phone = SealedField("代领人电话", blank=True, default="")
    delegate_relation = models.CharField("与失主关系", max_length=30, blank=True)
    delegate_document_kind = models.CharField("代领人证件", max_length=20, choices=DocumentKind.choices, blank=True)
    delegate_document_form = models.CharField("代领人证件形式", max_length=10, choices=DocumentForm.choices, blank=True)
    delegate_document_name = models.CharField("代领人证件姓名", max_length=100, blank=True)
    delegate_document_number = SealedField("代领人证件号码", blank=True, default="")
    delegate_document_tail = TailField("代领人证件后四位", of="delegate_document_number")
    delegate_document_expires_on = models.DateField("代领人证件有效期至", null=True, blank=True)
    has_authorisation = models.BooleanField("有签名的委托书", default=False)
    authorisation_name = models.CharField("委托书上的委托人", max_length=100, blank=True)
    owner_called_at = models.DateTimeField("致电失主时间", null=True, blank=True)
    owner_call_result = models.CharField("致电失主结果", max_length=200, blank=True)

    # K3 the thing is the claimant's own document
    is_face_compared = models.BooleanField("已比对本人与证件照片", default=False)
    is_number_dictated = models.BooleanField("本人背出号码无误", default=False)
    second_sign = models.CharField("第二凭据", max_length=200, blank=True)

    # K4 a minor with a guardian
    guardian_name = models.CharField("监护人姓名", max_length=100, blank=True)
    guardian_document_kind = models.CharField("监护人证件", max_length=20, choices=DocumentKind.choices, blank=True)
    guardian_document_form = models.CharField("监护人证件形式", max_length=10, choices=DocumentForm.choices, blank=True)
    guardian_document_name = models.CharField("监护人证件姓名", max_length=100, blank=True)
    guardian_document_number = SealedField("监护人证件号码", blank=True, default="")
    guardian_document_tail = TailField("监护人证件后四位", of="guardian_document_number")
    guardian_document_expires_on = models.DateField("监护人证件有效期至", null=True, blank=True)
    has_household_register = models.BooleanField("户口簿可证明监护关系", default=False)
    guardian_statement = models.CharField("监护声明", max_length=200, blank=True)

    # what they say
    lost_from = models.DateTimeField("遗失时间起", null=True, blank=True)
    lost_to = models.DateTimeField("遗失时间止", null=True, blank=True)
    lost_place = models.CharField("遗失地点", max_length=200, blank=True)

    # the check
    opened_for_view_at = models.DateTimeField("开启核对时间", null=True, blank=True)
    verified_by_means = models.JSONField("核实方式", default=list, blank=True)
    blocked_reason = models.TextField("受阻原因", blank=True)
    certificate_number = models.CharField("公安证明文号", max_length=60, blank=True)
    certificate_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="认可证明的负责人",
    )
    second_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="第二名工作人员"
    )
    is_counted_again = models.BooleanField("当面重新清点", default=False)
    approved_at = models.DateTimeField("核验通过时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核验人"
    )

    # the end
    pieces = models.PositiveIntegerField("领取件数", null=True, blank=True)
    condition = models.CharField("领取时状况", max_length=10, choices=Condition.choices, blank=True)
    difference = models.CharField("差异说明", max_length=200, blank=True)
    handed_over_at = models.DateTimeField("发还时间", null=True, blank=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发还经办"
    )
    message = models.TextField("游客留言", max_length=1000, blank=True)
    reject_reason = models.CharField("未通过原因", max_length=200, blank=True)
    is_withdrawn = models.BooleanField("认领人撤回", default=False)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "认领"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("decide_claim", "裁定争议认领"),
            ("certify_claim", "认可公安证明"),
        ]
        indexes = [
            models.Index(fields=["service_point", "-created_at"], name="claim_point_created"),
            models.Index(fields=["-created_at", "-id"], name="claim_created"),
            models.Index(fields=["phone_tail"], name="claim_phone_tail"),
            models.Index(fields=["state", "created_at"], name="claim_state_created"),
            models.Index(fields=["handed_over_at", "id"], name="claim_handed_over"),
            models.Index(fields=["document_tail"], name="claim_document_tail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], name="one_working_claim_per_item", condition=Q(state__in=WORKING_CLAIM_STATES)
            ),
            models.UniqueConstraint(
                fields=["item"], name="one_release_per_item", condition=Q(state=ClaimState.HANDED_OVER)
            ),
        ]

    @property
    def badge(self):
        return CLAIM_BADGES[ClaimState(self.state)]

    @staticmethod
    def said_verified_by_means(values: list[str]) -> str:
        """The means in words, for the time line."""
        return "、".join(VerifyMeans(value).label for value in values)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CLAIM_STATES

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)

    @property
    def claimant_masked(self) -> str:
        return masked_name(self.claimant_name)

    @property
    def document_masked(self) -> str:
        return masked(self.document_number)


class ClaimStatement(models.Model):
    """盲核验: one thing the claimant said before seeing the item, then ticked 符合 or 不符.

    `of_earlier` names who said it when another person stands at the desk by now: it stays and counts no more.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="statements")
    text = models.CharField("认领人的描述", max_length=500)
    said_at = models.DateTimeField("时间")
    of_earlier = models.CharField("先前陈述人", max_length=100, blank=True, default="")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")
    verdict = models.CharField("核对", max_length=8, choices=Verdict.choices, blank=True, default="")
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    judged_at = models.DateTimeField("核对时间", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "认领人描述"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class NameCorrection(models.Model):
    """A typing error in a name, re-read and put right by a second person. Never changed."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="corrections")
    field = models.CharField("栏目", max_length=40)
    old = models.CharField("原写", max_length=100)
    new = models.CharField("更正为", max_length=100)
    reason = models.CharField("原因", max_length=200)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="更正人")
    reread_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="复读人")

    class Meta:
        verbose_name = verbose_name_plural = "姓名更正"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
