"""The form of a version: its wording in both languages, and the items as lines."""

from typing import Any

from django import forms

from servicedesk.forms.base import DeskForm, block, row
from surveys.models import SurveyVersion
from surveys.services.versions import MOST_ITEMS, WORDING, ItemFacts, VersionFacts


class ItemForm(forms.Form):
    """One line of the survey."""

    line = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="评价项目", max_length=40, required=False)
    text_en = forms.CharField(label="英文", max_length=80, required=False)

    def facts(self) -> ItemFacts:
        data = self.cleaned_data
        return ItemFacts(line=data["line"], text=data["text"].strip(), text_en=data["text_en"].strip())


ItemLines = forms.formset_factory(ItemForm, extra=0, can_delete=True, max_num=MOST_ITEMS, absolute_max=60)


class VersionForm(DeskForm):
    """问卷. It begins with the version in use, and saves as the next one."""

    title = forms.CharField(label="标题", max_length=60)
    title_en = forms.CharField(label="英文标题", max_length=120)
    greeting = forms.CharField(label="问候语", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    greeting_en = forms.CharField(label="英文问候语", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    change = forms.CharField(label="修改说明", max_length=100, required=False)

    def __init__(self, *args: Any, last: SurveyVersion | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = list(ItemForm.base_fields)
        items = last.items.order_by("order") if last else []
        rows = [{name: getattr(item, name) for name in names} for item in items] or [{}]
        self.lines = ItemLines(self.data or None, prefix="items", initial=rows)
        self.lay_out(
            block("问卷", row("title", "title_en"), row("greeting", "greeting_en"), row("change")),
        )

    def is_valid(self) -> bool:
        return super().is_valid() and self.lines.is_valid()

    def facts(self) -> VersionFacts:
        kept = [f for f in self.lines.forms if not f.cleaned_data.get("DELETE") and f.cleaned_data.get("text")]
        data = self.cleaned_data
        return VersionFacts(
            items=[form.facts() for form in kept], note=data["change"], **{name: data[name].strip() for name in WORDING}
        )
