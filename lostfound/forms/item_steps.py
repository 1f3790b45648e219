"""Small forms of the steps on a found item's page."""

from typing import Any

from django import forms

from lostfound.models import FoundItem
from servicedesk.choices import SignatureMeans
from servicedesk.errors import Refusal
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import PersonField, PhotosField, StorageField, WhenField
from servicedesk.models import StoragePlace, User
from servicedesk.services.photos import prepare_photo
from servicedesk.services.signing import confirm_person


class ItemStepForm(DeskForm):
    """A step about one found item, given as `item`."""

    def __init__(self, *args: Any, item: FoundItem | None = None, **kwargs: Any):
        self.item = item
        super().__init__(*args, **kwargs)
        for name in ("place", "storage"):
            if name in self.fields and item is not None:
                self.fields[name].queryset = StoragePlace.objects.filter(
                    is_active=True, service_point=item.service_point
                )
        self.lay_out(*self.parts())

    def parts(self) -> list[Any]:
        return [row(name) for name in self.fields if name != "version"]


class ReasonForm(ItemStepForm):
    """A step that needs nothing but why."""

    reason = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""})
    )


class PoliceForm(ItemStepForm):
    """移交公安."""

    officer = forms.CharField(label="民警姓名(警号)", max_length=40, widget=forms.TextInput({"autofocus": ""}))
    unit = forms.CharField(label="单位", max_length=60, help_text="派出所全称")
    receipt_number = forms.CharField(label="接收凭证号", max_length=60)
    reason = forms.CharField(label="说明", max_length=100, required=False)

    def parts(self) -> list[Any]:
        return [row("officer", "unit"), row("receipt_number", "reason")]


class ConfirmedByPasswordMixin:
    """Fields of a second person who confirms on this screen, judged before the transaction."""

    def confirm(self, person_name: str, password_name: str, paper_name: str, not_these: tuple = ()) -> None:
        data = self.cleaned_data  # type: ignore[attr-defined]
        person = data.get(person_name)
        data["means"] = SignatureMeans.PAPER if data.get(paper_name) else SignatureMeans.ACCOUNT
        if person is None or data.get(paper_name):
            return
        try:
            confirm_person(person.staff_no, data.get(password_name, ""), not_these=not_these)
        except Refusal as refusal:
            self.add_error(password_name, refusal.sentence)  # type: ignore[attr-defined]


class AcceptFieldForm(ConfirmedByPasswordMixin, ItemStepForm):
    """收进保管: a find that was held in the field comes to the desk."""

    storage = StorageField(label="存放处", required=False)
    has_label = forms.BooleanField(label="信息卡已粘贴", required=False)
    seal_number = forms.CharField(label="封袋号", max_length=30, required=False)
    second_person = PersonField(label="复核/见证人", required=False)
    second_password = forms.CharField(
        label="复核人密码", required=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    second_on_paper = forms.BooleanField(label="纸上签", required=False)

    def parts(self) -> list[Any]:
        places = [row(("storage", 6), ("has_label", 6))]
        if self.item is not None and not self.item.is_valuable:
            return places
        return [*places, row("seal_number", "second_person", "second_password", "second_on_paper")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.confirm("second_person", "second_password", "second_on_paper", (self.user,))
        return data


class HandOverForm(ConfirmedByPasswordMixin, ItemStepForm):
    """交接: offered to a colleague, who accepts in their own account, here by password, or on paper."""

    to_person = PersonField(label="接收人")
    place = StorageField(label="存放处", required=False, help_text="空着不变")
    reason = forms.CharField(label="原因", max_length=200, required=False)
    taker_password = forms.CharField(
        label="接收人密码", required=False, widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="空着:对方在“待接收”里接收",
    )
    taker_on_paper = forms.BooleanField(label="纸上签收", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.item is not None:
            people = User.objects.active().at(self.item.service_point).select_related("department")
            self.fields["to_person"].queryset = people

    def parts(self) -> list[Any]:
        return [row("to_person", "place", "reason"), row(("taker_password", 4), ("taker_on_paper", 4))]

    @property
    def is_at_once(self) -> bool:
        """Whether the taker has confirmed here already."""
        return bool(self.cleaned_data["taker_password"] or self.cleaned_data["taker_on_paper"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("taker_password") or data.get("taker_on_paper"):
            self.confirm("to_person", "taker_password", "taker_on_paper", (self.user,))
        return data


class StoreForm(ItemStepForm):
    """移位: another place, the same holder."""

    place = StorageField(label="新的存放处")
    reason = forms.CharField(label="原因", max_length=200, required=False)

    def parts(self) -> list[Any]:
        return [row("place", "reason")]


class StoreManyForm(DeskForm):
    """移位 of several things at once."""

    place = StorageField(label="新的存放处")
    reason = forms.CharField(label="原因", max_length=200, required=False)

    def __init__(self, *args: Any, items: list[FoundItem], **kwargs: Any):
        super().__init__(*args, **kwargs)
        points = {item.service_point_id for item in items}
        self.fields["place"].queryset = StoragePlace.objects.filter(is_active=True, service_point__in=points)
        self.lay_out(row("place", "reason"))


class CorrectMoveForm(ItemStepForm):
    """更正: what the wrong row of the custody chain should have said."""

    to_person = PersonField(label="实际接收人", required=False)
    place = StorageField(label="实际存放处", required=False)
    reason = forms.CharField(label="原因", max_length=200)

    def parts(self) -> list[Any]:
        return [row("to_person", "place", "reason")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("to_person") and not data.get("place"):
            raise forms.ValidationError("请选实际接收人或实际存放处。")
        return data


class FileOnSpotForm(ItemStepForm):
    """备案: the foreman brings the sheet of an on-the-spot find to the desk."""

    foreman = PersonField(label="上交人(领班)")
    filed_at = WhenField(label="上交时间", required=False, help_text="空着就是现在")

    def parts(self) -> list[Any]:
        return [row("foreman", "filed_at")]


class PhotosForm(ItemStepForm):
    """加照片."""

    photos = PhotosField(label="照片", required=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["prepared"] = []
        for upload in data.get("photos") or []:
            try:
                data["prepared"].append(prepare_photo(upload))
            except Refusal as refusal:
                self.add_error("photos", refusal.sentence)
        if not self.errors and not data["prepared"]:
            self.add_error("photos", "请选择照片。")
        return data


class RevealForm(ItemStepForm):
    """Why a masked number or a secret mark is opened."""

    reason = forms.CharField(label="查看原因", max_length=200, widget=forms.TextInput({"autofocus": ""}))
