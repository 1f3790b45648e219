"""What the desk's forms share: crispy layout without a form tag, hidden version, one sentence on top."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from servicedesk.errors import MonthClosed, Refusal
from servicedesk.forms.fields import keep_choices
from servicedesk.services import closedmonths

# What Django shows for no choice.
DASHES = "---------"

class DeskForm(forms.Form):
    """A form of the desk. Subclasses lay out their fields with `self.lay_out(...)` in `__init__`.

    `version` travels hidden when a record is edited, so that two editors are told.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any = None, point: Any = None, **kwargs: Any):
        self.user, self.point = user, point
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        keep_choices(self)
        for field in self.fields.values():
            # Also where a form asks for the field only later; words of the field's own stay.
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = "请填写。"
            if getattr(field, "empty_label", None) == DASHES:
                field.empty_label = "请选择" if field.required else "不选"

    def lay_out(self, *parts: Any) -> None:
        """Set the layout; the hidden version is always in it."""
        self.helper.layout = Layout(*parts, "version")

    def refuse(self, refusal: Refusal) -> None:
        """Show a service's refusal: at the field it names in `facts["field"]`, else on top."""
        if isinstance(refusal, MonthClosed):
            self._ask_for_correction()
        field = refusal.facts.get("field")
        self.add_error(field if field in self.fields else None, refusal.sentence)

    def _ask_for_correction(self) -> None:
        """A field for why a closed month is changed: the middleware reads it from the next post."""
        self.fields[closedmonths.FIELD] = forms.CharField(
            label="更正原因", max_length=closedmonths.LONGEST, required=False, widget=forms.TextInput(
                attrs={"autofocus": True}),
        )
        self.fields[closedmonths.FIELD].help_text = "如“11月5日核对票据,金额写错”;留在历史里,列在下一版归档里"
        if self.helper.layout is not None:
            self.helper.layout.insert(0, block("更正已封账的月份", closedmonths.FIELD))

    def meet(self, theirs: dict[str, Any]) -> None:
        """After a clash: keep what was typed, take the new version, and say beside it what the other wrote."""
        if not theirs.get("version") or self.data.get("version") == str(theirs["version"]):
            return
        self.data = self.data.copy()
        self.data["version"] = str(theirs["version"])
        for name in self.changed_data:
            if name != "version" and not isinstance(theirs.get(name, []), list):
                self.add_error(name, f"现在的记录是:{_said(self.fields[name], theirs[name])}")


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "是" if value else "否"
    labels = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
    return str(labels.get(value, value) if value not in (None, "") else "空")


def block(title: str, *rows: Any, css_id: str = "") -> Fieldset:
    """A titled part of a form, in the order of the paper."""
    return Fieldset(title, *rows, **({"css_id": css_id} if css_id else {}))


def row(*fields: str | tuple[str, int]) -> Row:
    """Fields beside each other at 1366 px, below each other on a phone; `(name, 3)` takes 3 of 12."""
    share = max(1, 12 // max(1, len(fields)))
    columns = []
    for field in fields:
        name, width = field if isinstance(field, tuple) else (field, share)
        columns.append(Column(name, css_class=f"col-md-{width}"))
    return Row(*columns)
