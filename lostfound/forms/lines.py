"""Lines of a find: what is inside, and cash by denomination."""

from typing import Any

from django import forms

from lostfound.choices import CURRENCIES
from lostfound.services.item_facts import CashFacts, ContentFacts
from servicedesk.forms.fields import MoneyField

MOST_LINES = 60


class LineForm(forms.Form):
    """One row of a table; an empty row is no row."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
            if field.required:
                field.error_messages["required"] = "请填写。"


class ContentLineForm(LineForm):
    """内装物."""

    thing = forms.CharField(label="物品名称", max_length=60)
    quantity = forms.IntegerField(
        label="数量", min_value=1, max_value=100_000, initial=1, widget=forms.TextInput({"inputmode": "numeric"})
    )
    unit = forms.CharField(label="单位", max_length=6, initial="件")
    look = forms.CharField(label="品牌/颜色/规格", max_length=120, required=False)
    features = forms.CharField(label="特征", max_length=300, required=False)
    estimated_value = MoneyField(label="估价(元)", required=False)

    def facts(self) -> ContentFacts:
        return ContentFacts(**{name: self.cleaned_data[name] for name in self.fields if name != "DELETE"})


class CashLineForm(LineForm):
    """现金."""

    denomination = MoneyField(label="面额")
    pieces = forms.IntegerField(
        label="张数", min_value=1, max_value=100_000, widget=forms.TextInput({"inputmode": "numeric"})
    )
    currency = forms.ChoiceField(label="币种", choices=list(CURRENCIES.items()), initial="CNY")

    def facts(self) -> CashFacts:
        return CashFacts(**{name: self.cleaned_data[name] for name in self.fields if name != "DELETE"})


class LineFormSet(forms.BaseFormSet):
    """Rows of a table; read as facts, without the empty and the deleted ones."""

    def lines(self) -> tuple:
        kept = [f for f in self.forms if f.has_changed() or f.initial.get("pk")]
        return tuple(f.facts() for f in kept if f.cleaned_data and not f.cleaned_data.get("DELETE"))

    @property
    def has_lines(self) -> bool:
        """Whether anything stands in it, so that the page opens it."""
        return bool(self.initial) or (self.is_bound and any(f.has_changed() for f in self.forms))


ContentLines = forms.formset_factory(
    ContentLineForm, formset=LineFormSet, extra=1, max_num=MOST_LINES, validate_max=True, can_delete=True
)
CashLines = forms.formset_factory(
    CashLineForm, formset=LineFormSet, extra=1, max_num=MOST_LINES, validate_max=True, can_delete=True
)
