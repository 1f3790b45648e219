"""Small forms of the steps on a lost report's page."""

from typing import Any

from django import forms

from lostfound.choices import ContactChannel, ContactOutcome, MeasureKind
from lostfound.models import LostReport
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import WhenField


class ReportStepForm(DeskForm):
    """A step about one lost report, given as `report`."""

    def __init__(self, *args: Any, report: LostReport | None = None, **kwargs: Any):
        self.report = report
        super().__init__(*args, **kwargs)
        self.lay_out(*self.parts())

    def parts(self) -> list[Any]:
        return [row(name) for name in self.fields if name != "version"]


class ReportReasonForm(ReportStepForm):
    """A step that needs nothing but why."""

    reason = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""})
    )


class FoundByHandForm(ReportStepForm):
    """已找回 without a release of ours, or with one that was written elsewhere."""

    fetched_by = forms.CharField(label="领取人", max_length=100, widget=forms.TextInput({"autofocus": ""}))
    item_number = forms.CharField(label="对应拾物编号", max_length=32, required=False, help_text="没有就空着")
    reason = forms.CharField(
        label="怎样找回的", max_length=200, required=False, help_text="没有对应拾物时必填",
        widget=forms.Textarea({"rows": 2}),
    )

    def parts(self) -> list[Any]:
        return [row("fetched_by", "item_number"), "reason"]


class MatchByHandForm(ReportStepForm):
    """关联拾物: the pair that only a person saw."""

    item_number = forms.CharField(
        label="拾物编号", max_length=32,
        widget=forms.TextInput({"autofocus": "", "autocomplete": "off", "placeholder": "SW-20261122-001"}),
    )


class MeasureForm(ReportStepForm):
    """已采取措施."""

    kind = forms.ChoiceField(label="措施", choices=MeasureKind.choices)
    at = WhenField(label="时间", required=False, help_text="空着就是现在")
    detail = forms.CharField(label="说明", max_length=200, required=False, help_text="岗位、派出所、回执号")

    def parts(self) -> list[Any]:
        return [row(("kind", 3), ("at", 3), ("detail", 6))]


class ContactForm(ReportStepForm):
    """联系记录: one try to reach the owner."""

    channel = forms.ChoiceField(label="方式", choices=ContactChannel.choices, initial=ContactChannel.PHONE)
    outcome = forms.ChoiceField(label="结果", choices=ContactOutcome.choices, widget=forms.Select({"autofocus": ""}))
    at = WhenField(label="时间", required=False, help_text="空着就是现在")
    note = forms.CharField(label="内容", max_length=300, required=False, widget=forms.Textarea({"rows": 2}))

    def parts(self) -> list[Any]:
        return [row("channel", "outcome", "at"), "note"]


class RevealForm(ReportStepForm):
    """看全部: why."""

    reason = forms.CharField(label="查看原因", max_length=200, widget=forms.TextInput({"autofocus": ""}))
