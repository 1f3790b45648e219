"""来电、咨询: one line, made for a clerk with the phone at the ear; and the small forms of its steps."""

from typing import Any

from django import forms
from django.utils import timezone

from dutylog.choices import EnquiryDirection, EnquiryKind
from dutylog.models import Enquiry
from dutylog.services.enquiries import EnquiryFacts
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PersonField, PhoneField, WhenField
from servicedesk.forms.standing import say_standing
from servicedesk.sealing import masked

EDITED = ("direction", "received_at", "is_missed", "caller_name", "kind", "summary", "version")


class EnquiryForm(DeskForm):
    """A call or question. `enquiry` is the record being put right, None for a new one."""

    direction = forms.ChoiceField(label="方式", choices=EnquiryDirection.choices, initial=EnquiryDirection.INCOMING)
    received_at = WhenField(label="时间", help_text="1020、-5")
    is_missed = forms.BooleanField(label="未接来电", required=False, help_text="回电以后再记答复")
    phone = PhoneField(label="电话", required=False, widget=forms.TextInput(
        {"inputmode": "tel", "autocomplete": "off", "autofocus": ""}
    ))
    caller_name = forms.CharField(label="姓名", max_length=60, required=False,
                                  widget=forms.TextInput({"autocomplete": "off"}))
    kind = forms.ChoiceField(label="类别", choices=EnquiryKind.choices, initial=EnquiryKind.QUESTION)
    summary = forms.CharField(label="内容", max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
                              help_text="不写电话、证件号")
    answer = forms.CharField(label="答复", max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
                             help_text="当场答复的写在这里;空着就是待答复")
    answered_at = WhenField(label="答复时间", required=False, help_text="空着就是现在")
    relay_to = PersonField(label="转告给", required=False, help_text="工号、姓名或拼音")
    relay_text = forms.CharField(label="转告内容", max_length=300, required=False)

    def __init__(self, *args: Any, enquiry: Enquiry | None = None, **kwargs: Any):
        self.enquiry = enquiry
        super().__init__(*args, **kwargs)
        self.fields["received_at"].initial = timezone.now
        parts = [
            block("谁", row(("direction", 2), ("received_at", 4), ("phone", 3), ("caller_name", 3))),
            block("问什么", row(("kind", 3), ("is_missed", 9)), "summary"),
        ]
        if enquiry is None:
            parts += [
                block("怎样答复的", row(("answer", 9), ("answered_at", 3))),
                block("转告同事", row(("relay_to", 4), ("relay_text", 8))),
            ]
        else:
            self._dress_for_edit(enquiry)
        self.lay_out(*parts)

    def _dress_for_edit(self, enquiry: Enquiry) -> None:
        for name in ("answer", "answered_at", "relay_to", "relay_text"):
            del self.fields[name]
        if enquiry.phone:
            say_standing(self.fields["phone"], masked(enquiry.phone))

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return typed if typed or self.enquiry is None else self.enquiry.phone

    def facts(self) -> EnquiryFacts:
        return EnquiryFacts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class AnswerForm(DeskForm):
    """记答复."""

    answer = forms.CharField(label="怎样答复的", max_length=500, widget=forms.Textarea({"rows": 3, "autofocus": ""}))
    answered_at = WhenField(label="答复时间", required=False, help_text="空着就是现在")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("answer", 9), ("answered_at", 3)))


class RelayForm(DeskForm):
    """转告."""

    relay_to = PersonField(label="转告给", help_text="工号、姓名或拼音")
    relay_text = forms.CharField(label="转告内容", max_length=300, help_text="不写电话;对方打开后到本记录看号码")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("relay_to", 4), ("relay_text", 8)))


class WhyForm(DeskForm):
    """A step that needs nothing but why: void, look at a number."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.TextInput({"autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("reason")
