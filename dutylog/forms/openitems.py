"""Forms of open items: opened by itself, assigned, progress, closed with its result."""

from typing import Any

from django import forms

from dutylog.forms.entries import LineOpenItemForm
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import PersonField, WhenField


class OpenItemForm(LineOpenItemForm):
    """登记 an item that no line of the log stands behind; owner and due may follow until the day is closed."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("owner", "due_at"):
            self.fields[name].required = False
        self.fields["owner"].help_text = "闭班前须指定"


class AssignItemForm(DeskForm):
    """指派: who answers for it, until when, what comes next."""

    owner = PersonField(label="责任人", help_text="工号、姓名或拼音")
    due_at = WhenField(label="期限", future=True, help_text="如 11-25 1700")
    next_step = forms.CharField(label="下一步", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row("owner", "due_at"), "next_step")


class ItemUpdateForm(DeskForm):
    """进展, and what comes next."""

    text = forms.CharField(label="进展", max_length=300, widget=forms.Textarea({"rows": 2, "autofocus": ""}))
    next_step = forms.CharField(label="下一步", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("text", "next_step")


class ItemResultForm(DeskForm):
    """办结: how it ended."""

    result = forms.CharField(label="办理结果", max_length=300, widget=forms.Textarea({"rows": 3, "autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("result")
