"""The end of a claim: the counter, the reasons, the supervisor's and the manager's word."""

from typing import Any

from django import forms

from lostfound.choices import Condition, ItemState
from lostfound.forms.claim_documents import people_at
from lostfound.forms.claims import ClaimStepForm
from lostfound.forms.item_steps import ConfirmedByPasswordMixin
from lostfound.services.claim_progress import rivals
from lostfound.services.release import MOST_PIECES, HandOver, signed_text, signer_of
from servicedesk.forms.base import block, row
from servicedesk.forms.fields import PersonField, SignatureField

FOR_NOBODY = "none"


class ReleaseForm(ConfirmedByPasswordMixin, ClaimStepForm):
    """④ 签字发还: what happens at the counter."""

    pieces = forms.IntegerField(
        label="领取件数", min_value=1, max_value=MOST_PIECES, widget=forms.TextInput({"inputmode": "numeric"})
    )
    condition = forms.ChoiceField(label="领取时状况", choices=Condition.choices, initial=Condition.GOOD)
    difference = forms.CharField(label="差异说明", max_length=200, required=False)
    finance_slip = forms.CharField(label="财务放行单号", max_length=60)
    is_counted_again = forms.BooleanField(label="已当着认领人重新清点内装物和现金", required=False)
    second_person = PersonField(label="复核人", required=False)
    second_password = forms.CharField(
        label="复核人密码", required=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    signature = SignatureField(label="认领人签字", required=True)
    message = forms.CharField(label="游客留言", max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))

    def build(self) -> None:
        item = self.claim.item
        self.fields["pieces"].initial = item.quantity
        self.fields["second_person"].queryset = people_at(self.claim)
        if self.claim.item_state_before != ItemState.FINANCE:
            del self.fields["finance_slip"]
        if not item.is_valuable:
            for name in ("is_counted_again", "second_person", "second_password"):
                del self.fields[name]
        widget = self.fields["signature"].widget
        widget.label = f"认领人 {signer_of(self.claim)} "
        widget.text = signed_text(self.claim)

    def parts(self) -> list[Any]:
        counter = [row(("pieces", 3), ("condition", 3), ("difference", 6))]
        if "finance_slip" in self.fields:
            counter.append(row("finance_slip"))
        if "second_person" in self.fields:
            counter += [row("is_counted_again"), row("second_person", "second_password")]
        return [block("当面清点", *counter), block("签字", "signature"), row("message")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "second_person" in self.fields:
            self.confirm("second_person", "second_password", "", (self.user,))
        return data

    def hand_over(self) -> HandOver:
        data = self.cleaned_data
        names = ("pieces", "condition", "difference", "finance_slip", "is_counted_again", "second_person", "message")
        return HandOver(**data["signature"], **{name: data[name] for name in names if name in data})


class ClaimOpeningForm(ClaimStepForm):
    """开启核对: nothing is typed; the press itself is the act."""


class ClaimReasonForm(ClaimStepForm):
    """A step that needs nothing but why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""}))


class DecideForm(ClaimStepForm):
    """裁定: for one of the disputed claims, or for none."""

    winner = forms.ChoiceField(label="归属", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="裁定理由", max_length=200, widget=forms.Textarea({"rows": 3}), help_text="会印在给对方的告知单上"
    )

    def build(self) -> None:
        self.fields["winner"].choices = [
            *((str(one.pk), f"{one.number} {one.claimant_name}") for one in rivals(self.claim)),
            (FOR_NOBODY, "都不能证明,物品继续保管"),
        ]


class CertificateForm(ClaimStepForm):
    """公安证明: the manager vouches that two names are one person."""

    certificate_number = forms.CharField(
        label="公安证明文号", max_length=60, widget=forms.TextInput({"autofocus": "", "autocomplete": "off"})
    )


class RevealClaimForm(ClaimStepForm):
    """Why a masked number is opened."""

    reason = forms.CharField(label="查看原因", max_length=200, widget=forms.TextInput({"autofocus": ""}))
