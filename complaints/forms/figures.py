"""Forms of the summary: 核定 with password or PIN, 更正 with its reason."""

from typing import Any

from django import forms

from dutylog.forms.briefings import SecretForm
from servicedesk.forms.base import DeskForm


class ApproveForm(SecretForm):
    """核定: who they are, a word where there is one, and the mark of what they looked at."""

    note = forms.CharField(label="核定意见", max_length=200, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def further(self) -> tuple[Any, ...]:
        return ("note", "seen")


class CorrectForm(DeskForm):
    """更正: why the approved numbers are no longer right."""

    reason = forms.CharField(
        label="更正原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""}),
        help_text="原数不删,与新数并列在汇总表上;请写是什么变了,例如“补录了一件投诉”",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("reason")
