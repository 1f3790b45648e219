"""Step ②: the originals in the claimant's hand, one form per path."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.utils import timezone

from lostfound.choices import ClaimPath, DocumentForm, DocumentKind
from lostfound.forms.claims import ClaimStepForm
from lostfound.forms.item_steps import ConfirmedByPasswordMixin
from lostfound.models import Claim
from lostfound.services.claim_documents import Proof, correctable_names
from lostfound.services.claim_paths import DELEGATE, GUARDIAN, OWN
from lostfound.services.documents import Document, doubts
from servicedesk.forms.base import block, row
from servicedesk.forms.fields import PersonField, PhoneField, WhenField
from servicedesk.models import User

KINDS = [("", "请选择"), *DocumentKind.choices]
FORMS_OF_IT = [("", "请选择"), *DocumentForm.choices]
PREFIXES = {"owner": OWN, "delegate": DELEGATE, "guardian": GUARDIAN}
# What a person is called by themselves is a field of its own beside the name on their document: the two are compared.
SAID = {"delegate_said": "delegate_name", "guardian_said": "guardian_name"}


def _typed(**attrs: str) -> forms.TextInput:
    return forms.TextInput({"autocomplete": "off", **attrs})


def document_part(key: str, *, required: bool = True) -> type[forms.Form]:
    """The five fields of one document, named `<key>_kind` and so on."""
    # Typed as it stands on the card; the browser's own picker would speak the browser's language.
    typed = {"data-when": "day", "autocomplete": "off", "placeholder": "如 20301120"}
    day = forms.DateInput(attrs=typed, format="%Y-%m-%d")
    fields = {
        "kind": forms.ChoiceField(label="证件类型", choices=KINDS, required=required),
        "form": forms.ChoiceField(label="证件形式", choices=FORMS_OF_IT, required=required),
        "name": forms.CharField(label="证件上的姓名", max_length=100, required=required, widget=_typed()),
        "number": forms.CharField(label="证件号码", max_length=40, required=required, widget=_typed()),
        "expires_on": forms.DateField(
            label="有效期至", required=False, widget=day, help_text="长期有效留空",
            input_formats=["%Y-%m-%d", "%Y%m%d"],
        ),
    }
    named = {f"{key}_{name}": field for name, field in fields.items()}
    return type(forms.Form)(f"{key.title()}Document", (forms.Form,), named)


class DocumentsForm(ClaimStepForm):
    """What the four paths share. `documents` are the keys of the documents to be read."""

    path = ClaimPath.OWNER
    documents: tuple[str, ...] = ("owner",)
    own: tuple[str, ...] = ()

    origin = forms.CharField(label="来源地/住址", max_length=120, required=False, widget=_typed())
    is_number_reread = forms.BooleanField(label="已对照原件复读,号码无误", required=False)

    def build(self) -> None:
        self.doubted = {key: self._doubts(key) for key in self.documents} if self.is_bound else {}
        if not any(self.doubted.values()):
            del self.fields["is_number_reread"]
        self.fields["origin"].required = self.claim.item.is_valuable

    def _doubts(self, key: str) -> list[str]:
        typed = (str(self.data.get(f"{key}_{part}", ""))[:40] for part in ("kind", "number"))
        return doubts(*typed, on=timezone.localdate())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("is_number_reread"):
            for key, found in self.doubted.items():
                for doubt in found:
                    self.add_error(f"{key}_number", f"{doubt}确实如此,请勾选“已对照原件复读”后再保存。")
        return data

    def document_rows(self, key: str) -> list[Any]:
        return [
            row((f"{key}_kind", 4), (f"{key}_form", 4), (f"{key}_expires_on", 4)),
            row((f"{key}_name", 5), (f"{key}_number", 7)),
        ]

    def last_rows(self) -> list[Any]:
        return [row("origin"), *([row("is_number_reread")] if "is_number_reread" in self.fields else [])]

    def document(self, key: str) -> Document:
        names = ("kind", "form", "name", "number", "expires_on")
        return Document(**{name: self.cleaned_data[f"{key}_{name}"] for name in names})

    def proof(self) -> Proof:
        data = self.cleaned_data
        return Proof(
            path=self.path, origin=data["origin"], **{key: self.document(key) for key in self.documents},  # type: ignore[arg-type]
            **{SAID.get(name, name): data[name] for name in self.own},
        )


class OwnerForm(document_part("owner"), DocumentsForm):  # type: ignore[misc]
    """K1 the owner with one original."""

    def parts(self) -> list[Any]:
        return [block("失主证件原件", *self.document_rows("owner")), *self.last_rows()]


class DelegateForm(document_part("owner"), document_part("delegate"), DocumentsForm):  # type: ignore[misc]
    """K2 a delegate: both originals, the signed 委托书, the call to the owner."""

    path = ClaimPath.DELEGATE
    documents = ("owner", "delegate")
    own = (
        "delegate_said", "delegate_phone", "delegate_relation", "has_authorisation", "authorisation_name",
        "owner_called_at", "owner_call_result",
    )
    delegate_said = forms.CharField(label="代领人姓名", max_length=100, widget=_typed())
    delegate_phone = PhoneField(label="代领人电话")
    delegate_relation = forms.CharField(label="与失主关系", max_length=30, widget=_typed())
    has_authorisation = forms.BooleanField(label="有失主签名的委托书", required=False)
    authorisation_name = forms.CharField(
        label="委托书上的委托人", max_length=100, required=False, widget=_typed()
    )
    owner_called_at = WhenField(label="致电失主时间", required=False)
    owner_call_result = forms.CharField(label="致电失主结果", max_length=200, required=False, widget=_typed())

    def parts(self) -> list[Any]:
        return [
            block("失主证件原件", *self.document_rows("owner")),
            block("代领人", row("delegate_said", "delegate_phone", "delegate_relation")),
            block("代领人证件原件", *self.document_rows("delegate")),
            block("委托与核实", row(("has_authorisation", 4), ("authorisation_name", 8)),
                  row(("owner_called_at", 4), ("owner_call_result", 8))),
            *self.last_rows(),
        ]


class OwnDocumentForm(ConfirmedByPasswordMixin, DocumentsForm):
    """K3 the thing is the claimant's own document: face, number by heart, a second sign or person."""

    path = ClaimPath.OWN_ID
    documents = ()
    own = ("is_face_compared", "is_number_dictated", "dictated_number", "second_sign", "second_person")
    is_face_compared = forms.BooleanField(label="已比对本人与证件照片", required=False)
    dictated_number = forms.CharField(
        label="本人背出的号码", max_length=40, required=False, widget=_typed(),
        help_text="系统比对,不保存;不要念给认领人听",
    )
    is_number_dictated = forms.BooleanField(label="拾物未登记号码,已与证件核对无误", required=False)
    second_sign = forms.CharField(
        label="第二凭据", max_length=200, required=False, widget=_typed(), help_text="如手机里的电子证照、同名银行卡"
    )
    second_person = PersonField(label="或第二名工作人员", required=False)
    second_password = forms.CharField(
        label="其密码", required=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def build(self) -> None:
        super().build()
        self.fields["second_person"].queryset = people_at(self.claim)
        if self.claim.item.number_on_item_digest:
            del self.fields["is_number_dictated"]
        else:
            del self.fields["dictated_number"]

    def parts(self) -> list[Any]:
        number = "dictated_number" if "dictated_number" in self.fields else "is_number_dictated"
        return [
            block("本人与证件", row(("is_face_compared", 5), (number, 7))),
            block("第二凭据或第二人", row("second_sign"), row("second_person", "second_password")),
            *self.last_rows(),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.confirm("second_person", "second_password", "", (self.user,))
        return data

    def proof(self) -> Proof:
        data = self.cleaned_data
        return Proof(path=self.path, origin=data["origin"], **{n: data[n] for n in self.own if n in data})


class MinorForm(document_part("owner", required=False), document_part("guardian"), DocumentsForm):  # type: ignore[misc]
    """K4 a minor: the guardian's original and the household register or a statement."""

    path = ClaimPath.MINOR
    documents = ("owner", "guardian")
    own = ("guardian_said", "has_household_register", "guardian_statement")
    guardian_said = forms.CharField(label="监护人姓名", max_length=100, widget=_typed())
    has_household_register = forms.BooleanField(label="户口簿可证明监护关系", required=False)
    guardian_statement = forms.CharField(label="或监护声明", max_length=200, required=False, widget=_typed())

    def parts(self) -> list[Any]:
        return [
            block("监护人", row("guardian_said"), *self.document_rows("guardian")),
            block("监护关系", row(("has_household_register", 4), ("guardian_statement", 8))),
            block("未成年人自己的证件(没有就空着)", *self.document_rows("owner")),
            *self.last_rows(),
        ]


PATH_FORMS = {
    ClaimPath.OWNER: OwnerForm, ClaimPath.DELEGATE: DelegateForm, ClaimPath.OWN_ID: OwnDocumentForm,
    ClaimPath.MINOR: MinorForm,
}


def people_at(claim: Claim):
    """Colleagues of the desk who may be the second person."""
    return User.objects.active().at(claim.service_point).select_related("department")


def initial_of(claim: Claim, path: str) -> dict[str, Any]:
    """What the form shows of a claim that was read before; numbers are read from the original each time."""
    shown: dict[str, Any] = {"origin": claim.origin}
    for key in PATH_FORMS[ClaimPath(path)].documents:
        for name in ("kind", "name", "expires_on"):
            shown[f"{key}_{name}"] = getattr(claim, f"{PREFIXES[key]}document_{name}")
    if path == claim.path:
        plain = ("second_person", "dictated_number", "is_number_dictated")
        own = PATH_FORMS[ClaimPath(path)].own
        shown |= {name: getattr(claim, SAID.get(name, name)) for name in own if name not in plain}
    return {name: value for name, value in shown.items() if value not in ("", None)}


class OwnerComesForm(OwnerForm):
    """失主本人到场: a blocked claim goes on in the owner's own name."""

    claimant_name = forms.CharField(label="失主本人姓名", max_length=100, widget=_typed(autofocus=""))
    phone = PhoneField(label="失主本人电话")

    def parts(self) -> list[Any]:
        return [block("失主本人", row("claimant_name", "phone")), *super().parts()]


class CorrectNameForm(ConfirmedByPasswordMixin, ClaimStepForm):
    """更正打字错误: a second person reads the original again and confirms with their password."""

    name_field = forms.ChoiceField(label="哪一栏打错了")
    name = forms.CharField(label="对照原件,正确的是", max_length=100, widget=_typed())
    reason = forms.CharField(label="原因", max_length=150, widget=_typed(placeholder="如:拼音选错字"))
    second_person = PersonField(label="复读人")
    second_password = forms.CharField(
        label="复读人密码", widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def build(self) -> None:
        self.fields["name_field"].choices = [("", "请选择"), *correctable_names(self.claim)]
        self.fields["second_person"].queryset = people_at(self.claim)

    def parts(self) -> list[Any]:
        told = "复读人须亲眼看原件,逐字念一遍。原来写的会留在记录里。"
        return [
            HTML(f'<p class="quiet">{told}</p>'), row("name_field", "name"), row("reason"),
            row("second_person", "second_password"),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.confirm("second_person", "second_password", "", (self.user,))
        return data


