"""Forms of the staff: a paper sheet by its number with number keys, a call; the pile of empty sheets; a reason."""

from typing import Any

from django import forms

from servicedesk.choices import Sex
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PersonField, PhoneField, WhenField, ZoneField
from surveys.choices import (
    BY_STAFF,
    AgeBand,
    Channel,
    HeardFrom,
    Party,
    Transport,
    Visits,
)
from surveys.forms.answering import item_name
from surveys.models import SurveyVersion
from surveys.services.batches import MOST_SHEETS, BatchFacts
from surveys.services.sheets import SheetFacts

EMPTY = ("", "没有填")


def _choice(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[EMPTY, *choices.choices], required=False)


class DigitField(forms.CharField):
    """One number key; empty for an item left blank."""

    def __init__(self, *, label: str, most: int = 5, least: int = 0, **kwargs: Any):
        self.most, self.least = most, least
        longest = len(str(most))
        kwargs["widget"] = forms.TextInput(attrs={
            "inputmode": "numeric", "autocomplete": "off", "maxlength": longest, "data-digit": most,
        })
        super().__init__(label=label, required=False, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or not self.least <= int(text) <= self.most:
            raise forms.ValidationError(f"只能填 {self.least} 到 {self.most},没有答的留空。")
        return int(text)


class SheetForm(DeskForm):
    """3.11 as it is typed from paper or asked by phone, in the order of the paper."""

    channel = forms.ChoiceField(
        label="方式", choices=[(c.value, c.label) for c in BY_STAFF], widget=forms.RadioSelect, initial=Channel.PAPER
    )
    serial = forms.CharField(
        label="问卷编号", max_length=32, required=False, help_text="可只打末几位;没有就留空",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "inputmode": "text"}),
    )
    answered_at = WhenField(label="填表时间", required=False, help_text="空着就是现在")
    zone = ZoneField(label="发放地点", required=False, help_text="空着按发放批次")
    origin = forms.CharField(label="来自", max_length=60, required=False)
    party = _choice("出游方式", Party)
    sex = _choice("性别", Sex)
    age_band = _choice("年龄", AgeBand)
    visits = _choice("第几次来", Visits)
    heard_from = forms.MultipleChoiceField(
        label="得知渠道", choices=HeardFrom.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    heard_other = forms.CharField(label="其他渠道", max_length=30, required=False)
    transport = _choice("交通", Transport)
    overall = DigitField(label="总体印象(5 到 1)", least=1)
    nps = DigitField(label="愿意推荐(0 到 10)", most=10)
    comment = forms.CharField(
        label="意见建议", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    visitor_name = forms.CharField(label="姓名", max_length=60, required=False)
    phone = PhoneField(label="电话", required=False)
    may_call = forms.BooleanField(label="愿意接受回访", required=False)
    is_invalid = forms.BooleanField(label="无效问卷", required=False, help_text="乱填、只填一两项的,不计入统计")

    def __init__(self, *args: Any, survey_version: SurveyVersion | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.items = list(survey_version.items.all()) if survey_version else []
        for order, item in enumerate(self.items, start=1):
            self.fields[item_name(item)] = DigitField(label=f"{order} {item.text}")
        names = [(item_name(item), 3) for item in self.items]
        fours = [row(*names[first:first + 4]) for first in range(0, len(names), 4)]
        self.lay_out(
            block("问卷", row("channel", "serial", "answered_at", "zone"), row("origin", "party", "sex", "age_band"),
                  row("visits", "transport", ("heard_from", 4), ("heard_other", 2))),
            block("评价项目", *fours, css_id="scores"),
            block("总体", row("overall", "nps"), row("comment")),
            block("联系方式(自愿)", row("visitor_name", "phone", "may_call", "is_invalid")),
        )

    def facts(self) -> SheetFacts:
        data = self.cleaned_data
        names = (
            "channel", "serial", "answered_at", "zone", "origin", "party", "sex", "age_band", "visits", "heard_from",
            "heard_other", "transport", "overall", "nps", "comment", "visitor_name", "phone", "may_call",
        )
        typed = {item.line: data[item_name(item)] for item in self.items}
        scores = {line: score for line, score in typed.items() if score is not None}
        return SheetFacts(
            scores=scores, is_valid=not data["is_invalid"], **{name: data[name] for name in names}
        )


class BatchForm(DeskForm):
    """发放: how many empty sheets, where, by whom."""

    count = forms.IntegerField(
        label="张数", min_value=1, max_value=MOST_SHEETS, initial=30, widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autofocus": True}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"一次发放 1 到 {MOST_SHEETS} 张。"),
    )
    zone = ZoneField(label="发放地点", required=False)
    handed_out_by = PersonField(label="发放人")
    note = forms.CharField(label="备注", max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(block("发放问卷", row("count", "zone", "handed_out_by"), row("note")))

    def facts(self) -> BatchFacts:
        data = self.cleaned_data
        return BatchFacts(**{name: data[name] for name in ("count", "zone", "handed_out_by", "note")})


class ReasonForm(DeskForm):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(block("", row("reason")))
