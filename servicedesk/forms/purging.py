"""The second step of a purge: why, and the count typed by hand."""

from typing import Any

from django import forms

from servicedesk.forms.base import DeskForm, row


class PurgeForm(DeskForm):
    """A count that was only read is not yet meant: it is typed."""

    reason = forms.CharField(
        label="清除原因", max_length=200, help_text="留在清除记录里,如“年度到期清除”",
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    count = forms.IntegerField(
        label="到期条数", min_value=1, help_text="照上面的合计填写,表示您核对过",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value"), "请照上面的合计填写条数。"),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("reason", 8), ("count", 4)))
