"""打电话: one person after the other, for whoever has the telephone in one hand."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from complaints.callback_choices import AttemptOutcome, Content, FailureCause
from complaints.forms.callbacks import AttemptForm
from complaints.models import CallbackPlan
from complaints.registers.callbacks import CALLBACKS
from complaints.services.callback_queue import MOST_QUEUED, appointments, next_after, queue
from complaints.services.callback_rules import is_tried_enough, refuse_caller, refuse_ended
from complaints.services.callbacks import record_attempt
from complaints.views.callbacks import CALL, CallbackStepView
from servicedesk.models import Disclosure
from servicedesk.services import preferences
from servicedesk.services.asking import gathered
from servicedesk.services.disclosing import disclose
from servicedesk.views.steps import get_record

SHOWN, MOST_SHOWN = 8, 30
NOBODY_LEFT = "现在没有要打的回访。没打通的过一会儿再排进来,约好的到时间会排在最前面。"
# What a tap writes into the field of an appointment.
QUICK_TIMES = (("+60", "1 小时后"), ("今1900", "今晚 7 点"), ("明1000", "明早 10 点"), ("明1500", "明天 3 点"))
JUST_NOW = dt.timedelta(minutes=10)
# What needs nothing but its key.
AT_ONCE = frozenset(AttemptOutcome) - {AttemptOutcome.REACHED, AttemptOutcome.LATER, AttemptOutcome.REFUSED}


class WorkView(PermissionRequiredMixin, View):
    """On to the next person to call, or to the promises when nobody is left; `?after=` is whom the caller left."""

    permission_required = CALL
    raise_exception = True
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        key, now = request.GET.get("after", ""), timezone.now()
        pk = int(key) if key.isdecimal() and len(key) < 19 else None
        after = CallbackPlan.objects.visible_to(request.user).filter(pk=pk).first()
        found = next_after(list(queue(request.user, now)[:MOST_QUEUED]), after)
        if found is not None:
            return redirect("complaints:callback_call", found.pk)
        messages.info(request, NOBODY_LEFT)
        return redirect(f"{CALLBACKS.list_url()}?wait=appointed")


def behind(plan: CallbackPlan) -> str:
    """Where the next person after this one is found."""
    return f"{reverse('complaints:callback_work')}?after={plan.pk}"


class CallView(CallbackStepView):
    """One person: the number, what was said, what comes of the call, and on to the next."""

    permission_required = CALL
    form_class: Any = AttemptForm
    template_name = "complaints/callback_call.html"
    step = "回访"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.record.is_open:
            return redirect(CALLBACKS.detail_url(self.record.pk))
        refuse_caller(self.record, request.user)
        return super().get(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return {"plan": self.record}

    def save(self, form: AttemptForm) -> CallbackPlan:
        self.attempt = record_attempt(self.record, form.facts(), by=self.request.user)
        return self.record

    def saved_sentence(self, record: CallbackPlan) -> str:
        """`HF-… 无人接听,已记`, `HF-… 合格`."""
        if record.is_reached:
            return f"{record} 回访{record.get_state_display()}"
        more = ",已报督导签批" if record.asked_end else ""
        return f"{record} {self.attempt.get_outcome_display()},已记{more}"

    def next_url(self, record: CallbackPlan) -> str:
        if record.is_visit:
            return CALLBACKS.detail_url(record.pk)
        return behind(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user, now = self.record, self.request.user, timezone.now()
        found = gathered({
            "attempts": plan.attempts.select_related("by"),
            "waiting": queue(user, now).select_related("complaint", "grievance")[:MOST_SHOWN + 2],
            "promised": appointments(user, now).select_related("complaint", "grievance")[:SHOWN],
            "opened": Disclosure.objects.of(plan).filter(at__gte=now - JUST_NOW).exclude(user=user)
            .select_related("user").order_by("-at")[:1],
        })
        others = [row for row in found["waiting"] if row.pk != plan.pk]
        return super().get_context_data(
            plan=plan, attempts=found["attempts"], others=others[:SHOWN],
            tried=sum(not each.is_struck for each in found["attempts"]),
            other_count=len(others) if len(others) <= MOST_SHOWN else f"{MOST_SHOWN}+",
            promised=[row for row in found["promised"] if row.pk != plan.pk], opened=found["opened"],
            outcomes=[(key, outcome, outcome in AT_ONCE) for key, outcome in enumerate(AttemptOutcome, start=1)],
            contents=list(Content), causes=list(enumerate(FailureCause, start=1)),
            pass_score=preferences.value("complaints.callback_pass_score"),
            may_end=is_tried_enough(found["attempts"]), is_promised=bool(plan.next_at and plan.next_at <= now),
            quick_times=QUICK_TIMES, next_url=behind(plan), today=timezone.localdate(now), **kwargs,
        )


@require_POST
@permission_required(CALL, raise_exception=True)
def callback_number_reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """显示号码: who calls opens it with a reason, which is kept; nobody opens what they may not call, or no more."""
    plan = get_record(CALLBACKS, request, pk)
    refuse_ended(plan)
    refuse_caller(plan, request.user)
    disclose(plan, "电话", request.user, request.POST.get("reason", ""), right=CALL)
    context = {"plan": plan, "number": plan.number_to_call}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "complaints/_callback_number.html", context)
    return render(request, "dutylog/revealed.html", {
        "record": plan, "label": "电话", "value": plan.number_to_call, "register": CALLBACKS,
        "back": reverse("complaints:callback_call", args=[plan.pk]),
    })
