"""The form that goes along with a walk: an answer, a number, a word and a photo for each line."""

from collections.abc import Iterable
from typing import Any

from django import forms

from checklists.choices import ANSWER_WORDS, ASSET_WORDS, Fault
from checklists.models import RoundLine
from checklists.services.answers import Given
from servicedesk.errors import Refusal
from servicedesk.forms.base import DeskForm
from servicedesk.forms.fields import PersonField
from servicedesk.services.photos import prepare_photo

PARTS = ("answer", "quantity", "fault", "remark", "photo")
ASSET_FAULTS = [(f.value, f.label) for f in (Fault.MISSING, Fault.MISPLACED, Fault.LABEL)]


class WalkForm(DeskForm):
    """The fields of some lines, `answer_12`, `quantity_12` …; the template draws them."""

    note = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(self, *args: Any, lines: Iterable[RoundLine], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self._add_line(line)

    def _add_line(self, line: RoundLine) -> None:
        key = line.pk
        signs = [(a.value, a.label) for a in line.answers]
        self.fields[f"answer_{key}"] = forms.ChoiceField(
            required=False, choices=[("", ""), *signs], initial=line.answer, label=line.text
        )
        if line.is_counted:
            self.fields[f"quantity_{key}"] = forms.IntegerField(
                required=False, min_value=0, max_value=9999, initial=line.quantity, label="实有",
                widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
            )
        self.fields[f"fault_{key}"] = forms.ChoiceField(
            required=False, choices=[("", ""), *ASSET_FAULTS], initial=line.fault, label="情况"
        )
        self.fields[f"remark_{key}"] = forms.CharField(
            required=False, max_length=200, initial=line.remark, label="说明",
            widget=forms.TextInput({"autocomplete": "off", "placeholder": "写明情况,如 缺 1 把、插排发烫"}),
        )
        self.fields[f"photo_{key}"] = forms.FileField(required=False, label="照片")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for line in self.lines:
            self._prepare(f"photo_{line.pk}", data)
        return data

    def _prepare(self, name: str, data: dict[str, Any]) -> None:
        """Photos are decoded before the transaction begins."""
        if not data.get(name):
            return
        try:
            data[name] = prepare_photo(data[name])
        except Refusal as refusal:
            self.add_error(name, refusal.sentence)

    def given(self, line: RoundLine) -> Given:
        """What was tapped for a line. A number that was typed says more than the sign of the answer before it."""
        data = {part: self.cleaned_data.get(f"{part}_{line.pk}") for part in PARTS}
        answer = data["answer"] or ""
        if line.is_counted and answer not in {"damaged", "none"}:
            answer = ""
        return Given(answer=answer, quantity=data["quantity"], fault=data["fault"] or "",
                     remark=data["remark"] or "", photo=data["photo"] or None)

    def rows(self) -> list[dict[str, Any]]:
        return [self.row(line) for line in self.lines]

    def row(self, line: RoundLine) -> dict[str, Any]:
        """What the template draws of a line."""
        words = ASSET_WORDS if line.asset_id else ANSWER_WORDS
        chosen = self[f"answer_{line.pk}"].value() or ""
        shown = [a for a in line.answers if not line.is_counted or a in {"damaged", "none"}]
        return {
            "line": line, "chosen": chosen,
            "answers": [{"value": a.value, "sign": a.label, "word": words[a], "is_chosen": chosen == a} for a in shown],
            "faults": [{"value": v, "label": w, "is_chosen": line.fault == v} for v, w in ASSET_FAULTS],
            **{part: self[f"{part}_{line.pk}"] for part in PARTS if f"{part}_{line.pk}" in self.fields},
            "errors": [e for part in PARTS for e in self.errors.get(f"{part}_{line.pk}", [])],
        }


class JoinForm(DeskForm):
    """加人: who comes into a check that has begun."""

    person = PersonField(label="人员", help_text="工号、姓名或拼音")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("person")
