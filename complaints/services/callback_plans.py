"""回访计划: made by what was solved or soothed, in its transaction; ended by what takes its place."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from complaints.callback_choices import (
    CALLBACK_PREFIX,
    OPEN_CALLBACKS,
    TAKEN_FROM,
    CallbackSource,
    CallbackState,
)
from complaints.errors.callbacks import CallbackStillOpen, VisitNeedsPerson, VisitPast
from complaints.models import CallbackPlan, Complaint, Grievance
from complaints.services.actions import needed
from complaints.services.merged import cases_of
from dutylog.intakes import IntakeFacts
from dutylog.services.enquiries import refuse_numbers
from servicedesk.services import preferences
from servicedesk.services.inbox import settle_all
from servicedesk.services.search import index_record
from servicedesk.services.sending import PERSONAL
from servicedesk.services.serials import take_serial
from servicedesk.services.transitions import move

NO_WAY = "游客没有留联系方式"


def make_plan(kind: str, point: Any, *, by: Any, begun: dt.date, due_on: dt.date, **more: Any) -> CallbackPlan:
    """Write one into the book; the caller has judged it."""
    plan = CallbackPlan(
        number=take_serial(CALLBACK_PREFIX, point), service_point=point, created_at=timezone.now(), created_by=by,
        source_kind=kind, from_on=begun, due_on=due_on, **more,
    )
    plan._history_user = by
    plan.save()
    index_record(plan)
    return plan


def _days(key: str) -> dt.timedelta:
    return dt.timedelta(days=preferences.value(f"complaints.{key}"))


def plan_for_case(complaint: Complaint, solved_at: dt.datetime, *, by: Any) -> CallbackPlan:
    """The callback of a round that was solved at a moment, and the one that asks again after the days of the setting.

    Whom nobody can reach is planned too, with the request to be let off: the case ends by the supervisor's word.
    """
    solved_on = timezone.localdate(solved_at)
    known: dict[str, Any] = {"complaint": complaint, "round": complaint.round, "words": complaint.result}
    if not (complaint.is_reachable or complaint.phone):
        known |= {"asked_end": CallbackState.EXCUSED, "asked_reason": NO_WAY, "asked_at": timezone.now()}
    else:
        _plan_later(solved_on, complaint.service_point, by=by, **known)
    return make_plan(
        CallbackSource.COMPLAINT, complaint.service_point, by=by, begun=solved_on,
        due_on=solved_on + _days("callback_days"), **known,
    )


def _plan_later(solved_on: dt.date, point: Any, *, by: Any, **known: Any) -> None:
    """Asked a little before its day at the earliest."""
    due_on = solved_on + _days("callback_later_days")
    make_plan(
        CallbackSource.LATER, point, by=by, due_on=due_on,
        begun=max(solved_on, due_on - _days("callback_days")), **known,
    )


@transaction.atomic
def plan_for_grievance(grievance: Grievance, *, by: Any) -> CallbackPlan | None:
    """A visitor who was soothed and left a number, where the setting says so; once, whoever planned it first.

    One that was upgraded, downgraded and soothed again is called again.
    """
    assert grievance.soothed_at is not None
    if not preferences.value("complaints.callback_grievances") or not grievance.phone:
        return None
    same = Q(grievance=grievance)
    if grievance.source_id:
        same |= Q(source_type=grievance.source_type_id, source_id=grievance.source_id)
    if CallbackPlan.objects.counted().filter(same).exists():
        return None
    soothed_on = timezone.localdate(grievance.soothed_at)
    return make_plan(
        CallbackSource.GRIEVANCE, grievance.service_point, by=by, grievance=grievance, begun=soothed_on,
        due_on=soothed_on + _days("callback_days"), round=CallbackPlan.objects.filter(grievance=grievance).count() + 1,
    )


@transaction.atomic
def take_callback(facts: IntakeFacts, *, by: Any, point: Any) -> CallbackPlan:
    """What another register wants asked: a low answer, a lost thing. The same source is planned once."""
    kind = TAKEN_FROM[facts.source._meta.model_name]
    source_type = ContentType.objects.get_for_model(facts.source)
    known = CallbackPlan.objects.filter(source_kind=kind, source_type=source_type, source_id=facts.source.pk).first()
    if known is not None:
        return known
    today = timezone.localdate()
    return make_plan(
        kind, point, by=by, begun=today, due_on=today + _days("callback_days"), source=facts.source,
        source_text=facts.source_text[:60], visitor_name=facts.visitor_name[:100], phone=facts.phone,
        words=PERSONAL.sub("(号码略)", facts.words).strip()[:1000],
    )


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """Whom to call on at home, about what, by when."""

    visitor_name: str
    words: str
    due_on: dt.date
    phone: str = ""
    address: str = ""


@transaction.atomic
def plan_visit(facts: VisitFacts, *, by: Any, point: Any) -> CallbackPlan:
    """上门拜访.

    Raises:
        VisitNeedsPerson, TextNeeded, NumberInText, VisitPast: a slip of the hand.
    """
    if not facts.visitor_name.strip():
        raise VisitNeedsPerson(field="visitor_name")
    words, today = needed(facts.words, "拜访事由", "words"), timezone.localdate()
    refuse_numbers(facts.address, "address")
    if facts.due_on < today:
        raise VisitPast(on=f"{facts.due_on:%m-%d}", field="due_on")
    return make_plan(
        CallbackSource.VISIT, point, by=by, begun=today, due_on=facts.due_on, words=words[:1000], phone=facts.phone,
        visitor_name=facts.visitor_name.strip()[:100], address=facts.address.strip()[:200],
    )


def plan_again(plan: CallbackPlan, *, by: Any) -> CallbackPlan:
    """重访: the re-check found the first one wanting. In the caller's transaction."""
    today = timezone.localdate()
    names = ("complaint", "grievance", "source_type", "source_id", "source_text", "round", "visitor_name", "phone",
             "address", "words")
    return make_plan(
        plan.source_kind, plan.service_point, by=by, begun=today, due_on=today + _days("callback_days"),
        again_of=plan, **{name: getattr(plan, name) for name in names},
    )


