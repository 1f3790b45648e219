"""通报 of a case: the first at once, to whoever is on duty now; a level nobody holds is skipped, and said."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from complaints.choices import ActionKind, Trigger
from complaints.models import Complaint, Escalation
from complaints.services.actions import note
from dutylog.choices import NoticeChannel, NoticeRole
from dutylog.models import DutyDay, NoticeStep
from dutylog.services.chain import ORDER, StepFacts, tell_step, who_are
from dutylog.services.days import duty_date
from servicedesk.models import User
from servicedesk.services.inbox import tell


@dataclass(frozen=True)
class Told:
    """Whom a notice reached, and what is said of the levels that it passed over."""

    step: NoticeStep | None
    said: str


def page_of(complaint: Complaint) -> str:
    return reverse("complaints:complaint_detail", args=[complaint.pk])


def sentence_of(complaint: Complaint, why: str) -> str:
    """`TS-20261124-001 服务态度投诉(观景台)没有应答,请立即应答`: no visitor stands in it."""
    return f"{complaint.number} {complaint.category}投诉({complaint.zone}){why},请立即应答"


def people_now(complaint: Complaint) -> dict[NoticeRole, User | None]:
    """Who holds each level at the desk of a case now. Looking opens no sheet."""
    now, point = timezone.now(), complaint.service_point
    on = duty_date(now, point)
    day = DutyDay.objects.filter(service_point=point, on=on).select_related(
        "service_point", "head", "duty_manager"
    ).first()
    return who_are(day or DutyDay(service_point=point, on=on), now)


def tell_level(
    complaint: Complaint, role: str, why: str, *, by: Any, besides: Collection[int] = ()
) -> Told:
    """Tell who holds a level now; where nobody does, or it is one of `besides` (who was told and is silent), the next
    one above. In the caller's transaction.
    """
    people = people_now(complaint)
    skipped: list[str] = []
    for each in ORDER[ORDER.index(NoticeRole(role)):]:
        person = people[each]
        if person is None or person.pk in besides:
            skipped.append(f"{each.label}({person.name},已通报过)" if person else each.label)
            continue
        step = _tell(complaint, each, person, why, by=by)
        passed = f"{'、'.join(skipped)}没有别人在岗,已跳过" if skipped else ""
        note(complaint, ActionKind.SYSTEM, _said(step, why, passed), by=None)
        return Told(step, passed)
    passed = f"{'、'.join(skipped)}没有别人在岗,没有通报到人"
    note(complaint, ActionKind.SYSTEM, f"{why}:{passed}", by=None)
    return Told(None, passed)


def _said(step: NoticeStep, why: str, passed: str) -> str:
    return f"{why}:已通知{NoticeRole(step.role).label} {step.person_name}" + (f"({passed})" if passed else "")


def _tell(complaint: Complaint, role: NoticeRole, person: User, why: str, *, by: Any) -> NoticeStep:
    facts = StepFacts(role=role, channel=NoticeChannel.INBOX, told_at=timezone.now(), person=person)
    sentence, url = sentence_of(complaint, why), page_of(complaint)
    step = tell_step(complaint, facts, by=by, sentence=sentence, url=url)
    if person == by:
        tell([person], sentence, url=url, about=complaint, is_urgent=True)
    return step


def tell_first(complaint: Complaint, *, by: Any) -> Told:
    """督导 first, at once; of a major one the duty manager too."""
    told = tell_level(complaint, NoticeRole.SUPERVISOR, "已登记", by=by)
    if complaint.is_major:
        tell_major(complaint, by=by)
    return told


def tell_major(complaint: Complaint, *, by: Any) -> Told:
    """A major one goes to the duty manager, whatever the clock says."""
    now = timezone.now()
    told = tell_level(complaint, NoticeRole.DUTY_MANAGER, "是重大投诉", by=by)
    Escalation.objects.create(
        complaint=complaint, trigger=Trigger.MAJOR, role=NoticeRole.DUTY_MANAGER, due_at=now, at=now, step=told.step,
        said=told.said,
    )
    return told
