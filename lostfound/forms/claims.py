"""Opening a claim, what the claimant says, and the two sides ticked beside each other."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms

from lostfound.choices import ClaimPath, ItemState, MatchState, Verdict, VerifyMeans
from lostfound.models import Claim, FoundItem, LostReport
from lostfound.services.claim_statements import LONGEST_STATEMENT, counted, least_statements
from lostfound.services.claims import ClaimFacts
from servicedesk.choices import Sex
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PhoneField, WhenField

MOST_STATEMENTS = 20


class ClaimOpenForm(DeskForm):
    """受理认领: what the claimant tells before any document is asked for."""

    claimant_name = forms.CharField(
        label="失主姓名", max_length=100, widget=forms.TextInput({"autofocus": "", "autocomplete": "off"}),
        help_text="代领或监护人来领,也写失主的姓名",
    )
    phone = PhoneField(label="联系电话")
    path = forms.ChoiceField(label="认领方式", choices=ClaimPath.choices, initial=ClaimPath.OWNER)
    sex = forms.ChoiceField(label="性别", choices=Sex.choices, required=False)
    origin = forms.CharField(label="来源地/住址", max_length=120, required=False)
    lost_from = WhenField(label="遗失时间起")
    lost_to = WhenField(label="遗失时间止", required=False)
    lost_place = forms.CharField(label="遗失地点", max_length=200)
    statements = forms.CharField(
        label="认领人描述的特征", required=False, max_length=5000, widget=forms.Textarea({"rows": 4}),
        help_text="一行一项,认领人自己说,工作人员不提示;系统在够数之前不显示照片和特征",
    )
    report = forms.ModelChoiceField(
        label="关联失物登记", queryset=LostReport.objects.none(), required=False, empty_label="不关联"
    )
    is_competing = forms.BooleanField(
        label="另有人认领:已有认领正在办理,这位是另一位认领人", required=False,
        help_text="两份认领都保留,物品冻结,由督导裁定",
    )

    def __init__(self, *args: Any, item: FoundItem, **kwargs: Any):
        self.item = item
        super().__init__(*args, **kwargs)
        self.fields["report"].queryset = LostReport.objects.filter(
            matches__item=item, matches__state=MatchState.CONFIRMED
        )
        self.fields["origin"].required = item.is_valuable
        least = f'<p class="quiet">至少 {least_statements()} 项能区分这件东西的特征。</p>'
        rival = [row("is_competing")] if item.state == ItemState.CLAIMING else []
        linked = ["report"] if self.fields["report"].queryset.exists() else []
        self.lay_out(
            *rival, block("认领人", row("claimant_name", "phone", "path"), row(("origin", 8), ("sex", 4))),
            block("遗失经过", row("lost_from", "lost_to", "lost_place"), *linked),
            block("先说特征", HTML(least), "statements"),
        )

    def clean_statements(self) -> list[str]:
        """One statement per line that is not blank."""
        lines = [line.strip() for line in self.cleaned_data["statements"].splitlines() if line.strip()]
        if len(lines) > MOST_STATEMENTS or any(len(line) > LONGEST_STATEMENT for line in lines):
            raise forms.ValidationError(f"最多 {MOST_STATEMENTS} 项,每项最多 {LONGEST_STATEMENT} 字。")
        return lines

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("lost_from") and data.get("lost_to") and data["lost_to"] < data["lost_from"]:
            self.add_error("lost_to", "遗失时间止早于起,请核对。")
        return data

    def facts(self) -> ClaimFacts:
        names = ("claimant_name", "phone", "path", "sex", "origin", "lost_from", "lost_to", "lost_place")
        return ClaimFacts(**{name: self.cleaned_data[name] for name in names})


class ClaimStepForm(DeskForm):
    """A step about one claim, given as `claim`."""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any):
        self.claim = claim
        super().__init__(*args, **kwargs)
        self.build()
        self.lay_out(*self.parts())

    def build(self) -> None:
        """Make the fields that depend on the claim."""

    def parts(self) -> list[Any]:
        return [row(name) for name in self.fields if name != "version"]


class StatementForm(ClaimStepForm):
    """① one more thing that the claimant says."""

    text = forms.CharField(
        label="认领人说的特征", max_length=LONGEST_STATEMENT,
        widget=forms.TextInput({"autofocus": "", "autocomplete": "off"}), help_text="一次一项,按回车记下;不要提示",
    )


class JudgeForm(ClaimStepForm):
    """③ each counted statement ticked 符合 or 不符, and what convinced the desk."""

    means = forms.MultipleChoiceField(
        label="核实方式", choices=VerifyMeans.choices, required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )

    def build(self) -> None:
        self.said = list(counted(self.claim))
        for statement in self.said:
            self.fields[self.name_of(statement)] = forms.ChoiceField(
                label=statement.text, required=False, initial=statement.verdict,
                widget=forms.RadioSelect({"class": "form-check-input"}),
                choices=[(Verdict.AGREES.value, "符合"), (Verdict.DIFFERS.value, "不符")],
            )

    @staticmethod
    def name_of(statement: Any) -> str:
        return f"verdict-{statement.pk}"

    @property
    def lines(self) -> list[Any]:
        """The fields of the statements, for the left side of the comparison."""
        return [self[self.name_of(statement)] for statement in self.said]

    def verdicts(self) -> list[tuple[Any, str]]:
        """The statements with a new verdict."""
        return [
            (statement, chosen) for statement in self.said
            if (chosen := self.cleaned_data[self.name_of(statement)]) and chosen != statement.verdict
        ]
