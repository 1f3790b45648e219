"""Forms of the hand-over: count line by line, then both sign on one screen."""

from decimal import Decimal
from typing import Any

from django import forms

from dutylog.models import HandOver, HandOverLine
from dutylog.services.handovers import Count
from servicedesk.errors import Refusal
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import WhenField
from servicedesk.models import User
from servicedesk.services.signing import confirm_person

LARGEST = Decimal("9999999.99")


class StartForm(DeskForm):
    """Nothing to type: the page says which shift hands over."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out()


class CountThingsForm(DeskForm):
    """How many of each thing, and why there are more or fewer; a sealed thing is there or not."""

    note = forms.CharField(label="交代事项", max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
                           help_text="接班人要知道的事;未结事项自动移交,不用再写")

    def __init__(self, *args: Any, lines: list[HandOverLine], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self._add(line)
        self.lay_out("note")

    def _add(self, line: HandOverLine) -> None:
        self.fields[f"counted_{line.pk}"] = self._sealed(line) if line.is_by_mark else forms.DecimalField(
            required=False, min_value=0, max_value=LARGEST, decimal_places=2,
            initial="" if line.counted is None else f"{line.counted.normalize():f}", localize=False,
            widget=forms.TextInput({"aria-label": f"{line.label} 实点", "inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"invalid": "请写数字。", "min_value": "不能小于 0。"},
        )
        self.fields[f"remark_{line.pk}"] = forms.CharField(
            required=False, max_length=200, initial=line.remark,
            widget=forms.TextInput({"aria-label": f"{line.label} 说明", "autocomplete": "off"}),
        )

    def _sealed(self, line: HandOverLine) -> forms.TypedChoiceField:
        chosen = "" if line.counted is None else str(int(line.counted))
        return forms.TypedChoiceField(
            required=False, choices=[("", "未点"), ("1", "在,封袋号相符"), ("0", "不在或不符")], coerce=Decimal,
            empty_value=None, initial=chosen, widget=forms.Select({"aria-label": f"{line.mark} 实点"}),
        )

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"line": line, "counted": self[f"counted_{line.pk}"], "remark": self[f"remark_{line.pk}"]}
            for line in self.lines
        ]

    def counts(self) -> dict[int, Count]:
        data = self.cleaned_data
        return {
            line.pk: Count(counted=data[f"counted_{line.pk}"], remark=data[f"remark_{line.pk}"])
            for line in self.lines
        }


class TakeForm(DeskForm):
    """接班签字: another person by 工号 and password, on the screen of who goes."""

    staff_no = forms.CharField(label="接班人工号", max_length=20, widget=forms.TextInput({"autocomplete": "off"}))
    password = forms.CharField(
        label="接班人密码", strip=False, max_length=128, widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    taker: User | None = None

    def __init__(self, *args: Any, hand_over: HandOver, **kwargs: Any):
        self.hand_over = hand_over
        super().__init__(*args, **kwargs)
        self.lay_out(*self.parts())

    def parts(self) -> list[Any]:
        return [block("接班人", row(("staff_no", 4), ("password", 4)))]

    def not_these(self) -> tuple[User, ...]:
        return (self.hand_over.outgoing,)

    def clean(self) -> dict[str, Any]:
        """Judged before the transaction of the signature: a roll-back would forget the try."""
        data = super().clean() or self.cleaned_data
        if data.get("staff_no") and data.get("password"):
            try:
                self.taker = confirm_person(data["staff_no"], data["password"], not_these=self.not_these())
            except Refusal as refusal:
                self.add_error("password", refusal.sentence)
        return data


class SignOverForm(TakeForm):
    """交班签字 by who is signed in, with the freeze point; the taker signs on the same screen, or later."""

    frozen_at = WhenField(label="交班时刻", required=False, help_text="空着就是现在;之后的记录归下一班")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["staff_no"].required = self.fields["password"].required = False
        self.fields["staff_no"].help_text = "接班人不在场可以空着,稍后再签"

    def parts(self) -> list[Any]:
        return [row(("frozen_at", 4)), *super().parts()]

    def not_these(self) -> tuple[User, ...]:
        return (self.user,)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if bool(data.get("staff_no")) != bool(data.get("password")):
            self.add_error("password", "接班人的工号和密码要一起填,或都空着。")
        return data
