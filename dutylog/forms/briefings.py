"""Forms of the morning briefing, in the order of 3.15."""

import datetime as dt
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.utils import timezone

from dutylog.choices import BriefingCheck
from dutylog.models import Briefing
from dutylog.services.briefing_proposals import carried_items
from dutylog.services.briefings import BriefingFacts, DocumentFacts, TaskFacts
from servicedesk.errors import Refusal
from servicedesk.filters import DayInput
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import PersonField, PhotosField
from servicedesk.forms.photos import PreparedPhotosMixin
from servicedesk.services.pins import confirm_self

MOST_LINES = 40
COLUMNS = (
    "starts_at", "ends_at", "host", "recorder", "expected", "present", "absences", "operations", "yesterday", "checks",
    "check_problems",
)
LINES = '{% include "dutylog/_briefing_lines.html" with '


class ClockField(forms.TimeField):
    """A time of day in few keys: `0740`, `7:40`."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("input_formats", ["%H:%M", "%H%M", "%H:%M", "%H.%M", "%H:%M:%S"])
        attrs = {"autocomplete": "off", "inputmode": "numeric", "placeholder": "如 0740"}
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs=attrs))
        kwargs.setdefault("error_messages", {"invalid": "时间写成 0740 或 7:40。"})
        super().__init__(**kwargs)


class DocumentLine(forms.Form):
    """一 文件精神传达."""

    number = forms.CharField(label="文号", max_length=60, required=False)
    title = forms.CharField(label="标题", max_length=120, error_messages={"required": "请填写标题。"})
    points = forms.CharField(label="要点", max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))

    def facts(self) -> DocumentFacts:
        return DocumentFacts(**{name: self.cleaned_data[name] for name in ("number", "title", "points")})


class TaskLine(forms.Form):
    """四 当日工作安排."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    matter = forms.CharField(label="事项", max_length=200, error_messages={"required": "请填写事项。"})
    owner = PersonField(label="责任人", required=False)
    due_at = ClockField(label="时限", required=False)

    def facts(self) -> TaskFacts:
        return TaskFacts(**{name: self.cleaned_data[name] for name in ("pk", "matter", "owner", "due_at")})


class BriefingLines(forms.BaseFormSet):
    """Rows read as facts, without the empty and the deleted ones."""

    def facts(self) -> tuple:
        kept = [f for f in self.forms if f.has_changed() or f.initial]
        return tuple(f.facts() for f in kept if f.cleaned_data and not f.cleaned_data.get("DELETE"))


DocumentLines = forms.formset_factory(
    DocumentLine, formset=BriefingLines, extra=1, max_num=MOST_LINES, validate_max=True, can_delete=True
)
TaskLines = forms.formset_factory(
    TaskLine, formset=BriefingLines, extra=1, max_num=MOST_LINES, validate_max=True, can_delete=True
)


