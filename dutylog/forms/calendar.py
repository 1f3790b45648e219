"""A day of the calendar that is not what its weekday says."""

from typing import Any

from django import forms

from dutylog.choices import CalendarMark
from servicedesk.forms.base import DeskForm, row


class CalendarDayForm(DeskForm):
    """日期, 休 or 班, the holiday's name."""

    date = forms.DateField(label="日期", widget=forms.DateInput({"placeholder": "2027-02-06"}, format="%Y-%m-%d"),
                           error_messages={"invalid": "请填日期,如 2027-02-06。"})
    mark = forms.ChoiceField(label="休/班", choices=CalendarMark.choices)
    name = forms.CharField(label="名称", max_length=30, required=False, help_text="如 春节;有名称的休息日是节假日")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("date", 4), ("mark", 3), ("name", 5)))

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
