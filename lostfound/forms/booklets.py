"""Forms of the pre-numbered booklets."""

from typing import Any

from django import forms

from lostfound.services.booklets import MOST_SHEETS
from servicedesk.choices import Role
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import PersonField
from servicedesk.models import User


class IssueBookletForm(DeskForm):
    """发放: number on the cover, sheets, to whom."""

    number = forms.CharField(label="本号", max_length=10, help_text="封面上的号码,如 B012")
    sheets = forms.IntegerField(label="张数", min_value=1, max_value=MOST_SHEETS)
    to = PersonField(label="领用人(领班)")
    note = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = (
            User.objects.active().at(self.point).holding(Role.FOREMAN).select_related("department")
        )
        self.lay_out(row("number", "sheets", "to"), "note")


class SheetForm(DeskForm):
    """核销: void or missing, and why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.TextInput({"autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("reason")
