"""好人好事 that are no finds, and what is added to those that are."""

from typing import Any

from django import forms
from django.utils import timezone

from lostfound.choices import GoodDeedKind
from lostfound.models import GoodDeed
from lostfound.services.deeds import GoodDeedFacts
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PersonField

BY_HAND = [(kind.value, kind.label) for kind in GoodDeedKind if kind != GoodDeedKind.FINDING]


class GoodDeedForm(DeskForm):
    """A good deed. `deed` is the record being put right, None for a new one."""

    person = PersonField(label="员工", help_text="工号、姓名或拼音")
    kind = forms.ChoiceField(label="类别", choices=BY_HAND)
    on = forms.DateField(label="日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    summary = forms.CharField(label="事迹摘要", max_length=300, widget=forms.Textarea({"rows": 3}))
    feedback = forms.CharField(label="游客反馈", max_length=100, required=False, help_text="锦旗、信、留言、电话")
    reward = forms.CharField(label="奖励建议", max_length=60, required=False, help_text="如 200 元")

    def __init__(self, *args: Any, deed: GoodDeed | None = None, **kwargs: Any):
        self.deed = deed
        super().__init__(*args, **kwargs)
        if deed is None:
            self.fields["on"].initial = timezone.localdate
        if deed is not None and deed.item_id:
            for name in ("person", "kind", "on", "summary"):
                del self.fields[name]
            self.lay_out(row("feedback", "reward"))
            return
        self.lay_out(
            block("事迹", row(("person", 4), ("kind", 4), ("on", 4)), "summary"),
            block("反馈与奖励", row(("feedback", 8), ("reward", 4))),
        )

    def facts(self) -> GoodDeedFacts:
        """What was typed; a find's own deed keeps its kind, person, day and words."""
        data = self.cleaned_data
        kept = {name: getattr(self.deed, name) for name in ("person", "kind", "on", "summary")} if self.deed else {}
        return GoodDeedFacts(**{**kept, **{name: data[name] for name in data if name != "version"}})


class DeedReasonForm(DeskForm):
    """撤回: why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2, "autofocus": ""}))

    def __init__(self, *args: Any, deed: GoodDeed | None = None, **kwargs: Any):
        self.deed = deed
        super().__init__(*args, **kwargs)
        self.lay_out("reason")
