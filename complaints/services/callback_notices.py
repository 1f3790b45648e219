"""Who is told of a callback; no visitor stands in it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from complaints.callback_choices import CallbackState
from complaints.choices import ComplaintState
from complaints.models import CallbackPlan
from servicedesk.choices import Role
from servicedesk.models import Message, User
from servicedesk.services.inbox import tell


def page_of(plan: CallbackPlan) -> str:
    return reverse("complaints:callback_detail", args=[plan.pk])


def _leads(plan: CallbackPlan, besides: Any) -> list[User]:
    people = User.objects.active().at(plan.service_point).holding(Role.SUPERVISOR)
    return [person for person in people if person != besides]


def tell_asked(plan: CallbackPlan, *, by: Any) -> None:
    """The supervisors are asked to sign."""
    tell(_leads(plan, by), f"回访 {plan.number} 申请按“{CallbackState(plan.asked_end).label}”结束,请签批",
         url=page_of(plan), about=plan)


def tell_failed(plan: CallbackPlan, *, by: Any) -> None:
    """The supervisors, and whoever handles the case, hear at once that it is to be handled again."""
    case = plan.complaint
    people = [*_leads(plan, by), *([case.handler] if case and case.handler != by else [])]
    what = f"{plan.about_number} " if plan.about_number else ""
    do = "请处理" if case is None else "原案已归档,请另行登记" if case.state == ComplaintState.ARCHIVED else "请重办"
    tell(people, f"{what}{plan.get_source_kind_display()}回访不合格({plan.number}),{do}"[:300], url=page_of(plan),
         about=plan)


def tell_sent_back(plan: CallbackPlan, asker: User, reason: str) -> None:
    tell([asker], f"回访 {plan.number} 没有同意结束:{reason},请继续回访"[:300], url=page_of(plan), about=plan)


def tell_recheck(plan: CallbackPlan, callers: list[User], again: CallbackPlan | None) -> None:
    more = f",已安排重访 {again.number}" if again else ""
    tell(callers, f"回访 {plan.number} 质检不合格{more},请看查到的问题", url=page_of(plan), about=plan)


def remind_appointment(plan: CallbackPlan) -> bool:
    """Whoever made an appointment hears at its time, once; whether there was something to say."""
    last = plan.attempts.filter(strike=None).order_by("-at", "-pk").select_related("by").first()
    if last is None or plan.next_at is None:
        return False
    sentence = f"回访 {plan.number} 约在 {timezone.localtime(plan.next_at):%m-%d %H:%M},时间到了,请打电话"
    if Message.objects.filter(person=last.by, sentence=sentence).exists():
        return False
    tell([last.by], sentence, url=reverse("complaints:callback_call", args=[plan.pk]), about=plan)
    return True
