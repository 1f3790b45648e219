"""The visitor's own form: no answer is chosen for anybody, in Chinese or English, without any script."""

from typing import Any

from django import forms

from servicedesk.choices import Sex
from servicedesk.forms.fields import is_phone
from surveys.choices import (
    NPS,
    SCORED,
    AgeBand,
    Channel,
    HeardFrom,
    Language,
    Party,
    Score,
    Transport,
    Visits,
    label_in,
)
from surveys.models import SurveyItem, SurveyVersion
from surveys.services.sheets import SheetFacts

WORDS = {
    Language.CHINESE: {
        "required": "请选一项。", "origin": "请写您来自哪里。", "phone": "电话号码不对,请核对;境外号码以 + 开头。",
        "consent": "请勾选“愿意接受回访”,我们才能保存您的电话。", "no_phone": "愿意接受回访的,请留下电话。",
        "comment": "有让您不满意的地方,请写一两句;不想写的,再按一次提交。", "invalid": "没有这个选项,请重选。",
        "long": "写得太长了,请缩短。",
    },
    Language.ENGLISH: {
        "required": "Please choose one.", "origin": "Please tell us where you come from.",
        "phone": "This is no phone number. Numbers from abroad begin with +.",
        "consent": "Please tick “You may call me”, or we cannot keep your number.",
        "no_phone": "Please leave a number if we may call you.",
        "comment": "Something was not good: please tell us in a sentence or two, or press Submit once more.",
        "invalid": "Please choose again.", "long": "This is too long.",
    },
}
LOW = 2


def _options(choices: Any, language: str) -> list[tuple[Any, str]]:
    return [(choice.value, label_in(choice, language)) for choice in choices]


class AnswerForm(forms.Form):
    """3.11 as a page. `asked` says that a low answer was asked for its reason before."""

    origin = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    party = forms.ChoiceField(widget=forms.RadioSelect)
    sex = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    age_band = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    visits = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    heard_from = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    heard_other = forms.CharField(max_length=30, required=False)
    transport = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    overall = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    nps = forms.TypedChoiceField(coerce=int, required=False, empty_value=None, widget=forms.RadioSelect)
    comment = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    visitor_name = forms.CharField(
        max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    may_call = forms.BooleanField(required=False)
    asked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, language: str, version: SurveyVersion | None = None):
        super().__init__(data)
        self.language, self.words = language, WORDS[Language(language)]
        self.items: list[SurveyItem] = list(version.items.all()) if version else []
        for name, choices in (
            ("party", Party), ("sex", Sex), ("age_band", AgeBand), ("visits", Visits), ("heard_from", HeardFrom),
            ("transport", Transport),
        ):
            self.fields[name].choices = _options(choices, language)
        self.fields["overall"].choices = _options(SCORED, language)
        self.fields["nps"].choices = [(n, str(n)) for n in NPS]
        for item in self.items:
            self.fields[item_name(item)] = forms.TypedChoiceField(
                coerce=int, choices=_options(Score, language), widget=forms.RadioSelect
            )
        for name, field in self.fields.items():
            self._speak(name, field)

    def _speak(self, name: str, field: forms.Field) -> None:
        required = self.words["origin" if name == "origin" else "required"]
        field.error_messages |= {
            "required": required, "invalid_choice": self.words["invalid"], "invalid": self.words["invalid"],
        }
        for validator in field.validators:
            if hasattr(validator, "limit_value"):
                validator.message = self.words["long"]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The items with their radio buttons, in the order of the paper."""
        return [
            {"item": item, "text": item.text_en if self.language == "en" else item.text, "field": self[item_name(item)]}
            for item in self.items
        ]

    @property
    def is_low(self) -> bool:
        scores = [self.cleaned_data.get(name) for name in [*map(item_name, self.items), "overall"]]
        return any(score and score <= LOW for score in scores)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        phone, may_call = data.get("phone", ""), data.get("may_call")
        if phone and not is_phone(phone):
            self.add_error("phone", self.words["phone"])
        elif (phone or data.get("visitor_name")) and not may_call:
            self.add_error("may_call", self.words["consent"])
        elif may_call and not phone:
            self.add_error("phone", self.words["no_phone"])
        if self.is_low and not data.get("comment") and not data.get("asked") and not self.errors:
            self.add_error("comment", self.words["comment"])
            self.data = self.data.copy()
            self.data["asked"] = "on"
        return data

    def facts(self, channel: Channel) -> SheetFacts:
        data = self.cleaned_data
        names = (
            "overall", "nps", "origin", "party", "sex", "age_band", "visits", "heard_from", "heard_other", "transport",
            "comment", "visitor_name", "phone", "may_call",
        )
        scores = {item.line: data[item_name(item)] for item in self.items}
        return SheetFacts(
            channel=channel, scores=scores, language=self.language, **{name: data[name] for name in names}
        )


def item_name(item: SurveyItem) -> str:
    return f"item_{item.line}"
