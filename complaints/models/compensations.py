"""先行赔偿: money that the desk pays first, who agreed to it, who handed it over, and who gives it back."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from complaints.choices import (
    COMPENSATION_BADGES,
    COMPENSATION_TRANSITIONS,
    MONEY_STATES,
    PAID_STATES,
    ApprovalLevel,
    CompensationState,
    Decision,
    PayWay,
    RecoverFrom,
)
from complaints.models.complaints import Complaint
from servicedesk.models import Department, Record, RecordQuerySet
from servicedesk.sealing import SealedField, TailField, masked, masked_name

PERSON = settings.AUTH_USER_MODEL
ACCOUNT_LENGTH = 60


class CompensationQuerySet(RecordQuerySet):
    def money(self) -> "CompensationQuerySet":
        """Asked, approved or paid."""
        return self.filter(state__in=MONEY_STATES)

    def without_part_of(self, person) -> "CompensationQuerySet":
        """Those that a person neither asked for nor signed: the next hand may be theirs."""
        signed = CompensationApproval.objects.filter(by=person).values("compensation")
        return self.exclude(created_by=person).exclude(pk__in=signed)


class Compensation(Record):
    """先行赔偿审批表: PC. Who asks (`created_by`), who approves and who pays are different people."""

    TRANSITIONS = COMPENSATION_TRANSITIONS

    state = models.CharField("状态", max_length=11, choices=CompensationState.choices, default=CompensationState.DRAFT)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="compensations", verbose_name="投诉")
    amount = models.DecimalField("金额(元)", max_digits=12, decimal_places=2)
    grounds = models.CharField("赔偿事由", max_length=500)
    payee_name = models.CharField("收款人", max_length=100)
    payee_account = SealedField("收款账号", blank=True, default="")
    payee_account_tail = TailField("账号后四位", of="payee_account")
    round = models.PositiveSmallIntegerField("审批轮次", default=1)
    level = models.CharField("等待审批", max_length=10, choices=ApprovalLevel.choices, blank=True)
    total = models.DecimalField("本案累计(元)", max_digits=12, decimal_places=2, default=Decimal(0))
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.CharField("退回、否决或撤销的原因", max_length=200, blank=True)

    way = models.CharField("支付方式", max_length=8, choices=PayWay.choices, blank=True)
    paid_at = models.DateTimeField("支付时间", null=True, blank=True)
    paid_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="支付人"
    )
    voucher = models.CharField("凭证号", max_length=60, blank=True)
    pay_note = models.CharField("支付说明", max_length=200, blank=True)

    recover_from = models.CharField("追偿对象类别", max_length=10, choices=RecoverFrom.choices, blank=True)
    recover_merchant = models.CharField("商户或外包单位", max_length=100, blank=True)
    recover_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任部门"
    )
    recover_person = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    recover_amount = models.DecimalField("应追偿(元)", max_digits=12, decimal_places=2, null=True, blank=True)
    recover_reason = models.CharField("追偿依据", max_length=200, blank=True)
    recovered = models.DecimalField("已追回(元)", max_digits=12, decimal_places=2, default=Decimal(0))
    write_off_reason = models.CharField("核销原因", max_length=200, blank=True)
    written_off_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核销人"
    )
    ended_at = models.DateTimeField("了结时间", null=True, blank=True, help_text="完结、否决、撤销")
    anonymised_at = models.DateTimeField("个人信息清除时间", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["version"])

    objects = CompensationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "先行赔偿"
        default_permissions = ("add", "change", "delete", "view", "export", "print")
        permissions = [
            ("approve_compensation_supervisor", "先行赔偿督导审批"),
            ("approve_compensation_manager", "先行赔偿部门经理审批"),
            ("approve_compensation_leader", "先行赔偿值班领导审批"),
            ("pay_compensation", "先行赔偿支付"), ("recover_compensation", "先行赔偿追偿"),
            ("write_off_compensation", "先行赔偿核销"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="compensation_is_positive"),
            models.CheckConstraint(condition=models.Q(recovered__gte=0), name="recovered_is_not_negative"),
        ]
        indexes = [
            models.Index(fields=["state", "level"], name="compensation_state_level"),
            models.Index(fields=["-created_at", "-id"], name="compensation_created"),
            models.Index(fields=["paid_at"], name="compensation_paid"),
        ]

    @property
    def badge(self) -> tuple:
        return COMPENSATION_BADGES[CompensationState(self.state)]

    @property
    def is_paid(self) -> bool:
        return self.state in PAID_STATES

    @property
    def state_words(self) -> str:
        """`待审(部门经理)`."""
        words = self.get_state_display()
        return f"{words}({self.get_level_display()})" if self.state == CompensationState.PENDING else words

    @property
    def payee_masked(self) -> str:
        return masked_name(self.payee_name)

    @property
    def account_masked(self) -> str:
        return masked(self.payee_account)

    @property
    def owes(self) -> str:
        """`美食街面馆`: whoever the money is asked back from."""
        return str({
            RecoverFrom.MERCHANT: self.recover_merchant, RecoverFrom.DEPARTMENT: self.recover_department,
            RecoverFrom.PERSON: self.recover_person,
        }.get(self.recover_from) or "")  # type: ignore[call-overload]

    @property
    def outstanding(self) -> Decimal:
        """What was asked back and has not come."""
        return (self.recover_amount or Decimal(0)) - self.recovered


class CompensationApproval(models.Model):
    """审批意见: one step of one round, and what was on the table. Never changed."""

    compensation = models.ForeignKey(Compensation, models.PROTECT, related_name="approvals")
    round = models.PositiveSmallIntegerField("审批轮次")
    level = models.CharField("审批级", max_length=10, choices=ApprovalLevel.choices)
    decision = models.CharField("决定", max_length=8, choices=Decision.choices)
    opinion = models.CharField("意见", max_length=200)
    amount = models.DecimalField("金额(元)", max_digits=12, decimal_places=2)
    total = models.DecimalField("本案累计(元)", max_digits=12, decimal_places=2)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="审批人")

    class Meta:
        verbose_name = verbose_name_plural = "先行赔偿审批意见"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["compensation", "round", "level"], name="one_decision_per_step"),
            models.UniqueConstraint(fields=["compensation", "round", "by"], name="one_step_per_approver"),
        ]

    def __str__(self) -> str:
        return f"{self.compensation} {self.get_level_display()}{self.get_decision_display()}"


class CompensationRecovery(models.Model):
    """追回: a sum that came back. Never changed."""

    compensation = models.ForeignKey(Compensation, models.PROTECT, related_name="recoveries")
    amount = models.DecimalField("追回金额(元)", max_digits=12, decimal_places=2)
    at = models.DateTimeField("追回时间")
    entered_at = models.DateTimeField("录入时间")
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="经办")

    class Meta:
        verbose_name = verbose_name_plural = "先行赔偿追回"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="recovery_is_positive")]

    def __str__(self) -> str:
        return f"{self.compensation} ¥{self.amount}"
