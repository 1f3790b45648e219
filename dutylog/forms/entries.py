"""A line in full, what is added under it, who is told of it, what it leaves open."""

from typing import Any

from django import forms
from django.utils import timezone

from dutylog.choices import EntryCategory, NoticeChannel, NoticeRole
from dutylog.models import LogEntry
from dutylog.services.chain import StepFacts
from dutylog.services.entries import MOST_CHARACTERS, EntryFacts
from dutylog.services.openitems import OpenItemFacts
from servicedesk.filters import DayInput
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PersonField, WhenField, ZoneField


class LogEntryForm(DeskForm):
    """记一笔: when, what kind, where, what, what was done, how it ended."""

    happened_at = WhenField(label="发生时间", help_text="1020、昨1530、-20")
    category = forms.ChoiceField(label="类别", choices=[("", "请选择"), *EntryCategory.choices])
    zone = ZoneField(label="地点", required=False, help_text="名称、编号或拼音")
    place_detail = forms.CharField(label="具体位置", max_length=100, required=False)
    text = forms.CharField(label="内容", max_length=MOST_CHARACTERS, widget=forms.Textarea({"rows": 4}),
                           help_text="何人何事何地;不写证件号")
    handling = forms.CharField(label="处理", max_length=MOST_CHARACTERS, required=False,
                               widget=forms.Textarea({"rows": 2}))
    result = forms.CharField(label="结果", max_length=200, required=False)
    stands_until = forms.DateField(label="持续到", required=False, widget=DayInput(),
                                   help_text="只用于通知,每天显示")

    def __init__(self, *args: Any, entry: LogEntry | None = None, **kwargs: Any):
        self.entry = entry
        super().__init__(*args, **kwargs)
        if entry is None:
            self.fields["happened_at"].initial = timezone.now
        self.lay_out(
            block("何时何地", row(("happened_at", 3), ("category", 3), ("zone", 3), ("place_detail", 3))),
            block("何事", "text", row(("handling", 6), ("result", 3), ("stands_until", 3))),
        )

    def facts(self) -> EntryFacts:
        return EntryFacts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class StrikeForm(DeskForm):
    """划去: why."""

    reason = forms.CharField(label="原因", max_length=200, widget=forms.TextInput({"autofocus": ""}),
                             help_text="划去的行仍可阅读,不再计数")

    def __init__(self, *args: Any, entry: LogEntry | None = None, **kwargs: Any):
        self.entry = entry
        super().__init__(*args, **kwargs)
        self.lay_out("reason")


class AddendumForm(DeskForm):
    """补记: what is added; why, once the day is closed."""

    text = forms.CharField(label="补记内容", max_length=MOST_CHARACTERS, widget=forms.Textarea(
        {"rows": 4, "autofocus": ""}
    ))
    reason = forms.CharField(label="补记原因", max_length=200, required=False)

    def __init__(self, *args: Any, is_locked: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_locked
        self.fields["reason"].help_text = "已闭班,须写明" if is_locked else "可不填"
        self.fields["reason"].error_messages["required"] = "闭班以后的补记须写明原因。"
        self.lay_out("text", "reason")


class NoticeStepForm(DeskForm):
    """通报: whom, which way, when."""

    role = forms.ChoiceField(label="层级", choices=NoticeRole.choices)
    person = PersonField(label="通报给", required=False, help_text="工号、姓名或拼音")
    person_name = forms.CharField(label="或写姓名", max_length=60, required=False, help_text="不在名单里的人")
    channel = forms.ChoiceField(label="方式", choices=NoticeChannel.choices)
    told_at = WhenField(label="通报时间", help_text="1020、-5")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["told_at"].initial = timezone.now
        self.lay_out(row(("role", 3), ("person", 5), ("person_name", 4)), row(("channel", 6), ("told_at", 6)))

    def facts(self) -> StepFacts:
        return StepFacts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class LineOpenItemForm(DeskForm):
    """转为未结事项: what is left to do, by whom, until when."""

    text = forms.CharField(label="事项", max_length=300, widget=forms.Textarea({"rows": 2}))
    next_step = forms.CharField(label="下一步", max_length=200, required=False)
    owner = PersonField(label="责任人")
    due_at = WhenField(label="期限", future=True, help_text="如 11-25 1700")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("text", "next_step", row("owner", "due_at"))

    def facts(self) -> OpenItemFacts:
        return OpenItemFacts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})
