"""The form in which a manager words a paper."""

from typing import Any

from django import forms

from servicedesk.forms.base import DeskForm, block, row
from servicedesk.paper import Paper
from servicedesk.services.wordings import WordingFacts

LABEL = "label_"


class WordingForm(DeskForm):
    """What is left empty is printed as delivered; the delivered text stands grey in the field."""

    title = forms.CharField(label="标题", max_length=60, required=False)
    form_code = forms.CharField(label="记录编号", max_length=30, required=False)
    form_version = forms.CharField(label="版本", max_length=20, required=False)
    footnotes = forms.CharField(
        label="表尾说明", required=False, max_length=1000, help_text="一行一条",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    has_tear_line = forms.BooleanField(label="打印撕线", required=False)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.paper = paper
        labels = {LABEL + key: label for key, label in paper.signatures}
        for name, label in labels.items():
            self.fields[name] = forms.CharField(label=label, max_length=20, required=False)
            self.fields[name].widget.attrs["placeholder"] = label
        if not paper.has_tear_line:
            del self.fields["has_tear_line"]
        self._show_delivered(paper)
        names = list(labels)
        pairs = [row(*names[i:i + 3]) for i in range(0, len(names), 3)]
        self.lay_out(
            block("表头", row(("title", 6), ("form_code", 3), ("form_version", 3))),
            *([block("签字栏", *pairs)] if pairs else []),
            block("表尾", "footnotes", *(["has_tear_line"] if paper.has_tear_line else [])),
        )

    def _show_delivered(self, paper: Paper) -> None:
        delivered = {
            "title": paper.heading or paper.title, "form_code": paper.form_code, "form_version": paper.version,
            "footnotes": "\n".join(paper.footnotes),
        }
        for name, text in delivered.items():
            self.fields[name].widget.attrs["placeholder"] = text

    def facts(self) -> WordingFacts:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return WordingFacts(
            title=typed["title"], form_code=typed["form_code"], form_version=typed["form_version"],
            footnotes=typed["footnotes"], has_tear_line=typed.get("has_tear_line", True),
            signature_labels={name[len(LABEL):]: typed[name] for name in self.fields if name.startswith(LABEL)},
        )
