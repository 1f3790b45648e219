"""When a case is owed its first reply, its solution and its letter to an authority, and how long the clock stood."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from complaints.choices import OUTSIDE_CHANNELS
from complaints.models import CasePause, Complaint
from dutylog.services.clocks import Reckoning, natural_hours, working_days
from servicedesk.services import preferences


def reply_term(received_at: dt.datetime) -> Reckoning:
    """首次答复 in 自然时."""
    return natural_hours(received_at, preferences.value("complaints.reply_hours"))


def solution_term(received_at: dt.datetime) -> Reckoning:
    """解决 in 自然时."""
    return natural_hours(received_at, preferences.value("complaints.solution_hours"))


def outside_term(channel: str, received_at: dt.datetime, named: dt.datetime | None = None) -> Reckoning | None:
    """The authority's deadline: `named` in its letter, else 法定工作日 of the setting; None for other channels."""
    if channel not in OUTSIDE_CHANNELS:
        return None
    if named is not None:
        return Reckoning(named, ("来函写明的期限",))
    return working_days(received_at, preferences.value(f"complaints.days_{channel}"))


def term_columns(channel: str, received_at: dt.datetime, named: dt.datetime | None) -> dict[str, Any]:
    """The moments and their steps as columns of a complaint."""
    reply, solution = reply_term(received_at), solution_term(received_at)
    outside = outside_term(channel, received_at, named)
    return {
        "reply_due_at": reply.due_at, "reply_steps": list(reply.steps),
        "solution_due_at": solution.due_at, "solution_steps": list(solution.steps),
        "outside_due_at": outside.due_at if outside else None,
        "outside_steps": [*outside.steps, *(["含暂定的日历"] if outside.is_provisional else [])] if outside else [],
    }


def stood_for(pauses: Iterable[CasePause], until: dt.datetime) -> dt.timedelta:
    """How long the clock stood before a moment, no longer than the setting."""
    total = dt.timedelta()
    for pause in pauses:
        end = min(pause.ended_at or until, until)
        total += max(end - pause.began_at, dt.timedelta())
    return min(total, pause_cap())


def pause_cap() -> dt.timedelta:
    return dt.timedelta(hours=preferences.value("complaints.pause_hours"))


@dataclass(frozen=True)
class Clock:
    """One clock of a case as its page shows it: gross, and net of the pauses."""

    label: str
    due_at: dt.datetime
    done_at: dt.datetime | None
    steps: tuple[str, ...]
    net_due_at: dt.datetime
    is_late: bool
    is_net_late: bool
    is_running: bool

    @property
    def stood(self) -> bool:
        """Whether pauses make net differ from gross."""
        return self.net_due_at != self.due_at


def clocks_of(complaint: Complaint, pauses: Iterable[CasePause], now: dt.datetime) -> list[Clock]:
    """首次答复, 解决 and, of an authority's letter, its deadline."""
    rows = list(pauses)
    found = [
        _clock("首次答复", complaint.reply_due_at, complaint.replied_at, complaint.reply_steps, complaint, rows, now),
        _clock("解决", complaint.solution_due_at, complaint.solved_at, complaint.solution_steps, complaint, rows, now),
    ]
    if complaint.outside_due_at:
        found.append(_clock(
            f"{complaint.get_channel_display()}转办", complaint.outside_due_at, complaint.solved_at,
            complaint.outside_steps, complaint, rows, now,
        ))
    return found


def _clock(
    label: str, due_at: dt.datetime, done_at: dt.datetime | None, steps: list[str], complaint: Complaint,
    pauses: list[CasePause], now: dt.datetime,
) -> Clock:
    stop = done_at or complaint.ended_at
    moment = stop or now
    net = due_at + stood_for(pauses, moment)
    return Clock(
        label=label, due_at=due_at, done_at=done_at, steps=tuple(steps), net_due_at=net, is_late=moment > due_at,
        is_net_late=moment > net, is_running=stop is None,
    )
