"""The form of one preference: the widget of its kind, judged by its declaration."""

from collections.abc import Callable
from typing import Any

from django import forms

from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import MoneyField
from servicedesk.services.preferences import LONGEST_TEXT, Preference, allowed

LONG_TEXT = 40


def _integer(declaration: Preference) -> forms.Field:
    low, high = declaration.minimum, declaration.maximum
    wrong = f"请填整数,{allowed(declaration)}。"
    return forms.IntegerField(min_value=low, max_value=high, error_messages=dict.fromkeys(
        ("invalid", "min_value", "max_value"), wrong
    ))


def _text(declaration: Preference) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3}) if len(declaration.default) > LONG_TEXT else forms.TextInput()
    return forms.CharField(max_length=LONGEST_TEXT, widget=widget)


class LinesField(forms.CharField):
    """A list, one per line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


_FIELDS: dict[str, Callable[[Preference], forms.Field]] = {
    "integer": _integer,
    "money": lambda _: MoneyField(),
    "text": _text,
    "boolean": lambda _: forms.BooleanField(required=False),
    "choice": lambda p: forms.ChoiceField(choices=p.choices, widget=forms.RadioSelect),
    "choices": lambda p: forms.MultipleChoiceField(choices=p.choices, widget=forms.CheckboxSelectMultiple),
    "time": lambda _: forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "请填时刻,如 18:00。"},
    ),
    "lines": lambda _: LinesField(required=False, max_length=20_000),
}


class PreferenceForm(DeskForm):
    """The value and why it changes."""

    reason = forms.CharField(label="修改原因", max_length=100, help_text="留在历史里,一年后的人看得懂")

    def __init__(self, *args: Any, declaration: Preference, **kwargs: Any):
        super().__init__(*args, **kwargs)
        value = _FIELDS[declaration.kind](declaration)
        value.label = f"{declaration.label}({declaration.unit})" if declaration.unit else declaration.label
        value.help_text = declaration.help
        value.widget.attrs["autofocus"] = True
        if value.required:
            value.error_messages["required"] = "请填写。"
        self.fields["value"] = value
        self.lay_out(row("value"), row("reason"))
