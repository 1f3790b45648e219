"""先行赔偿: asked for at a case, approved step by step, paid by a third person, asked back."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from complaints.forms.compensations import (
    ApproveForm,
    CompensationForm,
    PayForm,
    RecoveredForm,
    RecoverForm,
    initial_from,
    initial_of,
)
from complaints.forms.steps import ReasonForm
from complaints.models import Compensation
from complaints.registers.compensations import COMPENSATIONS
from complaints.services.compensation_approvals import (
    approve_compensation,
    reject_compensation,
    return_compensation,
)
from complaints.services.compensation_payments import (
    add_recovery,
    begin_recovery,
    close_compensation,
    pay_compensation,
    write_off_compensation,
)
from complaints.services.compensations import (
    cancel_compensation,
    draft_compensation,
    edit_compensation,
    submit_compensation,
)
from complaints.views.compensation_facts import fact_groups, steps_and_blocks
from complaints.views.steps import ComplaintStepView
from dutylog.views.revealing import RevealView
from servicedesk.services.photos import keep_photo, photos_of
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, answered, get_record

ADD, VIEW, PAY, RECOVER, WRITE_OFF = (
    f"complaints.{verb}_compensation" for verb in ("add", "view", "pay", "recover", "write_off")
)
REVEAL = "servicedesk.reveal_personal"


class CompensationCreateView(ComplaintStepView):
    """申请赔偿 at a case; it is submitted with the saving, unless told otherwise."""

    permission_required = ADD
    form_class, step = CompensationForm, "申请赔偿"
    template_name = "complaints/compensation_form.html"

    def initial(self) -> dict[str, Any]:
        return initial_from(self.record)

    def save(self, form: CompensationForm) -> Compensation:
        made = draft_compensation(self.record, form.facts(), by=self.request.user)
        return submit_compensation(made, by=self.request.user) if form.cleaned_data["is_submitted"] else made

    def saved_sentence(self, record: Compensation) -> str:
        return f"{record} {record.state_words}"

    def next_url(self, record: Compensation) -> str:
        return COMPENSATIONS.detail_url(record.pk)


class CompensationStepView(RecordStepView):
    register = COMPENSATIONS
    permission_required: Any = VIEW
    template_name = "complaints/compensation_step.html"

    def initial(self) -> dict[str, Any]:
        return {"version": self.record.version}


class CompensationEditView(CompensationStepView):
    """修改; what is under approval starts over."""

    permission_required = ADD
    form_class, step, done = CompensationForm, "修改", "已保存 {record}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"may_submit": False}

    def initial(self) -> dict[str, Any]:
        return initial_of(self.record)

    def save(self, form: CompensationForm) -> Compensation:
        version = form.cleaned_data["version"] or 0
        return edit_compensation(self.record, form.facts(), by=self.request.user, version=version)


class CancelView(CompensationStepView):
    form_class, step, done = ReasonForm, "撤销", "{record} 已撤销"

    def act(self, data: dict[str, Any]) -> None:
        cancel_compensation(self.record, data["reason"], by=self.request.user)


class ApproveView(CompensationStepView):
    """同意. The service says whose step it is: the right alone is not enough."""

    form_class, step, done = ApproveForm, "审批同意", "{record} 已签意见"

    def act(self, data: dict[str, Any]) -> None:
        approve_compensation(self.record, data["opinion"], by=self.request.user, version=data["version"] or 0)


class ReturnView(CompensationStepView):
    form_class, step, done = ReasonForm, "退回", "{record} 已退回申请人"

    def act(self, data: dict[str, Any]) -> None:
        return_compensation(self.record, data["reason"], by=self.request.user, version=data["version"] or 0)


class RejectView(CompensationStepView):
    form_class, step, done = ReasonForm, "否决", "{record} 已否决"

    def act(self, data: dict[str, Any]) -> None:
        reject_compensation(self.record, data["reason"], by=self.request.user, version=data["version"] or 0)


class PayView(CompensationStepView):
    permission_required = PAY
    form_class, step, done = PayForm, "支付", "{record} 已支付"

    def save(self, form: PayForm) -> Compensation:
        version = form.cleaned_data["version"] or 0
        paid = pay_compensation(self.record, form.facts(), by=self.request.user, version=version)
        for photo in form.cleaned_data["prepared"]:
            keep_photo(photo, paid, self.request.user, "凭证")
        return paid


class RecoverView(CompensationStepView):
    permission_required = RECOVER
    form_class, step, done = RecoverForm, "追偿", "{record} 追偿中"

    def initial(self) -> dict[str, Any]:
        case = self.record.complaint
        return {
            "amount": self.record.amount, "merchant": case.respondent_merchant,
            "department": case.respondent_department_id, "person": case.respondent_person_id,
        }

    def save(self, form: RecoverForm) -> Compensation:
        return begin_recovery(self.record, form.facts(), by=self.request.user)


class RecoveredView(CompensationStepView):
    permission_required = RECOVER
    form_class, step, done = RecoveredForm, "记追回", "{record} 已记追回"

    def initial(self) -> dict[str, Any]:
        return {"amount": self.record.outstanding or None}

    def act(self, data: dict[str, Any]) -> None:
        add_recovery(self.record, data["amount"], by=self.request.user, at=data["at"], note=data["note"])


class WriteOffView(CompensationStepView):
    permission_required = WRITE_OFF
    form_class, step, done = ReasonForm, "核销", "{record} 已核销"

    def act(self, data: dict[str, Any]) -> None:
        write_off_compensation(self.record, data["reason"], by=self.request.user)


class AccountRevealView(RevealView):
    """看账号: asks why and writes it down."""

    register, permission_required, field = COMPENSATIONS, (VIEW, REVEAL), "payee_account"
    usual_reason = "转账"


@require_POST
@permission_required(ADD, raise_exception=True)
def compensation_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """提交审批."""
    row = get_record(COMPENSATIONS, request, pk)
    act = lambda: submit_compensation(row, by=request.user)  # noqa: E731
    return answered(request, act, f"{row} 已提交审批", COMPENSATIONS.detail_url(pk))


@require_POST
@permission_required(RECOVER, raise_exception=True)
def compensation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """完结."""
    row = get_record(COMPENSATIONS, request, pk)
    act = lambda: close_compensation(row, by=request.user)  # noqa: E731
    return answered(request, act, f"{row} 已完结", COMPENSATIONS.detail_url(pk))


class CompensationDetailView(RegisterDetailView):
    """One request: the sum and why, each step with its opinion, the payment, what came back."""

    def questions(self, record: Compensation) -> dict[str, QuerySet]:
        return {
            "approvals": record.approvals.select_related("by"), "photos": photos_of(record),
            "recoveries": record.recoveries.select_related("by"),
        }

    def fact_groups(self, record: Compensation) -> list[dict]:
        return fact_groups(record, self.request.user)

    def steps(self, record: Compensation) -> list[dict]:
        return steps_and_blocks(record, self.request.user, self.found["approvals"])[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        record, user, found = self.record, self.request.user, self.found
        photos = [{
            "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
            "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
        } for photo in found["photos"]]
        return context | {
            "photos": photos, "record_what": f"¥{record.amount:,.2f} · {record.complaint}",
            "approvals": found["approvals"],
            "recoveries": found["recoveries"], "blocked": steps_and_blocks(record, user, found["approvals"])[1],
        }
