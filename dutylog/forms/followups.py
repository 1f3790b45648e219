"""Forms of follow-ups: found, assigned, progress, done, checked."""

from typing import Any

from django import forms

from dutylog.choices import FollowUpKind
from dutylog.services.followup_steps import VERIFY, people_who_may
from dutylog.services.followups import Assignment, FollowUpFacts
from servicedesk.filters import DayInput
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PersonField, PhotosField, ZoneField
from servicedesk.forms.photos import PreparedPhotosMixin
from servicedesk.models import Department, User

BY_HAND = [(kind.value, kind.label) for kind in FollowUpKind if kind != FollowUpKind.OLD_ITEM]


class ResponsibleFields(forms.Form):
    """Who mends it until when, and who looks afterwards."""

    owner = PersonField(label="责任人", help_text="工号、姓名或拼音")
    department = forms.ModelChoiceField(
        label="责任部门", queryset=Department.objects.filter(is_active=True), required=False,
        help_text="空着按责任人", empty_label="",
    )
    due_on = forms.DateField(label="期限", widget=DayInput(), required=False)
    checker = PersonField(label="复查人", queryset=User.objects.none(), required=False, help_text="不能是责任人")
    interim_measure = forms.CharField(label="临时措施", max_length=200, required=False, help_text="如 已拉警戒线")
    measure = forms.CharField(label="整改措施", max_length=300, required=False)

    def offer_checkers(self) -> None:
        self.fields["checker"].queryset = people_who_may(VERIFY)


class FollowUpForm(PreparedPhotosMixin, ResponsibleFields, DeskForm):
    """A problem found: what and where, then who and until when."""

    kind = forms.ChoiceField(label="类别", choices=BY_HAND)
    problem = forms.CharField(label="问题", max_length=300, widget=forms.Textarea({"rows": 2}))
    zone = ZoneField(label="地点", required=False)
    place_detail = forms.CharField(label="具体位置", max_length=100, required=False)
    photos = PhotosField(label="整改前照片")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].required = False
        self.fields["due_on"].help_text = "空着按设置"
        self.offer_checkers()
        self.lay_out(
            block("问题", row(("kind", 4), ("zone", 4), ("place_detail", 4)), "problem", "photos"),
            block("整改", row(("owner", 4), ("department", 4), ("due_on", 4)),
                  row(("checker", 4), ("interim_measure", 8))),
        )

    def facts(self) -> FollowUpFacts:
        data = self.cleaned_data
        names = ("kind", "problem", "zone", "place_detail", "owner", "department", "due_on", "checker",
                 "interim_measure")
        return FollowUpFacts(source_text="人工登记", **{name: data[name] for name in names})


class AssignForm(ResponsibleFields, DeskForm):
    """指派, 改派, another due day."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = True
        self.offer_checkers()
        self.lay_out(
            row(("owner", 4), ("department", 4), ("due_on", 4)), row(("checker", 4), ("interim_measure", 8)), "measure",
        )

    def assignment(self) -> Assignment:
        names = ("owner", "department", "due_on", "checker", "interim_measure", "measure")
        return Assignment(**{name: self.cleaned_data[name] for name in names})


class ProgressForm(PreparedPhotosMixin, DeskForm):
    """本周进展."""

    text = forms.CharField(label="进展", max_length=300, widget=forms.Textarea({"rows": 3, "autofocus": ""}))
    photos = PhotosField(label="照片")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("text", "photos")


class DoneForm(PreparedPhotosMixin, DeskForm):
    """整改完成: what was done, and how it looks now."""

    measure = forms.CharField(label="怎样整改的", max_length=300, widget=forms.Textarea({"rows": 3, "autofocus": ""}))
    photos = PhotosField(label="整改后照片")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("measure", "photos")


class VerifyForm(PreparedPhotosMixin, DeskForm):
    """复查销号: seen on the spot."""

    note = forms.CharField(label="复查意见", max_length=200, required=False, widget=forms.TextInput({"autofocus": ""}))
    photos = PhotosField(label="复查照片")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("note", "photos")


class ReasonForm(DeskForm):
    """Why: sent back, opened again, void."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("reason")
