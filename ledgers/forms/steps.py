"""The small forms of what the desk does with an entry."""

from typing import Any

from django import forms

from ledgers.choices import Proof
from ledgers.models import LedgerEntry
from servicedesk.errors import Refusal
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import MoneyField, WhenField
from servicedesk.services.signing import confirm_person


class ResultForm(DeskForm):
    """A step that needs nothing but what came of it."""

    result = forms.CharField(label="结果", max_length=300, widget=forms.Textarea({"rows": 2, "autofocus": ""}))

    def __init__(self, *args: Any, label: str = "结果", required: bool = True, help_text: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["result"]
        field.label, field.required, field.help_text = label, required, help_text
        self.lay_out("result")


class WhyForm(DeskForm):
    """A step that needs a reason."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.TextInput({"autofocus": ""}))

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text
        self.lay_out("reason")


class ReadingForm(DeskForm):
    """播报一遍."""

    at = WhenField(label="播报时间", required=False, help_text="空着就是现在")
    note = forms.CharField(label="说明", max_length=60, required=False, widget=forms.TextInput({"autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("at", 4), ("note", 8)))


class ReturnForm(DeskForm):
    """归还: deposit and document are given back, damage is noted."""

    deposit_returned = MoneyField(label="退还押金", required=False)
    is_document_back = forms.BooleanField(label="证件已退还", required=False)
    is_damaged = forms.BooleanField(label="有损坏", required=False)
    result = forms.CharField(label="损坏情况、押金未全退的原因", max_length=300, required=False)

    def __init__(self, *args: Any, entry: LedgerEntry, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = []
        if entry.deposit:
            self.fields["deposit_returned"].help_text = f"收过 ¥{entry.deposit:,.2f}"
            self.fields["deposit_returned"].initial = entry.deposit
            held.append(("deposit_returned", 3))
        else:
            del self.fields["deposit_returned"]
        if entry.held_document:
            self.fields["is_document_back"].label = f"{entry.held_document}已退还"
            held.append(("is_document_back", 3))
        else:
            del self.fields["is_document_back"]
        first = held[0][0] if held else "is_damaged"
        self.fields[first].widget.attrs["autofocus"] = ""
        self.lay_out(block("归还", row(*held, ("is_damaged", 3)), "result"))


class SlipForm(DeskForm):
    """凭单取件: the number of the slip, scanned or typed."""

    number = forms.CharField(
        label="寄存单编号", max_length=40, help_text="扫单上的码,或输入编号;当天的输后三位即可",
        widget=forms.TextInput({"autofocus": "", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("number", 6)))


class GiveForm(DeskForm):
    """取走: by the slip, or by a document that two people looked at."""

    proof = forms.ChoiceField(label="凭什么取件", choices=Proof.choices, initial=Proof.SLIP,
                              widget=forms.RadioSelect({"autofocus": ""}))
    result = forms.CharField(label="核对了什么证件、姓名是否相符", max_length=300, required=False,
                             help_text="单据遗失时填写;不写证件号")
    witness_no = forms.CharField(label="复核人工号", max_length=30, required=False,
                                 widget=forms.TextInput({"autocomplete": "off"}))
    witness_password = forms.CharField(label="复核人密码", max_length=200, required=False,
                                       widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(
            "proof", block("单据遗失时", "result", row(("witness_no", 4), ("witness_password", 4))),
        )

    def clean(self) -> dict[str, Any]:
        """The password is judged here, before the transaction: hashing is slow by design."""
        data = super().clean() or self.cleaned_data
        data["witness"] = None
        if data.get("proof") == Proof.DOCUMENT and data.get("witness_no"):
            try:
                data["witness"] = confirm_person(
                    data["witness_no"], data.get("witness_password", ""), not_these=(self.user,)
                )
            except Refusal as refusal:
                self.add_error("witness_password", refusal.sentence)
        return data
