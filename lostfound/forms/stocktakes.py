"""Forms of the count: line by line, then two signatures."""

from typing import Any

from django import forms

from lostfound.choices import CountResult
from lostfound.forms.item_steps import ConfirmedByPasswordMixin
from lostfound.models import StockTakeLine
from lostfound.services.stocktakes import Count
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import PersonField


class StartCountForm(DeskForm):
    """Nothing to type: the page lists what will be counted."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out()


class CountForm(DeskForm):
    """Result, seal seen and note of each valuable."""

    def __init__(self, *args: Any, lines: list[StockTakeLine], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self._add_line(line)
        self.lay_out()

    def _add_line(self, line: StockTakeLine) -> None:
        key, named = line.pk, line.item.number
        self.fields[f"result_{key}"] = forms.ChoiceField(
            required=False, choices=[("", "未点"), *CountResult.choices], initial=line.result,
            widget=forms.Select({"aria-label": f"{named} 结果"}),
        )
        self.fields[f"seal_{key}"] = forms.CharField(
            required=False, max_length=30, initial=line.seal_seen,
            widget=forms.TextInput({"aria-label": f"{named} 实见封袋号", "autocomplete": "off"}),
        )
        self.fields[f"note_{key}"] = forms.CharField(
            required=False, max_length=200, initial=line.note, widget=forms.TextInput({"aria-label": f"{named} 说明"})
        )

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"line": line, **{name: self[f"{name}_{line.pk}"] for name in ("result", "seal", "note")}}
            for line in self.lines
        ]

    def counts(self) -> dict[int, Count]:
        data = self.cleaned_data
        return {
            line.pk: Count(
                result=data[f"result_{line.pk}"], seal_seen=data[f"seal_{line.pk}"], note=data[f"note_{line.pk}"]
            )
            for line in self.lines
        }


class SignForm(ConfirmedByPasswordMixin, DeskForm):
    """Who takes over, with the own password; who hands over is the one signed in."""

    taken_over_by = PersonField(label="接班人")
    password = forms.CharField(label="接班人密码", widget=forms.PasswordInput({"autocomplete": "new-password"}))
    note = forms.CharField(label="说明", required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row("taken_over_by", "password"), "note")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("taken_over_by") and data.get("password"):
            self.confirm("taken_over_by", "password", "", (self.user,))
        return data
