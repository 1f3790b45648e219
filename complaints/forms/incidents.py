"""归入事件, and the steps of an incident."""

from typing import Any

from django import forms

from complaints.errors.incidents import IncidentOrTitle
from complaints.models import Complaint, Incident
from complaints.services.incidents import open_incidents
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import PickerSelect


class JoinForm(DeskForm):
    """An incident that is there, or the title of a new one."""

    incident = forms.ChoiceField(label="已有的事件", required=False, widget=PickerSelect)
    title = forms.CharField(label="或新事件的事由", max_length=100, required=False,
                            help_text="如 缆车停运没有通知;不写电话、姓名")

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offered = {str(each.pk): each for each in open_incidents(self.user, complaint)}
        self.fields["incident"].choices = [("", "新事件"), *(
            (key, f"{each.number} {each.title} · {each.zone}") for key, each in self.offered.items()
        )]
        self.lay_out(row(("incident", 6), ("title", 6)))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("incident")) == bool(data.get("title")) and not self.errors:
            self.add_error(None, IncidentOrTitle.sentence)
        return data

    def chosen(self) -> Incident | None:
        return self.offered.get(self.cleaned_data["incident"])


class CauseForm(DeskForm):
    """结束."""

    cause = forms.CharField(label="原因和怎样避免", max_length=300, widget=forms.Textarea({"rows": 3, "autofocus": ""}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("cause")
