"""先行赔偿: the request, the step of the approval, the payment, what comes back."""

from typing import Any

from django import forms

from complaints.choices import PayWay, RecoverFrom
from complaints.models import Compensation, Complaint
from complaints.models.compensations import ACCOUNT_LENGTH
from complaints.services.compensation_payments import PaymentFacts, RecoveryFacts
from complaints.services.compensations import CompensationFacts
from dutylog.forms.briefings import SecretForm
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import MoneyField, PersonField, PhotosField, SignatureField, WhenField
from servicedesk.forms.photos import PreparedPhotosMixin
from servicedesk.forms.standing import CLEAR, say_standing
from servicedesk.models import Department


class CompensationForm(DeskForm):
    """申请."""

    amount = MoneyField(label="金额(元)", help_text="如 120.50")
    payee_name = forms.CharField(label="收款人", max_length=100)
    payee_account = forms.CharField(label="收款账号", max_length=ACCOUNT_LENGTH, required=False,
                                    help_text="转账才要;加密保存,只显示后四位",
                                    widget=forms.TextInput({"autocomplete": "off"}))
    grounds = forms.CharField(label="赔偿事由", max_length=500, help_text="为什么先赔、怎么算的;不写电话、证件号",
                             widget=forms.Textarea({"rows": 3}))
    is_submitted = forms.BooleanField(label="保存后就提交审批", required=False, initial=True)

    def __init__(self, *args: Any, compensation: Compensation | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.compensation = compensation
        if compensation is not None:
            del self.fields["is_submitted"]
            self._hide_account(compensation)
        self.fields["amount"].widget.attrs["autofocus"] = ""
        self.lay_out(
            row(("amount", 3), ("payee_name", 4), ("payee_account", 5)), "grounds",
            *(["is_submitted"] if compensation is None else []),
        )

    def _hide_account(self, compensation: Compensation) -> None:
        if compensation.payee_account:
            say_standing(self.fields["payee_account"], compensation.account_masked, may_clear=True)

    def facts(self) -> CompensationFacts:
        data = self.cleaned_data
        names = ("amount", "grounds", "payee_name")
        return CompensationFacts(**{name: data[name] for name in names}, payee_account=self._account())

    def _account(self) -> str:
        typed = self.cleaned_data["payee_account"].strip()
        if typed == CLEAR:
            return ""
        return typed or (self.compensation.payee_account if self.compensation else "")


def initial_of(compensation: Compensation) -> dict[str, Any]:
    """What may be seen again; the account is not shown in full."""
    names = ("amount", "grounds", "payee_name", "version")
    return {name: getattr(compensation, name) for name in names}


def initial_from(complaint: Complaint) -> dict[str, Any]:
    """What the case already says of it."""
    return {"payee_name": complaint.visitor_name, "amount": complaint.demand_amount}


class ApproveForm(SecretForm):
    """同意, signed with the password or the PIN."""

    opinion = forms.CharField(label="意见", max_length=200, required=False, help_text="空着就是“同意”")

    def further(self) -> tuple[Any, ...]:
        return ("opinion",)


class PayForm(PreparedPhotosMixin, DeskForm):
    """支付."""

    way = forms.ChoiceField(label="支付方式", choices=PayWay.choices)
    paid_at = WhenField(label="支付时间", required=False, help_text="空着就是现在;1020、-20")
    voucher = forms.CharField(label="凭证号", max_length=60, required=False, help_text="现金以外必填:回单号、退款单号")
    note = forms.CharField(label="说明", max_length=200, required=False)
    signature = SignatureField(label="收款人签字(现金必签)", signer_label="收款人", required=False,
                               text="今收到以上款项,本次投诉的赔偿已结清。")
    photos = PhotosField(label="凭证照片")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(
            row(("way", 3), ("paid_at", 3), ("voucher", 6)), "note", "signature", "photos",
        )

    def facts(self) -> PaymentFacts:
        data = self.cleaned_data
        names = ("way", "paid_at", "voucher", "note")
        return PaymentFacts(**{name: data[name] for name in names}, signature=self._signed())

    def _signed(self) -> dict[str, str] | None:
        found = self.cleaned_data["signature"]
        return None if found["means"] == "screen" and not found["image"] else found


class RecoverForm(DeskForm):
    """追偿: who, how much, why they."""

    source = forms.ChoiceField(label="向谁追偿", choices=RecoverFrom.choices)
    merchant = forms.CharField(label="商户或外包单位", max_length=100, required=False)
    department = forms.ModelChoiceField(label="责任部门", queryset=Department.objects.all(), required=False)
    person = PersonField(label="责任人", required=False)
    amount = MoneyField(label="应追偿(元)")
    reason = forms.CharField(label="追偿依据", max_length=200, help_text="如 合同第几条、责任认定")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(
            row(("source", 3), ("merchant", 3), ("department", 3), ("person", 3)), row(("amount", 3), ("reason", 9)),
        )

    def facts(self) -> RecoveryFacts:
        names = ("source", "merchant", "department", "person", "amount", "reason")
        return RecoveryFacts(**{name: self.cleaned_data[name] for name in names})


class RecoveredForm(DeskForm):
    """记追回."""

    amount = MoneyField(label="追回金额(元)")
    at = WhenField(label="追回时间", required=False, help_text="空着就是现在")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("amount", 3), ("at", 3), ("note", 6)))
