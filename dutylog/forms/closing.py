"""Forms of closing: a field under each miss; review with password or PIN; reopening with its reason."""

from typing import Any

from django import forms

from dutylog.forms.briefings import SecretForm
from dutylog.services.closing import StandingGate
from servicedesk.forms.base import DeskForm


class CloseDayForm(DeskForm):
    """未办说明: one field per miss, in the order of the gates."""

    def __init__(self, *args: Any, gates: list[StandingGate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.gates = gates
        self.misses = [miss for gate in gates for miss in gate.misses]
        for place, miss in enumerate(self.misses):
            self.fields[f"why_{place}"] = forms.CharField(
                required=False, max_length=300, initial=miss.explanation.text if miss.explanation else "",
                widget=forms.TextInput({
                    "aria-label": f"说明:{miss.miss.sentence}", "autocomplete": "off", "placeholder": "没办的原因",
                }),
            )
            # The page may be older than the gates: an explanation belongs to the sentence that was read.
            self.fields[f"what_{place}"] = forms.CharField(
                required=False, max_length=400, initial="|".join(miss.key), widget=forms.HiddenInput,
            )
        self.lay_out()

    def rows(self) -> list[dict[str, Any]]:
        fields = iter(range(len(self.misses)))
        found = []
        for gate in self.gates:
            lines = []
            for miss in gate.misses:
                place = next(fields)
                lines.append({"miss": miss, "why": self[f"why_{place}"], "what": self[f"what_{place}"]})
            found.append({"gate": gate, "lines": lines})
        return found

    def texts(self) -> dict[tuple[str, str], str]:
        data, found = self.cleaned_data, {}
        for place, miss in enumerate(self.misses):
            gate, _, sentence = data[f"what_{place}"].partition("|")
            found[(gate, sentence) if sentence else miss.key] = data[f"why_{place}"]
        return found


class ReviewForm(SecretForm):
    """审阅签字, with a word where there is one to say."""

    note = forms.CharField(label="审阅意见", max_length=100, required=False)

    def further(self) -> tuple[Any, ...]:
        return ("note",)


class ReopenForm(DeskForm):
    """重新打开: why."""

    reason = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""}),
        help_text="原有各行仍不能改,只能补记或另记一行;须再次闭班",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("reason")
