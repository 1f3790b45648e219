"""现场发还: the lower half of the sheet, as the foreman or the desk types it."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils import timezone

from lostfound.choices import ClaimPath, Condition, DocumentForm
from lostfound.forms.item_steps import ItemStepForm
from lostfound.services.claim_documents import Proof
from lostfound.services.claims import ClaimFacts
from lostfound.services.documents import Document, allowed_documents, doubts
from lostfound.services.on_spot_return import SpotReturn
from servicedesk.choices import Sex
from servicedesk.forms.base import row
from servicedesk.forms.fields import PersonField, PhoneField, WhenField

ASK = ("", "请选择")


class ReturnOnSpotForm(ItemStepForm):
    """Who came, what they said first, which original they showed, who stood by."""

    owner_came_at = WhenField(label="失主到场时间")
    desk_came_at = WhenField(label="客服到场时间", required=False)
    desk_absent_reason = forms.CharField(label="客服未到原因", max_length=100, required=False)
    statements = forms.CharField(
        label="失物特征(认领人先描述)", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="每行一项,工作人员不得提示",
    )
    claimant_name = forms.CharField(label="认领人姓名", max_length=100)
    sex = forms.ChoiceField(label="性别", choices=Sex.choices, required=False)
    phone = PhoneField(label="电话")
    origin = forms.CharField(label="来源地/住址", max_length=120, required=False)
    lost_from = WhenField(label="遗失时间起")
    lost_to = WhenField(label="遗失时间止", required=False)
    lost_place = forms.CharField(label="遗失地点", max_length=200)
    document_kind = forms.ChoiceField(label="证件类型")
    document_form = forms.ChoiceField(label="证件形式", choices=[ASK, *DocumentForm.choices])
    document_name = forms.CharField(label="证件上的姓名", max_length=100)
    document_number = forms.CharField(
        label="证件号码", max_length=40, widget=forms.TextInput({"class": "is-masked", "autocomplete": "off"})
    )
    document_expires_on = forms.DateField(
        label="证件有效期至", required=False, help_text="长期有效留空",
        widget=forms.DateInput({"data-when": "day", "autocomplete": "off"}),
    )
    is_number_reread = forms.BooleanField(label="已对照原件复读,号码无误", required=False)
    pieces = forms.IntegerField(label="领取件数", min_value=1, max_value=100_000, initial=1)
    condition = forms.ChoiceField(label="领取时状况", choices=Condition.choices)
    difference = forms.CharField(label="差异说明", max_length=200, required=False)
    foreman = PersonField(label="领班", required=False)
    witness = PersonField(label="见证员工", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["origin"].required = bool(self.item and self.item.is_valuable)
        self.fields["document_kind"].choices = [ASK, *allowed_documents()]

    def parts(self) -> list[Any]:
        return [
            Fieldset("到场", row("owner_came_at", "desk_came_at", "desk_absent_reason")),
            Fieldset("认领人先描述", row("lost_from", "lost_to", "lost_place"), "statements"),
            Fieldset("认领人和证件", row("claimant_name", "sex", "phone", "origin"),
                     row("document_kind", "document_form", "document_name"),
                     row("document_number", "document_expires_on"), *self.reread_part()),
            Fieldset("领取", row("pieces", "condition", "difference")),
            Fieldset("现场签字(纸上)", row("foreman", "witness")),
        ]

    def doubts(self) -> list[str]:
        """Why the number should be read once more."""
        if not self.is_bound:
            return []
        typed = (str(self.data.get(f"document_{part}", ""))[:40] for part in ("kind", "number"))
        return doubts(*typed, on=timezone.localdate())

    def reread_part(self) -> list[Any]:
        return ["is_number_reread"] if self.doubts() else []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("is_number_reread"):
            for doubt in self.doubts():
                self.add_error("document_number", f"{doubt}确实如此,请勾选“已对照原件复读”后再保存。")
        if data.get("lost_from") and data.get("lost_to") and data["lost_to"] < data["lost_from"]:
            self.add_error("lost_to", "遗失时间止早于起,请核对。")
        if data.get("condition") == Condition.DIFFERENT and not data.get("difference"):
            self.add_error("difference", "请写明差异。")
        return data

    def facts(self) -> SpotReturn:
        data = self.cleaned_data
        spot = {n: data[n] for n in (
            "owner_came_at", "desk_came_at", "desk_absent_reason", "pieces", "condition", "difference")}
        claim = ClaimFacts(**{n: data[n] for n in (
            "claimant_name", "sex", "phone", "origin", "lost_from", "lost_to", "lost_place")})
        document = Document(
            kind=data["document_kind"], form=data["document_form"], name=data["document_name"],
            number=data["document_number"], expires_on=data["document_expires_on"],
        )
        proof = Proof(path=ClaimPath.OWNER, origin=data["origin"], owner=document)
        return SpotReturn(claim=claim, proof=proof, statements=data["statements"].splitlines(), **spot)
