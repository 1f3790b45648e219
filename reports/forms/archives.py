"""The second step of the wizard: why another version, and whether a workbook with whole numbers is made too."""

from typing import Any

from django import forms

from servicedesk.forms.base import DeskForm, block, row


class ArchiveForm(DeskForm):
    """Only what the month and the person's rights ask for."""

    reason = forms.CharField(label="再做一版的原因", max_length=200, required=False,
                             help_text="如“11月5日更正了两份登记”;印在封面上")
    is_full = forms.BooleanField(label="另做一份含完整号码的工作簿", required=False,
                                 help_text="平时不用:工作簿已脱敏,装订册和纸上一样")
    full_reason = forms.CharField(label="完整号码的用途", max_length=200, required=False, help_text="留在导出记录里")

    def __init__(self, *args: Any, has_version: bool, may_full: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = has_version
        parts = [block("版次", "reason")] if has_version else []
        if may_full:
            parts.append(block("完整号码", row(("is_full", 5), ("full_reason", 7))))
        for name in ([] if has_version else ["reason"]) + ([] if may_full else ["is_full", "full_reason"]):
            del self.fields[name]
        self.lay_out(*parts)