def supersede(plans: Iterable[CallbackPlan], reason: str, *, by: Any) -> None:
    """End the open ones that something else takes the place of; they count no more. In the caller's transaction."""
    for plan in plans:
        if plan.is_open:
            move(plan, CallbackState.EXCUSED, by=by, reason=reason[:100], sign_reason=reason[:200],
                 done_at=timezone.now(), asked_end="")
            settle_all(plan)


def supersede_round(complaint: Complaint, *, by: Any) -> None:
    """重办: the callbacks of the round before, of what was merged into it too, give way to those of the next."""
    plans = CallbackPlan.objects.open().filter(complaint__in=cases_of(complaint)).select_for_update()
    supersede(plans, f"{complaint.number} 重办,由下一轮回访代替", by=by)


def supersede_grievance(grievance: Grievance, reason: str, *, by: Any) -> None:
    """A grievance that was upgraded or void is not called back as one."""
    supersede(CallbackPlan.objects.open().filter(grievance=grievance).select_for_update(), reason, by=by)


def refuse_uncalled(complaint: Complaint) -> None:
    """Raises CallbackStillOpen: a case is not archived before its callback and those of what was merged into it.

    The one after the days of the setting comes when the case has long been archived.
    """
    plans = CallbackPlan.objects.filter(complaint__in=cases_of(complaint), state__in=OPEN_CALLBACKS)
    waiting = plans.exclude(source_kind=CallbackSource.LATER).order_by("pk").first()
    if waiting is not None:
        raise CallbackStillOpen(
            number=complaint.number, callback=waiting.number, state=waiting.get_state_display()
        )
