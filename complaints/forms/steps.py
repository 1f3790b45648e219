"""The small forms of the steps of a case."""

from typing import Any

from django import forms

from complaints.choices import HAND_KINDS, Liability, MajorReason, Satisfaction, Severity
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import PersonField, PhotosField, SignatureField, WhenField
from servicedesk.forms.photos import PreparedPhotosMixin


def _words(label: str, limit: int = 1000, help_text: str = "不写电话、证件号", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, help_text=help_text, widget=forms.Textarea({"rows": rows, "autofocus": ""})
    )


def _at(label: str) -> WhenField:
    return WhenField(label=label, required=False, help_text="空着就是现在;1020、-20")


class OneTextForm(DeskForm):
    """A step that needs one text; the subclass names it."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(*[name for name in self.fields if name != "version"])


class ActionForm(PreparedPhotosMixin, DeskForm):
    """记经过, with photos as evidence."""

    kind = forms.ChoiceField(label="种类", choices=[(kind.value, kind.label) for kind in HAND_KINDS])
    at = _at("时间")
    text = _words("内容", 2000)
    photos = PhotosField(label="照片")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("kind", 3), ("at", 3)), "text", "photos")


class TextForm(OneTextForm):
    """更正, 附记, 游客已补充."""

    text = _words("内容", 2000)


class ReplyForm(DeskForm):
    """首次答复."""

    text = _words("怎样答复游客的")
    at = _at("答复时间")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("text", row(("at", 4)))


class OfferForm(DeskForm):
    """反馈方案."""

    solution = _words("处理方案", 2000, rows=4)
    at = _at("反馈时间")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("solution", row(("at", 4)))


class AcceptedForm(DeskForm):
    """游客接受: the result, what they think of it, their signature where they stand here."""

    result = _words("处理结果")
    satisfaction = forms.ChoiceField(label="游客意见", required=False, choices=[("", "未问"), *Satisfaction.choices])
    opinion = forms.CharField(label="游客的话", max_length=300, required=False)
    at = _at("解决时间")
    signature = SignatureField(label="投诉人签字", signer_label="投诉人", text="以上处理结果已知悉。", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("result", row(("satisfaction", 3), ("opinion", 6), ("at", 3)), "signature")

    def signed(self) -> dict[str, str] | None:
        """The signature, if one was made."""
        found = self.cleaned_data["signature"]
        return None if found["means"] == "screen" and not found["image"] else found


class FinalForm(DeskForm):
    """最终答复."""

    result = _words("最终答复")
    opinion = forms.CharField(label="游客的话", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("result", "opinion")


class ReasonForm(OneTextForm):
    """A step that needs why."""

    reason = _words("原因", 200, rows=2)


class PassOnForm(DeskForm):
    """转出."""

    passed_to = forms.CharField(label="转给哪个单位", max_length=100, widget=forms.TextInput({"autofocus": ""}))
    reason = forms.CharField(label="原因", max_length=200, help_text="不写电话、证件号")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("passed_to", 5), ("reason", 7)))


class MergeForm(DeskForm):
    """并案."""

    number = forms.CharField(label="并入的投诉编号", max_length=32, widget=forms.TextInput(
        {"autofocus": "", "autocomplete": "off", "placeholder": "TS-"}
    ))
    reason = forms.CharField(label="为什么并案", max_length=200, help_text="如 同一游客同一件事")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("number", 4), ("reason", 8)))


class HandForm(DeskForm):
    """移交."""

    person = PersonField(label="移交给", help_text="工号、姓名或拼音")
    words = forms.CharField(label="交代", max_length=300, required=False, help_text="不写电话、证件号")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("person", 4), ("words", 8)))


class SeverityForm(DeskForm):
    """定级."""

    severity = forms.ChoiceField(label="程度", choices=Severity.choices)
    major_reasons = forms.MultipleChoiceField(
        label="重大原因", required=False, choices=MajorReason.choices, widget=forms.CheckboxSelectMultiple,
        help_text="定为重大时必选;立即通知当日值班经理",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("severity", 3), ("major_reasons", 9)))


class CauseForm(DeskForm):
    """责任与原因."""

    liability = forms.ChoiceField(label="责任认定", required=False, choices=[("", "未认定"), *Liability.choices])
    root_cause = forms.CharField(label="根本原因", max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    correction = forms.CharField(label="整改/责任追究", max_length=500, required=False,
                                 widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("liability", 4)), "root_cause", "correction")


class SignForm(DeskForm):
    """投诉人补签."""

    signature = SignatureField(label="投诉人签字", signer_label="投诉人", text="以上记录已核对。")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("signature")
