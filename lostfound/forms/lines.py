"""Lines of a find: what is inside, and cash by denomination."""

from typing import Any

from django import forms

from lostfound.services.item_facts import CashFacts, ContentFacts
from servicedesk.forms.fields import MoneyField

CURRENCIES = [
    ("CNY", "人民币"), ("USD", "美元"), ("EUR", "欧元"), ("HKD", "港币"), ("MOP", "澳门元"), ("TWD", "新台币"),
    ("JPY", "日元"), ("KRW", "韩元"), ("GBP", "英镑"), ("THB", "泰铢"), ("SGD", "新加坡元"), ("AUD", "澳元"),
]
MOST_LINES = 60


def _small(**attrs: str) -> dict[str, str]:
    return {"class": "form-control form-control-sm", "autocomplete": "off", **attrs}


class LineForm(forms.Form):
    """One row of a table; an empty row is no row."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label or "")
            if field.required:
                field.error_messages["required"] = "请填写。"


class ContentLineForm(LineForm):
    thing = forms.CharField(label="物品名称", max_length=60, widget=forms.TextInput(_small()))
    quantity = forms.IntegerField(
        label="数量", min_value=1, max_value=100_000, initial=1, widget=forms.TextInput(_small(inputmode="numeric"))
    )
    unit = forms.CharField(label="单位", max_length=6, initial="件", widget=forms.TextInput(_small()))
    look = forms.CharField(label="品牌/颜色/规格", max_length=120, required=False, widget=forms.TextInput(_small()))
    features = forms.CharField(label="特征", max_length=300, required=False, widget=forms.TextInput(_small()))
    estimated_value = MoneyField(
        label="估价(元)", required=False, widget=forms.TextInput(_small(inputmode="decimal"))
    )

    def facts(self) -> ContentFacts:
        data = self.cleaned_data
        return ContentFacts(
            thing=data["thing"], quantity=data["quantity"], unit=data["unit"], look=data["look"],
            features=data["features"], estimated_value=data["estimated_value"], pk=data["pk"],
        )


class CashLineForm(LineForm):
    currency = forms.ChoiceField(
        label="币种", choices=CURRENCIES, initial="CNY", widget=forms.Select({"class": "form-select form-select-sm"})
    )
    denomination = MoneyField(label="面额", widget=forms.TextInput(_small(inputmode="decimal")))
    pieces = forms.IntegerField(
        label="张数", min_value=1, max_value=100_000, widget=forms.TextInput(_small(inputmode="numeric"))
    )

    def facts(self) -> CashFacts:
        data = self.cleaned_data
        return CashFacts(
            currency=data["currency"], denomination=data["denomination"], pieces=data["pieces"], pk=data["pk"]
        )


class LineFormSet(forms.BaseFormSet):
    """Rows of a table; cleaned to facts, without the empty and the deleted ones."""

    def lines(self) -> tuple:
        kept = [f for f in self.forms if f.has_changed() or f.initial.get("pk")]
        return tuple(f.facts() for f in kept if not f.cleaned_data.get("DELETE") and f.cleaned_data)


def _lines(form: type[LineForm]) -> type[LineFormSet]:
    return forms.formset_factory(  # type: ignore[return-value]
        form, formset=LineFormSet, extra=1, max_num=MOST_LINES, validate_max=True, can_delete=True
    )


ContentLines = _lines(ContentLineForm)
CashLines = _lines(CashLineForm)
