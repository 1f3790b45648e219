"""The visitor's own form for a loss, in Chinese or English, without any script."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from lostfound.choices import PARTS_IN_ENGLISH, PartOfDay
from lostfound.services.visitors import VisitorReportFacts
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import is_phone
from servicedesk.models import Zone

WORDS = {
    "zh": {
        "required": "请填写。", "invalid": "没有这个选项,请重选。", "long": "写得太长了,请缩短。",
        "phone": "电话号码不对,请核对;境外号码以 + 开头。", "day": "请选日期。", "future": "这一天还没有到。",
        "old": "三个月以前的,请到服务台登记。", "zone": "请选地点。", "consent": "请勾选同意,我们才能联系您。",
    },
    "en": {
        "required": "Please fill this in.", "invalid": "Please choose again.", "long": "This is too long.",
        "phone": "This is no phone number. Numbers from abroad begin with +.", "day": "Please choose a day.",
        "future": "This day has not come yet.", "old": "Longer than three months ago: please come to the desk.",
        "zone": "Please choose a place.", "consent": "Please tick this, or we cannot call you.",
    },
}
OLDEST = dt.timedelta(days=92)


def _typed(limit: int, *, required: bool = False, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        max_length=limit, required=required, widget=forms.TextInput(attrs={"autocomplete": "off", **attrs})
    )


class VisitorReportForm(forms.Form):
    """What, where, when, who. A place the visitor does not know is that of the code."""

    thing = _typed(60, required=True)
    colour = _typed(30)
    features = forms.CharField(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    zone = forms.ModelChoiceField(queryset=Zone.objects.filter(is_active=True), required=False)
    last_seen = _typed(200)
    lost_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    part_of_day = forms.ChoiceField(widget=forms.RadioSelect)
    owner_name = _typed(100, required=True)
    phone = _typed(30, required=True, inputmode="tel")
    consent = forms.BooleanField()

    def __init__(self, data: Any = None, *, language: str, code: Any):
        super().__init__(data)
        self.language, self.words, self.code = language, WORDS[language], code
        english = language == "en"
        self.fields["part_of_day"].choices = [
            (part.value, PARTS_IN_ENGLISH[part] if english else part.label) for part in PartOfDay
        ]
        self.fields["zone"].empty_label = "Not sure" if english else "说不准"
        self.fields["lost_on"].widget.attrs["max"] = f"{timezone.localdate():%Y-%m-%d}"
        for name, field in self.fields.items():
            missing = {"lost_on": "day", "consent": "consent"}.get(name, "required")
            field.error_messages |= {
                "required": self.words[missing], "invalid": self.words["day" if name == "lost_on" else "invalid"],
                "invalid_choice": self.words["invalid"],
            }
            for validator in field.validators:
                if hasattr(validator, "limit_value"):
                    validator.message = self.words["long"]

    def clean_zone(self) -> Zone:
        zone = self.cleaned_data["zone"] or self.code.zone
        if zone is None:
            raise forms.ValidationError(self.words["zone"])
        return zone

    def clean_lost_on(self) -> dt.date:
        day, today = self.cleaned_data["lost_on"], timezone.localdate()
        if day > today:
            raise forms.ValidationError(self.words["future"])
        if day < today - OLDEST:
            raise forms.ValidationError(self.words["old"])
        return day

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if not is_phone(phone):
            raise forms.ValidationError(self.words["phone"])
        return phone

    def facts(self) -> VisitorReportFacts:
        names = [name for name in self.fields if name != "consent"]
        return VisitorReportFacts(language=self.language, **{name: self.cleaned_data[name] for name in names})


class DropForm(DeskForm):
    """Why it is not registered."""

    reason = forms.CharField(
        label="不登记的原因", max_length=200, help_text="如 已当面领回、与另一份重复",
        widget=forms.TextInput(attrs={"autofocus": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(block("", row("reason")))


class OpenForm(DeskForm):
    """Why a number is opened."""

    reason = forms.CharField(
        label="查看原因", max_length=200, initial="致电失主", widget=forms.TextInput(attrs={"autofocus": True})
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(block("", row("reason")))
