"""Forms of the lists that leave the house: choose, hand over, close, reverse."""

from typing import Any

from django import forms

from lostfound.choices import BatchKind, DisposalMethod
from lostfound.forms.item_steps import ConfirmedByPasswordMixin
from lostfound.models import Batch, BatchLine
from lostfound.services.batch_rules import Preview, methods_for
from lostfound.services.handing import LineFacts, Receiver
from servicedesk.choices import Role
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import PersonField
from servicedesk.models import User

PASSWORD = {"autocomplete": "new-password"}
SECOND_LABEL = {BatchKind.FINANCE: "出纳", BatchKind.POLICE: "见证人", BatchKind.DISPOSAL: "见证人"}


class BatchForm(DeskForm):
    """The preview with a tick at each item it would take."""

    items = forms.TypedMultipleChoiceField(
        label="物品", coerce=int, choices=(),
        error_messages={"required": "请至少选一件物品。", "invalid_choice": "有物品刚刚变动,请按新的预览再选。"},
    )
    note = forms.CharField(label="说明", required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.fields["items"].choices = [(item.pk, item.number) for item in preview.takes]
        self.lay_out("note")

    def rows(self) -> list[dict[str, Any]]:
        """The items it takes, all ticked at first."""
        ticked = set(self.data.getlist("items")) if self.is_bound else None
        return [
            {"item": item, "is_ticked": ticked is None or str(item.pk) in ticked} for item in self.preview.takes
        ]

    def chosen(self) -> list[Any]:
        keys = set(self.cleaned_data["items"])
        return [item for item in self.preview.takes if item.pk in keys]


class ExecuteForm(ConfirmedByPasswordMixin, DeskForm):
    """移交: which lines go now, how, to whom; the second person confirms with the own password."""

    receiver = forms.CharField(label="接收人", max_length=60, required=False)
    receiver_unit = forms.CharField(label="接收单位", max_length=100, required=False)
    receipt_number = forms.CharField(label="接收凭证号", max_length=60, required=False)
    second = PersonField(label="见证人", required=False)
    second_password = forms.CharField(label="密码", required=False, widget=forms.PasswordInput(PASSWORD))

    def __init__(self, *args: Any, batch: Batch, lines: list[BatchLine], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.batch, self.lines = batch, lines
        self.methods = [(m, DisposalMethod(m).label) for m in methods_for(batch.kind)]
        self._say_who()
        for line in lines:
            self._add_line(line)
        self.lay_out(*self._parts())

    def _say_who(self) -> None:
        who = SECOND_LABEL[BatchKind(self.batch.kind)]
        self.fields["second"].label = who
        self.fields["second_password"].label = f"{who}密码"
        if self.batch.kind == BatchKind.FINANCE:
            self.fields["second"].required = self.fields["second_password"].required = True
            self._offer_cashiers()
        if self.batch.kind == BatchKind.POLICE:
            self.fields["receiver"].label = "民警姓名(警号)"
            for name in ("receiver", "receiver_unit", "receipt_number"):
                self.fields[name].required = True
        if self.batch.kind == BatchKind.DISPOSAL:
            self.fields["second"].help_text = "有销毁时必填"

    def _offer_cashiers(self) -> None:
        """Only who may receive for finance; the one cashier of a small house is chosen already."""
        cashiers = User.objects.active().holding(Role.FINANCE).select_related("department")
        self.fields["second"].queryset = cashiers
        if len(cashiers) == 1:
            self.fields["second"].initial = cashiers[0].pk

    def _parts(self) -> list[Any]:
        second = row("second", "second_password")
        if self.batch.kind == BatchKind.FINANCE:
            return [second]
        outside = row("receiver", "receiver_unit", "receipt_number")
        return [outside] if self.batch.kind == BatchKind.POLICE else [outside, second]

    def _add_line(self, line: BatchLine) -> None:
        key, named = line.pk, line.item.number
        self.fields[f"go_{key}"] = forms.BooleanField(
            required=False, initial=True, widget=forms.CheckboxInput({"aria-label": f"{named} 现在移交"})
        )
        self.fields[f"receipt_{key}"] = forms.CharField(
            required=False, max_length=60, widget=forms.TextInput({"aria-label": f"{named} 凭证号"})
        )
        self.fields[f"note_{key}"] = forms.CharField(
            required=False, max_length=200, widget=forms.TextInput({"aria-label": f"{named} 备注"})
        )
        if len(self.methods) > 1:
            self.fields[f"method_{key}"] = forms.ChoiceField(
                required=False, choices=[("", "请选择"), *self.methods], initial=line.method,
                widget=forms.Select({"aria-label": f"{named} 处理方式"}),
            )

    def rows(self) -> list[dict[str, Any]]:
        """Line by line: the line and its bound fields."""
        return [
            {"line": line, **{
                name: self[f"{name}_{line.pk}"] for name in ("go", "method", "receipt", "note")
                if f"{name}_{line.pk}" in self.fields
            }}
            for line in self.lines
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("second"):
            self.confirm("second", "second_password", "", (self.user,))
        if not any(data.get(f"go_{line.pk}") for line in self.lines):
            self.add_error(None, "请至少勾选一件现在移交的物品。")
        return data

    def facts(self) -> list[LineFacts]:
        """The ticked lines as the service takes them."""
        data = self.cleaned_data
        return [
            LineFacts(
                line=line, method=data.get(f"method_{line.pk}", self.methods[0][0]),
                receipt_number=data[f"receipt_{line.pk}"], note=data[f"note_{line.pk}"],
            )
            for line in self.lines if data[f"go_{line.pk}"]
        ]

    def taken_by(self) -> Receiver:
        data = self.cleaned_data
        return Receiver(
            name=data["receiver"], unit=data["receiver_unit"], receipt_number=data["receipt_number"],
            second=data["second"],
        )


class CloseForm(DeskForm):
    """结清: the number of the receipt that proves it."""

    receipt_number = forms.CharField(label="接收凭证号", max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("receipt_number", 6)))


class ReverseForm(ConfirmedByPasswordMixin, DeskForm):
    """冲回: why, and the second person's own password."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""}))
    second = PersonField(label="第二人")
    second_password = forms.CharField(label="第二人密码", widget=forms.PasswordInput(PASSWORD))

    def __init__(self, *args: Any, second_label: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["second"].label = second_label
        self.lay_out("reason", row("second", "second_password"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("second") and data.get("second_password"):
            self.confirm("second", "second_password", "", (self.user,))
        return data
