"""The book of callbacks, the page of one, visits, and the supervisor's steps."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from complaints.forms.callbacks import CheckForm, EndForm, VisitForm, end_first
from complaints.forms.steps import ReasonForm
from complaints.models import CallbackCheck, CallbackPlan
from complaints.registers.callbacks import CALLBACKS
from complaints.services.callback_checks import check_callback
from complaints.services.callback_plans import plan_visit
from complaints.services.callback_queue import visits_in
from complaints.services.callback_strikes import strike_attempt
from complaints.services.callbacks import ask_end, send_back, sign_end
from complaints.views.callback_facts import attempt_events, fact_groups
from dutylog.views.revealing import RevealView
from servicedesk.services import preferences
from servicedesk.views.facts import first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView, RegisterListView
from servicedesk.views.steps import RecordStepView

VIEW, ADD, CALL, SIGN, CHECK = (f"complaints.{verb}_callbackplan" for verb in ("view", "add", "call", "sign", "check"))


class CallbackListView(RegisterListView):
    """The book, with the visits of the month against what the setting wants."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = visits_in(self.request.user, timezone.localdate()).count()
        wanted = preferences.value("complaints.callback_visits")
        return super().get_context_data(visits_made=made, visits_wanted=wanted, **kwargs)


class CallbackDetailView(RegisterDetailView):
    """One callback: whom, about what, each try, how it ended, who looked again."""

    def questions(self, record: CallbackPlan) -> dict[str, QuerySet]:
        return {
            "attempts": record.attempts.select_related("by"),
            "checks": CallbackCheck.objects.filter(plan=record).select_related("by"),
            "others": CallbackPlan.objects.visible_to(self.request.user).filter(
                complaint=record.complaint_id, complaint__isnull=False
            ).exclude(pk=record.pk).order_by("pk"),
        }

    def fact_groups(self, record: CallbackPlan) -> list[dict]:
        return fact_groups(record, self.request.user)

    def events(self, record: CallbackPlan) -> list[dict]:
        return attempt_events(self.found["attempts"], self.found["checks"])

    def steps(self, record: CallbackPlan) -> list[dict]:
        user = self.request.user
        return first_is_primary([
            each for each in possible(record, self.found["checks"]) if user.has_perm(each.pop("right"))
        ])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"record_what": self.record.kind, **self.found}


def possible(plan: CallbackPlan, checks: list[CallbackCheck]) -> list[dict[str, Any]]:
    """The buttons that fit the state, the likely one first."""
    if plan.is_open:
        call = _step(plan, "记拜访" if plan.is_visit else "打电话", "call", "telephone-outbound", CALL)
        sign = _step(plan, "签批", "sign", "pen", SIGN)
        ask = _step(plan, "报签批", "ask", "send", CALL)
        back = _step(plan, "退回", "back", "arrow-return-left", SIGN)
        return [sign, back, call] if plan.asked_end else [call, ask, sign]
    return [_step(plan, "质检", "check", "clipboard-check", CHECK)] if plan.is_reached and not checks else []


def _step(plan: CallbackPlan, label: str, name: str, icon: str, right: str) -> dict[str, Any]:
    return step(label, reverse(f"complaints:callback_{name}", args=[plan.pk]), icon, right=right)


class VisitCreateView(RecordFormView):
    """上门拜访."""

    permission_required = ADD
    register = CALLBACKS
    form_class: Any = VisitForm
    form_title = "上门拜访"
    can_save_next = True

    def save(self, form: VisitForm) -> CallbackPlan:
        return plan_visit(form.facts(), by=self.request.user, point=form.point)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=CALLBACKS.list_url(), **kwargs)


class CallbackStepView(RecordStepView):
    register = CALLBACKS
    permission_required: Any = SIGN
    template_name = "complaints/callback_step.html"


class AskView(CallbackStepView):
    """报签批: by whoever calls."""

    permission_required = CALL
    form_class, step, done = EndForm, "报签批", "{record} 已报督导签批"

    def initial(self) -> dict[str, Any]:
        return {"end": end_first(self.record)}

    def act(self, data: dict[str, Any]) -> None:
        ask_end(self.record, data["end"], data["reason"], by=self.request.user)


class StrikeView(CallbackStepView):
    """划去 a try that was typed wrongly; then the right one is written down."""

    permission_required = CALL
    form_class, step, done = ReasonForm, "划去", "{record} 的回访记录已划去,请重记"

    def act(self, data: dict[str, Any]) -> None:
        attempt = get_object_or_404(self.record.attempts, pk=self.kwargs["attempt"])
        strike_attempt(attempt, data["reason"], by=self.request.user)

    def next_url(self, record: CallbackPlan) -> str:
        return reverse("complaints:callback_call", args=[record.pk])


class SignView(CallbackStepView):
    form_class, step, done = EndForm, "签批", "{record} 已签批"

    def initial(self) -> dict[str, Any]:
        return {"end": end_first(self.record), "reason": self.record.asked_reason}

    def act(self, data: dict[str, Any]) -> None:
        sign_end(self.record, data["end"], data["reason"], by=self.request.user)


class BackView(CallbackStepView):
    form_class, step, done = ReasonForm, "退回", "{record} 已退回继续回访"

    def act(self, data: dict[str, Any]) -> None:
        send_back(self.record, data["reason"], by=self.request.user)


class CheckView(CallbackStepView):
    permission_required = CHECK
    form_class, step, done = CheckForm, "质检", "{record} 已质检"

    def act(self, data: dict[str, Any]) -> None:
        check_callback(
            self.record, data["way"], data["is_good"] == "yes", data["finding"], by=self.request.user
        )


class PhoneRevealView(RevealView):
    """看电话: asks why and writes it down."""

    register, permission_required, field = CALLBACKS, (VIEW, "servicedesk.reveal_personal"), "phone"
    usual_reason = "回访"

    @property
    def of(self) -> Any:
        return self.record.about
