"""The head of a sheet, what runs in the park, who is on which shift, why somebody did not come."""

from typing import Any

from django import forms
from django.utils import timezone

from dutylog.choices import DayKind, OperationKind, ShiftKind
from dutylog.models import DutyDay, Shift, ShiftPost
from servicedesk.choices import Role
from servicedesk.forms.base import DeskForm, block, row
from servicedesk.forms.fields import KeptChoices, PersonField, PickerSelectMultiple, RowsField
from servicedesk.models import User

WEATHER = ("晴", "多云", "阴", "小雨", "中雨", "大雨", "雷阵雨", "雪", "雾", "大风")
MOST_OPERATIONS = 40
PLACEHOLDERS = {
    OperationKind.OPEN: "如 玻璃栈道 08:30-16:30", OperationKind.CLOSED: "如 高空滑索 大风停运",
    OperationKind.SHOW: "如 10:30-11:10 大剧院《山水谣》", OperationKind.EVENT: "如 重阳登高节",
    OperationKind.REPAIR: "如 九曲桥东侧围挡检修",
}


class SuggestInput(forms.TextInput):
    """A text with a list of usual words to choose from."""

    template_name = "dutylog/_suggest_input.html"

    def __init__(self, words, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.words = words

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), "words": self.words}


def _clock(label: str) -> forms.TimeField:
    # A text field: the browser's own clock would speak the browser's language.
    return forms.TimeField(
        label=label, required=False, input_formats=["%H:%M", "%H%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"autocomplete": "off", "placeholder": "08:00"}, format="%H:%M"),
        error_messages={"invalid": "请填时刻,如 08:00。"},
    )


class DutyDayForm(DeskForm):
    """天气, opening hours, duty people and the kind of the day."""

    weather = forms.CharField(label="天气", max_length=20, required=False, widget=SuggestInput(WEATHER))
    temperature = forms.CharField(label="气温", max_length=20, required=False, help_text="如 14–25℃")
    wind = forms.CharField(label="风力", max_length=20, required=False, help_text="如 2级")
    warning = forms.CharField(label="预警", max_length=60, required=False, help_text="如 大风蓝色预警")
    opens_at, closes_at = _clock("开园"), _clock("闭园")
    day_kind = forms.ChoiceField(label="日期类型", choices=DayKind.choices)
    day_name = forms.CharField(label="节日", max_length=30, required=False)
    duty_leader = forms.CharField(label="值班领导", max_length=60, required=False)
    duty_manager = PersonField(label="值班经理", required=False)
    head = PersonField(label="中心负责人", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        managers = User.objects.active().holding(Role.DUTY_MANAGER, Role.MANAGER, Role.SUPERVISOR)
        self.fields["duty_manager"].queryset = managers.select_related("department")
        self.lay_out(
            block("天气", row(("weather", 3), ("temperature", 3), ("wind", 2), ("warning", 4))),
            block("开闭园与日期", row(("opens_at", 3), ("closes_at", 3), ("day_kind", 3), ("day_name", 3))),
            block("值班人员", row(("duty_leader", 4), ("duty_manager", 4), ("head", 4))),
        )

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class OperationsForm(DeskForm):
    """当日运营信息: one thing a line; hours at the beginning of a line are read as hours."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for kind in OperationKind:
            self.fields[kind.value] = forms.CharField(
                label=kind.label, required=False, max_length=4000,
                widget=forms.Textarea({"rows": 3, "placeholder": PLACEHOLDERS[kind]}),
            )
        self.lay_out(
            row(OperationKind.OPEN, OperationKind.CLOSED), row(OperationKind.SHOW, OperationKind.EVENT),
            row(OperationKind.REPAIR),
        )

    def clean(self) -> dict[str, Any]:
        for kind in OperationKind:
            lines = [line.strip() for line in self.cleaned_data.get(kind.value, "").splitlines() if line.strip()]
            if len(lines) > MOST_OPERATIONS:
                self.add_error(kind.value, f"{kind.label}最多 {MOST_OPERATIONS} 行。")
            if any(len(line) > 200 for line in lines):
                self.add_error(kind.value, "每行最多 200 个字。")
            self.cleaned_data[kind.value] = lines
        return self.cleaned_data

    def lines(self) -> dict[str, list[str]]:
        return {kind.value: self.cleaned_data[kind.value] for kind in OperationKind}


class PeoplePicker(PickerSelectMultiple):
    """Offers who is chosen first, in their order: saved as it was shown, the first still leads."""

    def optgroups(self, name, value, attrs=None):
        places = {str(key): place for place, key in enumerate(value)}
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: places.get(str(group[1][0]["value"]), len(places)))


class PeopleField(RowsField):
    """People of a desk; `clean` keeps the order in which they were picked: the first leads."""

    iterator = KeptChoices
    widget = PeoplePicker

    def clean(self, value):
        rows = {str(person.pk): person for person in super().clean(value)}
        return [rows[str(key)] for key in dict.fromkeys(value or []) if str(key) in rows]


def _shift_label(shift: Shift) -> str:
    """`早班 08:00–13:00`."""
    begins, ends = timezone.localtime(shift.starts_at), timezone.localtime(shift.ends_at)
    return f"{ShiftKind(shift.kind).label} {begins:%H:%M}–{ends:%H:%M}"


class RosterForm(DeskForm):
    """排班: the people of each shift of the day."""

    def __init__(self, *args: Any, day: DutyDay, **kwargs: Any):
        self.day = day
        super().__init__(*args, **kwargs)
        self.shifts = list(day.shifts.prefetch_related("posts"))
        people = User.objects.active().at(day.service_point).select_related("department")
        for shift in self.shifts:
            self.fields[f"shift_{shift.pk}"] = PeopleField(
                label=_shift_label(shift), required=False, queryset=people, help_text="第一位带班",
                initial=[post.person_id for post in shift.posts.all()],
                error_messages={"invalid_choice": "没有这位员工,请从列表中选。", "invalid_pk_value": "请从列表中选。"},
            )
        self.lay_out(*[f"shift_{shift.pk}" for shift in self.shifts])

    def people_of(self, shift) -> list[User]:
        return self.cleaned_data[f"shift_{shift.pk}"]


class AbsenceForm(DeskForm):
    """缺勤: why."""

    reason = forms.CharField(label="原因", max_length=100, widget=forms.TextInput({"autofocus": ""}),
                             help_text="如 病假、调班")

    def __init__(self, *args: Any, post: ShiftPost | None = None, **kwargs: Any):
        self.post = post
        super().__init__(*args, **kwargs)
        self.lay_out("reason")