class BriefingForm(PreparedPhotosMixin, DeskForm):
    """A page of 3.15. `briefing` is the page that is changed; a published one also asks why."""

    on = forms.DateField(label="日期", widget=DayInput())
    starts_at = ClockField(label="开始")
    ends_at = ClockField(label="结束", required=False)
    host = PersonField(label="主持人")
    recorder = PersonField(label="记录人")
    expected = forms.IntegerField(label="应到", min_value=0, max_value=999)
    present = forms.IntegerField(label="实到", min_value=0, max_value=999)
    absences = forms.CharField(label="缺席及原因", max_length=300, required=False, help_text="休、假、外派")
    photos = PhotosField(label="文件附件(拍照)")
    operations = forms.CharField(
        label="开放、停运、演出、活动、天气预警", max_length=4000, widget=forms.Textarea({"rows": 5})
    )
    yesterday = forms.CharField(label="表扬、问题、投诉要点", max_length=4000, widget=forms.Textarea({"rows": 4}))
    checks = forms.MultipleChoiceField(
        label="已检查", required=False, choices=BriefingCheck.choices, widget=forms.CheckboxSelectMultiple
    )
    check_problems = forms.CharField(label="问题", max_length=300, required=False)
    reason = forms.CharField(
        label="修改原因", max_length=100, help_text="已签字的人会收到这个原因,并要重新签字",
    )

    def __init__(self, *args: Any, briefing: Briefing | None = None, **kwargs: Any):
        self.briefing = briefing
        super().__init__(*args, **kwargs)
        self.documents = DocumentLines(*args[:1], prefix="documents", initial=_document_rows(briefing))
        self.tasks = TaskLines(*args[:1], prefix="tasks", initial=_task_rows(briefing))
        self.carried = list(carried_items(briefing.service_point if briefing else self.point))
        if briefing is not None:
            del self.fields["on"]
        if briefing is None or not briefing.is_published:
            del self.fields["reason"]
        self.lay_out(*self._parts())

    def _parts(self) -> list[Any]:
        day = [("on", 2)] if "on" in self.fields else []
        return [
            *([block("修改", "reason")] if "reason" in self.fields else []),
            block("早会", row(*day, ("starts_at", 2), ("ends_at", 2), ("host", 3), ("recorder", 3)),
                  row(("expected", 2), ("present", 2), ("absences", 8))),
            HTML(f'{LINES} formset=form.documents title="一 文件精神传达" add="加一份文件" %}}'), "photos",
            block("二 当日运营信息", "operations"), block("三 昨日工作总结", "yesterday"),
            HTML(f'{LINES} formset=form.tasks title="四 当日工作安排" add="加一项安排" %}}'),
            HTML('{% include "dutylog/_briefing_carried.html" with items=form.carried %}'),
            block("六 岗前检查", "checks", "check_problems"),
        ]

    def is_valid(self) -> bool:
        parts = [super().is_valid(), self.documents.is_valid(), self.tasks.is_valid()]
        return all(parts)

    def facts(self) -> BriefingFacts:
        typed = self.cleaned_data
        return BriefingFacts(
            on=self.briefing.on if self.briefing else typed["on"], **{name: typed[name] for name in COLUMNS},
            documents=self.documents.facts(), tasks=self.tasks.facts(), photos=tuple(typed["prepared"]),
        )


def _document_rows(briefing: Briefing | None) -> list[dict[str, Any]]:
    rows = briefing.documents.all() if briefing else []
    return [{"number": d.number, "title": d.title, "points": d.points} for d in rows]


def _task_rows(briefing: Briefing | None) -> list[dict[str, Any]]:
    rows = briefing.tasks.all() if briefing else []
    return [{"pk": t.pk, "matter": t.matter, "owner": t.owner_id, "due_at": t.due_at} for t in rows]


def initial_of(briefing: Briefing) -> dict[str, Any]:
    """What the form of a page shows at first."""
    return {**{name: getattr(briefing, name) for name in COLUMNS}, "version": briefing.version}


class SecretForm(DeskForm):
    """The person at the screen proves who they are; the try is judged before the transaction of the act."""

    secret = forms.CharField(
        label="密码或签字 PIN", strip=False, max_length=128, error_messages={"required": "请输入密码或 PIN。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("secret", 4)), *self.further())

    def further(self) -> tuple[Any, ...]:
        return ()

    def clean_secret(self) -> str:
        try:
            confirm_self(self.user, self.cleaned_data["secret"])
        except Refusal as refusal:
            self.add_error("secret", refusal.sentence)
        return ""


class SignForm(SecretForm):
    """审阅签字 under the version that the reader saw."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def further(self) -> tuple[Any, ...]:
        return ("edition",)


class NoteForm(DeskForm):
    text = forms.CharField(
        label="补记", max_length=500, widget=forms.Textarea({"rows": 3, "autofocus": True}),
        help_text="保存后不能修改,印在记录的补记栏",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out("text")


def day_asked(text: str) -> dt.date:
    """The day in the address of a new page, else today."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
