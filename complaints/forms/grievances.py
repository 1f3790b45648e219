"""抱怨登记: a row of the ledger in a few keys; and its small steps."""

from typing import Any

from django import forms
from django.utils import timezone

from complaints.choices import Channel, UpgradeSignal
from complaints.models import Grievance
from complaints.services.complaint_facts import listed
from complaints.services.grievances import GrievanceFacts
from complaints.services.kinds import category_choices, joined, split
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PhoneField, PhotosField, PickerSelect, WhenField, ZoneField
from servicedesk.forms.photos import PreparedPhotosMixin
from servicedesk.forms.standing import say_standing
from servicedesk.models import Department
from servicedesk.sealing import masked

PLAIN = (
    "received_at", "channel", "visitor_name", "words", "zone", "place_detail", "department", "soothing",
    "supervisor_told_at",
)


class GrievanceForm(PreparedPhotosMixin, DeskForm):
    """A grievance. `grievance` is the record that is put right or looked at, None for a new one."""

    received_at = WhenField(label="时间", help_text="1020、-5")
    channel = forms.ChoiceField(label="渠道", choices=Channel.choices, initial=Channel.VISIT)
    visitor_name = forms.CharField(label="游客", max_length=100, required=False, help_text="可匿名",
                                   widget=forms.TextInput({"autocomplete": "off"}))
    phone = PhoneField(label="电话", required=False)
    kind = forms.ChoiceField(label="类别", widget=PickerSelect)
    zone = ZoneField(label="地点", required=False, help_text="名称、编号或拼音")
    place_detail = forms.CharField(label="具体位置", max_length=100, required=False)
    department = forms.ModelChoiceField(
        label="涉及部门", required=False, queryset=Department.objects.filter(is_active=True), widget=PickerSelect
    )
    words = forms.CharField(label="抱怨内容", max_length=2000, help_text="不写电话、证件号",
                            widget=forms.Textarea({"rows": 3, "autofocus": ""}))
    soothing = forms.CharField(label="现场安抚与处理", max_length=500, required=False,
                               widget=forms.Textarea({"rows": 2}))
    is_soothed = forms.BooleanField(label="已当场化解", required=False, initial=True)
    supervisor_told_at = WhenField(label="告知督导", required=False, help_text="没有告知就空着")
    signals = forms.MultipleChoiceField(label="游客是否", required=False, choices=UpgradeSignal.choices,
                                        widget=forms.CheckboxSelectMultiple)
    photos = PhotosField(label="照片")

    def __init__(self, *args: Any, grievance: Grievance | None = None, **kwargs: Any):
        self.grievance = grievance
        super().__init__(*args, **kwargs)
        kept = (grievance.category, grievance.subcategory) if grievance else ("", "")
        self.fields["kind"].choices = category_choices(kept)
        if grievance is None:
            self.fields["received_at"].initial = timezone.now
        else:
            del self.fields["is_soothed"], self.fields["photos"]
            if grievance.phone:
                say_standing(self.fields["phone"], masked(grievance.phone))
        self.lay_out(*self._parts())

    def _parts(self) -> list[Any]:
        soothed = [("is_soothed", 3)] if self.grievance is None else []
        return [
            block("抱怨什么", row(("received_at", 3), ("kind", 3), ("zone", 3), ("department", 3)), "words"),
            block("怎样安抚的", "soothing", row(*soothed, ("supervisor_told_at", 3), ("signals", 6))),
            block("游客", row(("visitor_name", 3), ("phone", 3), ("channel", 3), ("place_detail", 3))),
            *(["photos"] if self.grievance is None else []),
        ]

    def facts(self) -> GrievanceFacts:
        data = self.cleaned_data
        category, subcategory = split(data["kind"])
        phone = data["phone"] or (self.grievance.phone if self.grievance else "")
        return GrievanceFacts(
            **{name: data[name] for name in PLAIN}, phone=phone, category=category, subcategory=subcategory,
            signals=tuple(data["signals"]),
        )


def initial_of(grievance: Grievance) -> dict[str, Any]:
    """What the edit form shows of a record; the number stays sealed."""
    return {name: getattr(grievance, name) for name in PLAIN} | {
        "kind": joined(grievance.category, grievance.subcategory), "signals": listed(grievance.signals),
        "version": grievance.version,
    }


class SootheForm(DeskForm):
    """当场化解."""

    soothing = forms.CharField(label="怎样安抚、怎样处理的", max_length=500, help_text="不写电话、证件号",
                               widget=forms.Textarea({"rows": 3, "autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("soothing")
