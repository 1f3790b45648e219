"""回访: the form of a call, drawn by its own page; visits; the supervisor's steps."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from complaints.appointing import read_appointment
from complaints.callback_choices import (
    SIGNED_ENDS,
    AttemptOutcome,
    CallbackChannel,
    CallbackState,
    CheckWay,
    Content,
    FailureCause,
)
from complaints.models import CallbackPlan
from complaints.services.callback_plans import VisitFacts
from complaints.services.callbacks import AttemptFacts
from servicedesk.filters import DayInput
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PhoneField, WhenField

ENDS = [(end.value, end.label) for end in SIGNED_ENDS]
YES_NO = (("yes", "已解决"), ("no", "没有解决"))


def _chosen(label: str, choices: Any, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, empty_value=None, **more
    )


class AppointmentField(WhenField):
    """A time to come, in few keys; what the quick buttons of the page write too."""

    def __init__(self, **kwargs: Any):
        kwargs["widget"] = forms.TextInput({"autocomplete": "off", "placeholder": "明1000"})
        super().__init__(future=True, **kwargs)

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        if not text:
            return None
        when = read_appointment(text, timezone.localtime())
        if when is None:
            raise ValidationError("看不懂这个时间,请写成 1430、明1000、12-03 1500 或 +60(分钟后)。")
        return when


class AttemptForm(DeskForm):
    """What came of a call. Its page draws it: number keys choose, Enter saves."""

    outcome = forms.ChoiceField(label="结果", choices=AttemptOutcome.choices, widget=forms.HiddenInput,
                                error_messages={"required": "请选择这次回访的结果。"})
    channel = forms.ChoiceField(label="方式", choices=CallbackChannel.choices)
    is_solved = _chosen("问题解决了吗", YES_NO, coerce=lambda value: value == "yes")
    satisfaction = _chosen("满意度", Content.choices, coerce=int)
    cause = forms.ChoiceField(label="不合格原因", choices=FailureCause.choices, required=False,
                              widget=forms.RadioSelect)
    comment = forms.CharField(label="游客意见", max_length=500, required=False, help_text="不写电话、证件号",
                              widget=forms.TextInput({"autocomplete": "off"}))
    next_at = AppointmentField(label="约好的时间", required=False, help_text="1430、明1000、12-03 1500、+60")
    at = WhenField(label="回访时间", required=False, help_text="空着就是现在")

    def __init__(self, *args: Any, plan: CallbackPlan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = CallbackChannel.VISIT if plan.is_visit else CallbackChannel.PHONE

    def facts(self) -> AttemptFacts:
        """What was typed; answers that belong to another outcome are left behind."""
        data = self.cleaned_data
        reached, later = data["outcome"] == AttemptOutcome.REACHED, data["outcome"] == AttemptOutcome.LATER
        return AttemptFacts(
            outcome=data["outcome"], channel=data["channel"], comment=data["comment"], at=data["at"],
            is_solved=data["is_solved"] if reached else None, satisfaction=data["satisfaction"] if reached else None,
            cause=data["cause"] if reached else "", next_at=data["next_at"] if later else None,
        )


class VisitForm(DeskForm):
    """上门拜访."""

    visitor_name = forms.CharField(label="拜访谁", max_length=100, widget=forms.TextInput(
        {"autofocus": "", "autocomplete": "off"}
    ), help_text="游客、商户或单位")
    phone = PhoneField(label="电话", required=False)
    due_on = forms.DateField(label="拜访日期", widget=DayInput())
    address = forms.CharField(label="地址", max_length=200, required=False)
    words = forms.CharField(label="拜访事由", max_length=1000, widget=forms.Textarea({"rows": 3}),
                            help_text="不写电话、证件号")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(block("上门拜访", row(("visitor_name", 4), ("phone", 4), ("due_on", 4)), "address", "words"))

    def facts(self) -> VisitFacts:
        names = ("visitor_name", "phone", "address", "words", "due_on")
        return VisitFacts(**{name: self.cleaned_data[name] for name in names})


class EndForm(DeskForm):
    """报签批, 签批: how it ends, and why."""

    end = forms.ChoiceField(label="结束为", choices=ENDS)
    reason = forms.CharField(label="原因", max_length=200, widget=forms.TextInput({"autofocus": ""}),
                             help_text="不写电话、证件号")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("end", 3), ("reason", 9)))


class CheckForm(DeskForm):
    """质检."""

    way = forms.ChoiceField(label="方式", choices=CheckWay.choices)
    is_good = forms.ChoiceField(label="质检结果", choices=(("", "请选择"), ("yes", "合格"), ("no", "不合格")))
    finding = forms.CharField(label="查到的问题", max_length=300, required=False,
                              help_text="不合格的必填;不写电话、证件号")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("way", 3), ("is_good", 3), ("finding", 6)))


def end_first(plan: CallbackPlan) -> str:
    """What a request to end it most likely is."""
    return plan.asked_end or (CallbackState.UNREACHABLE if plan.tried_at else CallbackState.EXCUSED)
