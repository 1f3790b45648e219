"""升级通报: when the next level of the chain is due, reckoned from the moments alone; the job only does it.

Levels and their causes: no answer within the minutes of the setting (the next above whoever was told last), a share
of the first reply's and of the solution's time gone by. Only an answer ends the waiting for one; reading does not.
What nobody did for a day is made up in one step: the highest level that is due is told, the ones below are said.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.choices import TRIGGER_ROLES, ActionKind, Trigger
from complaints.models import Complaint, Escalation
from complaints.services.actions import note
from complaints.services.notices import Told, tell_level
from dutylog.choices import NoticeRole
from dutylog.models import NoticeStep
from dutylog.services.chain import ORDER, next_step, steps_about
from servicedesk.services import preferences

PLACES = {role: place for place, role in enumerate(ORDER)}


@dataclass(frozen=True)
class Owed:
    """A level that is due to be told: why, which, since when."""

    trigger: Trigger
    role: NoticeRole
    due_at: dt.datetime

    @property
    def sentence(self) -> str:
        return f"{self.trigger.label},应在 {timezone.localtime(self.due_at):%m-%d %H:%M} 通报{self.role.label}"


def shares_of(complaint: Complaint) -> list[Owed]:
    """The moments at which a share of a clock is gone: the first reply's until it is given, then the solution's."""
    half, later = preferences.value("complaints.half_percent"), preferences.value("complaints.later_percent")
    begun, found = complaint.received_at, []
    if complaint.replied_at is None:
        whole = complaint.reply_due_at - begun
        found += [_share(Trigger.REPLY_HALF, begun + whole * half / 100),
                  _share(Trigger.REPLY_LATER, begun + whole * later / 100),
                  _share(Trigger.REPLY_OVER, complaint.reply_due_at)]
    if complaint.solved_at is None:
        whole = complaint.solution_due_at - begun
        found += [_share(Trigger.SOLUTION_LATER, begun + whole * later / 100),
                  _share(Trigger.SOLUTION_OVER, complaint.solution_due_at)]
    return found


def _share(trigger: Trigger, at: dt.datetime) -> Owed:
    return Owed(trigger, TRIGGER_ROLES[trigger], at)


def unanswered(steps: Sequence[NoticeStep], complaint: Complaint) -> Owed | None:
    """The next level above whoever was told and did not answer; only what came after the last answer counts."""
    answers = [step.told_at for step in steps if step.answered_at]
    waiting = [step for step in steps if not answers or step.told_at > max(answers)]
    if answers and not waiting:
        return None
    due = next_step(complaint.created_at, waiting, is_required=True, now=timezone.now())
    return Owed(Trigger.NO_ANSWER, due.role, due.due_at) if due else None


def owed_by(
    complaint: Complaint, steps: Sequence[NoticeStep], done: Iterable[Escalation], now: dt.datetime
) -> list[Owed]:
    """Every level that is due and was not told, in the order of their moments. Equal is on time."""
    if not complaint.is_running:
        return []
    known = {(each.trigger, each.due_at) for each in done}
    silent = unanswered(steps, complaint)
    due = [*shares_of(complaint), *([silent] if silent else [])]
    return sorted(
        (each for each in due if each.due_at < now and (each.trigger, each.due_at) not in known),
        key=lambda each: each.due_at,
    )


@transaction.atomic
def escalate(complaint: Complaint, *, by: Any = None) -> list[Escalation]:
    """Do what is owed, once: whoever comes second finds nothing left.

    The highest level that is due is told, if it was not told before; a row says each cause and what came of it.
    """
    complaint = Complaint.objects.select_for_update(of=("self",)).select_related(
        "service_point", "zone", "handler"
    ).get(pk=complaint.pk)
    steps = list(steps_about(Complaint, [complaint.pk]))
    owed = owed_by(complaint, steps, complaint.escalations.all(), timezone.now())
    if not owed:
        return []
    highest = max(owed, key=lambda each: PLACES[each.role])
    before = next((step for step in steps if _place(step) >= PLACES[highest.role]), None)
    if before is not None and highest.trigger != Trigger.NO_ANSWER:
        at = f"{timezone.localtime(before.told_at):%m-%d %H:%M}"
        said = f"{NoticeRole(before.role).label} {before.person_name}已在 {at} 通报过"
        note(complaint, ActionKind.SYSTEM, f"{highest.trigger.label}:{said}", by=None)
        told = Told(None, said)
    else:
        silent = {step.person_id for step in steps if step.person_id and not step.answered_at}
        told = tell_level(
            complaint, highest.role, highest.trigger.label, by=by or complaint.handler, besides=silent
        )
    return [_kept(complaint, each, highest, told) for each in owed]


def _place(step: NoticeStep) -> int:
    """How high a step went; what is outside the chain is below it."""
    return PLACES[NoticeRole(step.role)] if step.role in PLACES else -1


def _kept(complaint: Complaint, each: Owed, highest: Owed, told: Told) -> Escalation:
    is_told = each is highest
    said = told.said if is_told else f"已过时限,直接通报{highest.role.label},跳过{each.role.label}"
    if not is_told and each.role == highest.role:
        said = f"与“{highest.trigger.label}”一并通报"
    return Escalation.objects.create(
        complaint=complaint, trigger=each.trigger, role=each.role, due_at=each.due_at, at=timezone.now(),
        step=told.step if is_told else None, said=said[:200],
    )


@transaction.atomic
def escalate_declined(complaint: Complaint, *, by: Any) -> Escalation:
    """A solution that the visitor does not accept goes one level up from whoever was told last."""
    steps = list(steps_about(Complaint, [complaint.pk]))
    place = min(max(map(_place, steps), default=-1) + 1, len(ORDER) - 1)
    now = timezone.now()
    told = tell_level(complaint, ORDER[place], Trigger.DECLINED.label, by=by)
    return Escalation.objects.create(
        complaint=complaint, trigger=Trigger.DECLINED, role=ORDER[place], due_at=now, at=now, step=told.step,
        said=told.said,
    )


def escalate_all() -> str:
    """The job: every running case whose next level is due. Running it twice changes nothing."""
    found = Complaint.objects.running().order_by("pk")
    count = sum(1 for complaint in found if escalate(complaint))
    return f"升级通报 {count} 件投诉" if count else ""
