"""The form of a template: its head, whom to tell, and the items as lines."""

from typing import Any

from django import forms

from checklists.choices import TOLD_ROLES, AnswerKind, RoundKind
from checklists.models import RoundTemplate
from checklists.services.templates import ItemFacts, TemplateFacts, VersionFacts
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PersonField
from servicedesk.models import ServicePoint

ROLES = [("", "按整表"), *TOLD_ROLES]
SIGNS = [(AnswerKind.TICK.value, "√ ×"), (AnswerKind.OPEN.value, "√ × ●"), (AnswerKind.NUMBER.value, "数量")]


class ItemForm(forms.Form):
    """One line of the template."""

    line = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="检查项目", max_length=60, required=False)
    area = forms.CharField(label="区域", max_length=30, required=False)
    category = forms.CharField(label="类别", max_length=12, required=False)
    expected = forms.CharField(label="标准状态", max_length=30, required=False)
    answer_kind = forms.ChoiceField(label="回答", choices=SIGNS, required=False)
    expected_number = forms.IntegerField(label="应有数", min_value=0, max_value=9999, required=False)
    photo_required = forms.BooleanField(label="拍照", required=False)
    told_role = forms.ChoiceField(label="异常报给", choices=ROLES, required=False)
    told_person = PersonField(label="或报给人员", required=False)

    def facts(self) -> ItemFacts:
        data = self.cleaned_data
        names = ("line", "area", "category", "expected", "expected_number", "photo_required", "told_role",
                 "told_person", "text")
        kind = data["answer_kind"] or AnswerKind.TICK
        number = data["expected_number"] if kind == AnswerKind.NUMBER else None
        return ItemFacts(answer_kind=kind, **{**{name: data[name] for name in names}, "expected_number": number})


ItemLines = forms.formset_factory(ItemForm, extra=0, can_delete=True, max_num=100, absolute_max=120)


class TemplateForm(DeskForm):
    """检查表. `template` is the one being edited, None for a new one; its kind then stays."""

    name = forms.CharField(label="名称", max_length=40)
    kind = forms.ChoiceField(label="类别", choices=RoundKind.choices)
    service_point = forms.ModelChoiceField(
        label="服务点", queryset=ServicePoint.objects.filter(is_active=True), required=False, empty_label="每个服务点"
    )
    due_at = forms.TimeField(label="应完成时刻", widget=forms.TextInput({"placeholder": "如 18:00"}),
                             input_formats=["%H:%M", "%H%M"])
    is_active = forms.BooleanField(label="在用", required=False, initial=True)
    told_role = forms.ChoiceField(label="异常报给岗位", choices=[("", "不指定"), *TOLD_ROLES], required=False)
    told_person = PersonField(label="或报给人员", required=False)
    change = forms.CharField(label="修改说明", max_length=100, required=False)

    def __init__(self, *args: Any, template: RoundTemplate | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.template = template
        if template is not None:
            self.fields["kind"].required = False
            self.fields["kind"].disabled = True
            self.initial["kind"] = template.kind
        self.lines = ItemLines(self.data or None, prefix="items", initial=self._first_lines())
        self.lay_out(
            block("检查表", row(("name", 4), ("kind", 4), ("service_point", 4)),
                  row(("due_at", 4), ("told_role", 4), ("told_person", 4)), row(("change", 8), ("is_active", 4))),
        )

    def _first_lines(self) -> list[dict[str, Any]]:
        version = self.template.current() if self.template else None
        if version is None:
            return [{}]
        names = list(ItemForm.base_fields)
        return [{name: getattr(item, name) for name in names} for item in version.items.all()]

    def is_valid(self) -> bool:
        return super().is_valid() and self.lines.is_valid()

    def items(self) -> list[ItemFacts]:
        """The lines that say something, in their order."""
        kept = [f for f in self.lines.forms if not f.cleaned_data.get("DELETE") and f.cleaned_data.get("text")]
        return [form.facts() for form in kept]

    def facts(self) -> TemplateFacts:
        names = ("name", "kind", "due_at", "service_point", "is_active")
        return TemplateFacts(**{name: self.cleaned_data[name] for name in names})

    def version_facts(self) -> VersionFacts:
        data = self.cleaned_data
        return VersionFacts(items=self.items(), told_role=data["told_role"], told_person=data["told_person"],
                            note=data["change"])
