"""报送人数: the figures of a report time, their correction, and to whom they were told."""

import re
import unicodedata
from typing import Any

from django import forms

from dutylog.choices import SendMeans
from dutylog.models import DutyDay, HeadcountReport
from dutylog.services.headcount_tables import times_of
from dutylog.services.headcounts import HeadcountFacts
from servicedesk.filters import DayInput
from servicedesk.forms.base import DeskForm, row
from servicedesk.forms.fields import WhenField
from servicedesk.services import preferences

_SHOW = re.compile(r"^(?P<show>.+?)[\s::]+(?P<people>[\d,]{1,9})\s*人?$")
BY_HAND = [(means.value, means.label) for means in SendMeans if means != SendMeans.CHANNEL]


class CountField(forms.CharField):
    """People as a whole number; `1,280` is understood."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=12, **kwargs)

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        text = re.sub(r"[,,\s人]", "", unicodedata.normalize("NFKC", super().clean(value) or ""))
        if not text:
            return None
        if not text.isascii() or not text.isdigit():
            raise forms.ValidationError("请写人数,如 1280。")
        return int(text)


class FiguresForm(DeskForm):
    """What was counted, in the order of 3.12."""

    entered = CountField(label="入园累计", help_text="从开园到现在")
    inside = CountField(label="在园", required=False, help_text="不知道就空着")
    taken_at = WhenField(label="统计时间", required=False, help_text="空着就是现在")
    shows = forms.CharField(label="剧院(每行一场)", required=False, max_length=600, widget=forms.Textarea(
        {"rows": 2, "placeholder": "10:30 大剧院 320"}
    ))
    events = forms.CharField(label="活动", max_length=200, required=False)

    def clean_shows(self) -> list[tuple[str, int]]:
        found = []
        for line in self.cleaned_data["shows"].splitlines():
            if not line.strip():
                continue
            parts = _SHOW.match(unicodedata.normalize("NFKC", line).strip())
            if parts is None:
                raise forms.ValidationError(f"看不懂“{line.strip()[:30]}”,请写成“10:30 大剧院 320”,人数放在最后。")
            found.append((parts["show"], int(parts["people"].replace(",", ""))))
        return found

    def facts(self, slot: str) -> HeadcountFacts:
        names = ("entered", "inside", "taken_at", "shows", "events")
        return HeadcountFacts(slot=slot, **{name: self.cleaned_data[name] for name in names})


class HeadcountForm(FiguresForm):
    """登记: a report time of `day` that nobody has written yet; the one that is due first."""

    slot = forms.ChoiceField(label="时点")
    field_order = ["slot"]

    def __init__(self, *args: Any, day: DutyDay, **kwargs: Any):
        super().__init__(*args, **kwargs)
        free = [each for each in times_of(day) if each["report"] is None]
        self.fields["slot"].choices = [(each["label"], each["label"]) for each in free]
        if not free:
            self.fields["slot"].help_text = "各时点都已登记,要改请打开那一条点“更正”"
        self.fields["slot"].error_messages["invalid_choice"] = "这个时点已经登记或不在参数里,请从列表中选。"
        self.fields["entered"].widget.attrs["autofocus"] = ""
        self.lay_out(row(("slot", 3), ("entered", 3), ("inside", 3), ("taken_at", 3)), row(("shows", 6), ("events", 6)))


class CorrectionForm(FiguresForm):
    """更正: the right figures and why."""

    reason = forms.CharField(label="更正原因", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("entered", 4), ("inside", 4), ("taken_at", 4)), row(("shows", 6), ("events", 6)), "reason")


class PastTotalForm(DeskForm):
    """往年数: which day, how many."""

    on = forms.DateField(label="日期", widget=DayInput(), help_text="启用本系统以前的日子,如 2025-11-24")
    entered = CountField(label="闭园入园累计")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lay_out(row(("on", 6), ("entered", 6)))


class SentForm(DeskForm):
    """记为已报送: to whom, which way, when."""

    to_whom = forms.CharField(label="报送给", max_length=200)
    means = forms.ChoiceField(label="方式", choices=BY_HAND)
    at = WhenField(label="报送时间", required=False, help_text="空着就是现在")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to_whom"].initial = preferences.value("dutylog.headcount_recipients")
        self.lay_out(row(("to_whom", 6), ("means", 3), ("at", 3)))


def lines_of(report: HeadcountReport) -> str:
    """The shows as the form takes them."""
    return "\n".join(f"{show['show']} {show['people']}" for show in report.shows)
