"""Forms of what is lent and given away."""

from typing import Any

from django import forms

from ledgers.models import StockThing
from ledgers.services.stock import MOST, ThingFacts
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import MoneyField


class ThingForm(DeskForm):
    """A thing of the desk. `thing` is the one that is changed, None for a new one."""

    name = forms.CharField(
        label="名称", max_length=20, widget=forms.TextInput({"autofocus": "", "autocomplete": "off"})
    )
    unit = forms.CharField(label="单位", max_length=4, initial="个")
    quantity = forms.IntegerField(label="现有数量", min_value=0, max_value=MOST, initial=0)
    low_at = forms.IntegerField(label="低于此数提醒", min_value=0, max_value=MOST, initial=0, help_text="0 是不提醒")
    deposit = MoneyField(label="押金", required=False)
    asset_number = forms.CharField(
        label="资产编号", max_length=20, required=False, help_text="标签上的,如 KF-BM-0001;借出的在盘点里显示 ○",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    is_active = forms.BooleanField(label="在用", required=False, initial=True)

    def __init__(self, *args: Any, thing: StockThing | None = None, has_deposit: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if thing is not None:
            del self.fields["quantity"]
        else:
            del self.fields["is_active"]
        if not has_deposit:
            del self.fields["deposit"], self.fields["asset_number"]
        names = [(name, 3) for name in self.fields if name != "version"]
        self.lay_out(row(*names))

    def facts(self) -> ThingFacts:
        data = self.cleaned_data
        return ThingFacts(
            name=data["name"].strip(), unit=data["unit"].strip(), low_at=data["low_at"],
            deposit=data.get("deposit") or None,
            asset_number=data.get("asset_number", "").strip().upper(), is_active=data.get("is_active", True),
        )


class MoveForm(DeskForm):
    """入库, 出库: how many, and why."""

    quantity = forms.IntegerField(
        label="数量", min_value=1, max_value=MOST, widget=forms.NumberInput({"autofocus": ""})
    )
    reason = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        self.lay_out(row(("quantity", 3), ("reason", 9)))


class CountForm(DeskForm):
    """盘点更正: what is really here."""

    counted = forms.IntegerField(
        label="实点数", min_value=0, max_value=MOST, widget=forms.NumberInput({"autofocus": ""})
    )
    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("counted", 3), ("reason", 9)))
