"""3.12 客服岗位值班记录表: the day's sheet with its running log, addenda and hand-over."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dutylog.choices import DayKind, EntryCategory, OperationKind, Presence, ShiftKind
from dutylog.models import Addendum, DutyDay, LogEntry, NoticeStep, OpenItem, ShiftPost
from dutylog.services.chain import steps_of
from dutylog.services.closing import code_of
from dutylog.services.figures import LABELS, counts_of
from dutylog.services.openitems import items_on
from dutylog.services.operations import operations_of
from dutylog.services.sealed_items import items_as_sealed
from dutylog.sheetparts import part_of
from servicedesk.paper import Paper, add_paper

BLANK_LINES = 8
BLANK_HEADCOUNTS = ({"at": "10:00"}, {"at": "14:00"}, {"at": "闭园合计"})
# More than this would stand in a narrow column over a whole page.
LONG_TEXT = 240
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Line:
    """A line of the paper: order, clock, the two texts, and what was added below."""

    order: int
    entry: LogEntry
    clock: str
    written: str
    handling: str
    result: str
    addenda: list[Addendum]

    @property
    def number_parts(self) -> list[str]:
        """The record's number where a line may end: `SW`, `20261122`, `001`."""
        return self.entry.record_number.split("-") if self.entry.record_number else []

    @property
    def is_long(self) -> bool:
        """Whether its texts take the width of three columns, to stay on few pages."""
        return max(len(self.entry.text), len(self.handling)) > LONG_TEXT


def clock_of(moment: dt.datetime, on: dt.date) -> str:
    """`10:20`; with the date where it is another than the sheet's (a night's early hours)."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}" if local.date() == on else f"{local:%m-%d} {local:%H:%M}"


def step_said(step: NoticeStep, on: dt.date) -> str:
    """`督导周敏 10:22 应答10:24 到场10:30`."""
    parts = [f"{step.get_role_display()}{step.person_name} {clock_of(step.told_at, on)}"]
    if step.answered_at:
        parts.append(f"应答{clock_of(step.answered_at, on)}")
    if step.arrived_at:
        parts.append(f"到场{clock_of(step.arrived_at, on)}")
    return " ".join(parts)


def lines_of(day: DutyDay) -> list[Line]:
    """The running log in the order in which it happened."""
    entries = list(
        LogEntry.objects.filter(day=day).select_related("day", "zone", "created_by", "struck_by")
        .prefetch_related("addenda__by").order_by("happened_at", "pk")
    )
    steps = steps_of(entries)
    return [_line(order, entry, steps.get(entry.pk, []), day.on) for order, entry in enumerate(entries, start=1)]


def _line(order: int, entry: LogEntry, steps: list[NoticeStep], on: dt.date) -> Line:
    told = ";".join(step_said(step, on) for step in steps)
    return Line(
        order=order, entry=entry, clock=clock_of(entry.happened_at, on),
        written=clock_of(entry.entered_at, on) if entry.is_late_entry else "",
        handling=";".join(part for part in (entry.handling, told) if part),
        result=entry.result, addenda=list(entry.addenda.all()),
    )


def shifts_said(day: DutyDay | None) -> list[tuple[str, str]]:
    """`("早班", "王芳、李娜")` for each shift; the three of the drawing on the blank form."""
    if day is None:
        return [(kind.label, "　　　　　　") for kind in (ShiftKind.EARLY, ShiftKind.MIDDLE, ShiftKind.LATE)]
    shifts = day.shifts.prefetch_related("posts__person")
    return [
        (shift.get_kind_display(), "、".join(post.person.name for post in shift.posts.all()) or "/") for shift in shifts
    ]


def presence_said(day: DutyDay) -> str:
    """`齐`, or who was late, absent or has not signed in."""
    posts = ShiftPost.objects.filter(shift__day=day).select_related("person")
    if not posts:
        return "/"
    words = {Presence.LATE: "迟到", Presence.ABSENT: "缺", Presence.EXPECTED: "未签到"}
    wrong = [f"{post.person.name}{words[Presence(post.presence)]}" for post in posts if post.presence in words]
    return "、".join(wrong) or "齐"


def operations_said(day: DutyDay | None) -> dict[str, str]:
    """The lines of each kind in one; `/` where nothing was."""
    if day is None:
        return {}
    return {kind: ";".join(rows) or "/" for kind, rows in operations_of(day).items()}


def open_items_of(day: DutyDay) -> list[tuple[OpenItem, str]]:
    """The open items of the day with how they stand: the result, the last update, else the state."""
    if day.is_locked:
        return items_as_sealed(day)
    found = []
    for item in items_on(day).prefetch_related("updates"):
        updates = [update.text for update in item.updates.all()]
        found.append((item, item.result or (updates[-1] if updates else item.get_state_display())))
    return found


def day_context(day: DutyDay | None) -> dict[str, Any]:
    """Facts of 3.12; without a day those of the blank form."""
    lines = lines_of(day) if day else []
    counts = counts_of(day) if day else None
    return {
        "day": day, "is_filled": day is not None, "weekday": WEEKDAYS[day.on.weekday()] if day else "",
        "kinds": [(day is not None and day.day_kind == kind.value, kind.label) for kind in DayKind],
        "shifts": shifts_said(day), "presence": presence_said(day) if day else "",
        "notices": list(LogEntry.objects.notices_on(day).select_related("zone")) if day else [],
        "operations": operations_said(day), "operation_kinds": OperationKind,
        "counts": [(c.label, c.number) for c in counts] if counts else [(label, "__") for label in LABELS.values()],
        "lines": lines, "blank_lines": range(0 if day else BLANK_LINES), "categories": EntryCategory,
        "open_items": open_items_of(day) if day else [],
        "headcounts": part_of("headcounts", day, BLANK_HEADCOUNTS), "handover": part_of("handover", day, {}),
        "rounds": part_of("rounds", day, {}), **_ending(day),
    }


def _ending(day: DutyDay | None) -> dict[str, Any]:
    """Addenda to the day, the code of the last seal, who reviewed."""
    if day is None:
        return {"addenda": [], "all_addenda": [], "code": "", "reviewed": {}}
    addenda = list(day.addenda.select_related("by"))
    reviewed = {"name": day.reviewed_by.name, "at": day.reviewed_at, "note": "已审阅"} if day.reviewed_by else {}
    return {
        "addenda": [addendum for addendum in addenda if addendum.entry_id is None], "all_addenda": addenda,
        "code": code_of(day), "reviewed": reviewed,
    }


DUTY_LOG = add_paper(Paper(
    key="3.12", form_code="KF-3.12", title="客服岗位值班记录表", template="dutylog/print/duty_log.html", size="a4",
    model=DutyDay, context=day_context,
    footnotes=(
        "末行以下空白划线作废;更正须杠改并签名,不得涂改。", "闭班以后的补充写在补记栏或续页,注明时间、原因并签名。",
    ),
    signatures=(("giver", "交班人"), ("taker", "接班人"), ("head", "负责人审阅")),
))
