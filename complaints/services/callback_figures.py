"""What the callbacks of a month say: how many were made, how they ended, why some failed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from complaints.callback_choices import CallbackChannel, CallbackSource, CallbackState, FailureCause
from complaints.models import CallbackAttempt, CallbackPlan

NOTHING = "—"
# In the order of the report.
ENDS = (
    CallbackState.PASSED, CallbackState.FAILED, CallbackState.REFUSED, CallbackState.UNREACHABLE, CallbackState.EXCUSED,
)


@dataclass(frozen=True)
class Share:
    """So many of so many; of none it is “—”, never 100 %."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        return f"{100 * self.part / self.whole:.1f}%" if self.whole else NOTHING

    @property
    def said(self) -> str:
        """`12/13 92.3%`."""
        return f"{self.part}/{self.whole} {self.percent}" if self.whole else NOTHING


def tried_last(plan: CallbackPlan) -> CallbackAttempt | None:
    """The try by which it was finished, else the last one; the rows have their tries in hand."""
    rows = plan.tries
    return next((row for row in reversed(rows) if row.is_reached), rows[-1] if rows else None)


def is_matured(plan: CallbackPlan, today: Any) -> bool:
    """Finished, or its day is past: only these stand in a rate."""
    return not plan.is_open or plan.due_on < today


def callback_rate(plans: Iterable[CallbackPlan]) -> Share:
    """回访率: finished or signed off, of those that matured."""
    today = timezone.localdate()
    matured = [plan for plan in plans if is_matured(plan, today)]
    return Share(sum(not plan.is_open for plan in matured), len(matured))


def on_time_rate(plans: Iterable[CallbackPlan]) -> Share:
    """按期率: finished by its day, of those that matured; equal is on time."""
    today = timezone.localdate()
    matured = [plan for plan in plans if is_matured(plan, today)]
    return Share(sum(not plan.is_late for plan in matured), len(matured))


def pass_rate(plans: Iterable[CallbackPlan]) -> Share:
    """回访合格率: passed, of those who were spoken to."""
    reached = [plan for plan in plans if plan.is_reached]
    return Share(sum(plan.state == CallbackState.PASSED for plan in reached), len(reached))


def check_rate(plans: Iterable[CallbackPlan]) -> Share:
    """回访质检合格率, of those that were looked at again."""
    checks = [plan.recheck for plan in plans if hasattr(plan, "recheck")]
    return Share(sum(check.is_good for check in checks), len(checks))


def by_source(plans: Sequence[CallbackPlan]) -> list[dict[str, Any]]:
    """A row per source: how many, how each ended, the rates."""
    rows = [_row(source.label, [plan for plan in plans if plan.source_kind == source]) for source in CallbackSource]
    return [*rows, _row("合计", plans)]


def _row(label: str, plans: Sequence[CallbackPlan]) -> dict[str, Any]:
    states = Counter(plan.state for plan in plans)
    return {
        "label": label, "count": len(plans), "open": sum(plan.is_open for plan in plans),
        "late": sum(plan.is_overdue for plan in plans),
        "ends": [states[end] for end in ENDS], "done": callback_rate(plans), "passed": pass_rate(plans),
    }


def causes_of(plans: Iterable[CallbackPlan]) -> list[tuple[str, int, list[str]]]:
    """Why some failed, the most usual first, each with its numbers."""
    found: dict[str, list[str]] = {}
    for plan in plans:
        last = tried_last(plan)
        if plan.state == CallbackState.FAILED and last is not None:
            found.setdefault(last.cause, []).append(plan.about_number or plan.number)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return [(FailureCause(cause).label if cause else "未写", len(numbers), numbers) for cause, numbers in ordered]


def outcomes_of(plans: Iterable[CallbackPlan]) -> list[tuple[str, int]]:
    """How many tries brought what, over all."""
    counted = Counter(attempt.get_outcome_display() for plan in plans for attempt in plan.tries)
    return counted.most_common()


def average_score(plans: Iterable[CallbackPlan]) -> str:
    """满意度 of who were spoken to, on the mean."""
    rows = [tried_last(plan) for plan in plans if plan.is_reached]
    scores = [row.satisfaction for row in rows if row and row.satisfaction]
    return f"{sum(scores) / len(scores):.2f}" if scores else NOTHING


def was_visited(plan: CallbackPlan) -> bool:
    """Somebody went there and met the visitor."""
    return any(attempt.is_reached and attempt.channel == CallbackChannel.VISIT for attempt in plan.attempts.all())
