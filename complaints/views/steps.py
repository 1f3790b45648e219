"""The steps on a complaint's page: each a small form over one service, or a press."""

from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from complaints.choices import OfferState
from complaints.forms.steps import (
    AcceptedForm,
    ActionForm,
    CauseForm,
    FinalForm,
    HandForm,
    MergeForm,
    OfferForm,
    PassOnForm,
    ReasonForm,
    ReplyForm,
    SeverityForm,
    SignForm,
    TextForm,
)
from complaints.models import CaseAction, CaseOffer, Complaint
from complaints.registers.complaints import COMPLAINTS
from complaints.services.actions import add_action, add_addendum, correct_action
from complaints.services.complaint_facts import listed
from complaints.services.complaints import accept_complaint, begin_complaint, set_severity, sign_complaint
from complaints.services.endings import (
    archive_complaint,
    merge_complaint,
    pass_on_complaint,
    refuse_complaint,
    void_complaint,
    withdraw_complaint,
)
from complaints.services.notices import page_of, people_now, sentence_of
from complaints.services.offers import decline_case, offer_case, take_case
from complaints.services.pauses import go_on, wait_for_visitor
from complaints.services.rounds import reopen_complaint
from complaints.services.solutions import (
    accept_solution,
    decline_solution,
    give_final_answer,
    note_cause,
    offer_solution,
    reply_first,
)
from complaints.services.upgrades import downgrade_complaint
from dutylog.choices import NoticeChannel, NoticeRole
from dutylog.forms.entries import NoticeStepForm
from dutylog.services.chain import next_step, steps_of, tell_step
from dutylog.views.revealing import RevealView
from servicedesk.models import User
from servicedesk.services.photos import keep_photo
from servicedesk.views.steps import RecordStepView, answered, get_record

VIEW, CHANGE, DECIDE, END, ARCHIVE, DOWNGRADE = (
    f"complaints.{verb}_complaint" for verb in ("view", "change", "decide", "end", "archive", "downgrade")
)


class ComplaintStepView(RecordStepView):
    """A step of the complaint of the address."""

    register = COMPLAINTS
    permission_required: Any = CHANGE
    template_name = "complaints/complaint_step.html"


class ActionView(ComplaintStepView):
    form_class, step, done = ActionForm, "记经过", "已记经过 {record}"

    def save(self, form: ActionForm) -> Complaint:
        data = form.cleaned_data
        action = add_action(self.record, data["kind"], data["text"], by=self.request.user, at=data["at"])
        for photo in data["prepared"]:
            keep_photo(photo, self.record, self.request.user, action.get_kind_display())
        return self.record


class CorrectView(ComplaintStepView):
    """更正经过: the old row stays, struck through."""

    form_class, step, done = TextForm, "更正经过", "已更正经过 {record}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        get_record(COMPLAINTS, request, kwargs["pk"])
        self.action = get_object_or_404(
            CaseAction.objects.select_related("complaint", "by"), pk=kwargs["action"], complaint=kwargs["pk"]
        )
        return super().dispatch(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        return {"text": self.action.text}

    def act(self, data: dict[str, Any]) -> None:
        correct_action(self.action, data["text"], by=self.request.user)


class AddendumView(ComplaintStepView):
    form_class, step, done = TextForm, "补充附记", "已补充附记 {record}"

    def act(self, data: dict[str, Any]) -> None:
        add_addendum(self.record, data["text"], by=self.request.user)


class ReplyView(ComplaintStepView):
    form_class, step, done = ReplyForm, "记首次答复", "已记首次答复 {record}"

    def act(self, data: dict[str, Any]) -> None:
        reply_first(self.record, data["text"], by=self.request.user, at=data["at"])


class OfferView(ComplaintStepView):
    form_class, step, done = OfferForm, "反馈方案", "已反馈方案 {record},请记游客是否接受"

    def act(self, data: dict[str, Any]) -> None:
        offer_solution(self.record, data["solution"], by=self.request.user, at=data["at"])


class AcceptedView(ComplaintStepView):
    form_class, step, done = AcceptedForm, "游客接受", "{record} 已解决,已列入回访"

    def save(self, form: AcceptedForm) -> Complaint:
        data = form.cleaned_data
        return accept_solution(
            self.record, data["result"], by=self.request.user, at=data["at"], satisfaction=data["satisfaction"],
            opinion=data["opinion"], signature=form.signed(),
        )

    def initial(self) -> dict[str, Any]:
        return {"result": self.record.solution[:1000]}


class DeclinedView(ComplaintStepView):
    form_class, step, done = ReasonForm, "游客不接受", "{record} 已退回处理,并通报上一级"

    def act(self, data: dict[str, Any]) -> None:
        decline_solution(self.record, data["reason"], by=self.request.user)


class FinalView(ComplaintStepView):
    permission_required = DECIDE
    form_class, step, done = FinalForm, "最终答复", "{record} 已作最终答复,已列入回访"

    def act(self, data: dict[str, Any]) -> None:
        give_final_answer(self.record, data["result"], by=self.request.user, opinion=data["opinion"])


class WaitView(ComplaintStepView):
    form_class, step, done = ReasonForm, "等游客补充", "{record} 已暂停净时限"

    def act(self, data: dict[str, Any]) -> None:
        wait_for_visitor(self.record, data["reason"], by=self.request.user)


class GoOnView(ComplaintStepView):
    form_class, step, done = TextForm, "游客已补充", "{record} 恢复计时"

    def act(self, data: dict[str, Any]) -> None:
        go_on(self.record, data["text"], by=self.request.user)


class ReopenView(ComplaintStepView):
    permission_required = DECIDE
    form_class, step, done = ReasonForm, "重办", "{record} 已重办"

    def act(self, data: dict[str, Any]) -> None:
        reopen_complaint(self.record, data["reason"], by=self.request.user)


class SeverityView(ComplaintStepView):
    permission_required = DECIDE
    form_class, step, done = SeverityForm, "定级", "已定级 {record}"

    def initial(self) -> dict[str, Any]:
        return {"severity": self.record.severity, "major_reasons": listed(self.record.major_reasons)}

    def act(self, data: dict[str, Any]) -> None:
        set_severity(self.record, data["severity"], tuple(data["major_reasons"]), by=self.request.user)


class CauseView(ComplaintStepView):
    form_class, step, done = CauseForm, "责任与原因", "已记责任与原因 {record}"
    save_label = "保存"

    def initial(self) -> dict[str, Any]:
        names = ("liability", "root_cause", "correction", "version")
        return {name: getattr(self.record, name) for name in names}

    def act(self, data: dict[str, Any]) -> None:
        facts = {name: data[name] for name in ("liability", "root_cause", "correction")}
        note_cause(self.record, by=self.request.user, version=data["version"] or 0, **facts)


class SignView(ComplaintStepView):
    form_class, step, done = SignForm, "投诉人补签", "{record} 投诉人已签字"

    def act(self, data: dict[str, Any]) -> None:
        signed = data["signature"]
        sign_complaint(self.record, signed["means"], signed["image"], by=self.request.user)


class HandView(ComplaintStepView):
    form_class, step, done = HandForm, "移交", "{record} 已移交,等对方接收"

    def act(self, data: dict[str, Any]) -> None:
        offer_case(self.record, data["person"], by=self.request.user, words=data["words"])


class DeclineCaseView(ComplaintStepView):
    permission_required = VIEW
    form_class, step, done = ReasonForm, "不接收", "{record} 没有接收,已告诉经办人"

    def act(self, data: dict[str, Any]) -> None:
        decline_case(offered(self.record), data["reason"], by=self.request.user)


def offered(complaint: Complaint) -> CaseOffer:
    """The offer that waits for an answer; the last one where somebody was faster."""
    offers = complaint.offers.select_related("complaint__handler", "from_person", "to_person").order_by("-pk")
    found = offers.filter(state=OfferState.OFFERED).first() or offers.first()
    if found is None:
        raise Http404
    return found


class RefuseView(ComplaintStepView):
    permission_required = DECIDE
    form_class, step, done = ReasonForm, "不予受理", "{record} 不予受理"

    def act(self, data: dict[str, Any]) -> None:
        refuse_complaint(self.record, data["reason"], by=self.request.user)


class PassOnView(ComplaintStepView):
    permission_required = DECIDE
    form_class, step, done = PassOnForm, "转出", "{record} 已转出"

    def act(self, data: dict[str, Any]) -> None:
        pass_on_complaint(self.record, data["passed_to"], data["reason"], by=self.request.user)


class MergeView(ComplaintStepView):
    permission_required = DECIDE
    form_class, step, done = MergeForm, "并案", "{record} 已并案"

    def act(self, data: dict[str, Any]) -> None:
        merge_complaint(self.record, data["number"], data["reason"], by=self.request.user)


class DowngradeView(ComplaintStepView):
    permission_required = DOWNGRADE
    form_class, step, done = ReasonForm, "降为抱怨", "{record} 已降为抱怨"

    def act(self, data: dict[str, Any]) -> None:
        downgrade_complaint(self.record, data["reason"], by=self.request.user)


class WithdrawView(ComplaintStepView):
    permission_required = END
    form_class, step, done = ReasonForm, "撤诉", "{record} 已撤诉"

    def act(self, data: dict[str, Any]) -> None:
        withdraw_complaint(self.record, data["reason"], by=self.request.user)


class VoidView(ComplaintStepView):
    permission_required = END
    form_class, step, done = ReasonForm, "作废", "{record} 已作废"

    def act(self, data: dict[str, Any]) -> None:
        void_complaint(self.record, data["reason"], by=self.request.user)


class NoticeView(ComplaintStepView):
    """通报 by hand: the level that is due, with the person on duty and their number."""

    permission_required = (VIEW, "dutylog.add_noticestep")
    form_class, step, done = NoticeStepForm, "通报", "已记通报 {record}"
    template_name = "dutylog/logentry_notice.html"
    save_label = "已通报"

    @cached_property
    def people(self) -> dict[NoticeRole, User | None]:
        return people_now(self.record)

    def initial(self) -> dict[str, Any]:
        told = steps_of([self.record]).get(self.record.pk, [])
        due = next_step(self.record.created_at, told, is_required=True, now=timezone.now())
        role = due.role if due else NoticeRole.OTHER
        return {"role": role, "person": self.people.get(role), "channel": NoticeChannel.PHONE}

    def save(self, form: NoticeStepForm) -> Complaint:
        sentence, url = sentence_of(self.record, "需要您处理"), page_of(self.record)
        tell_step(self.record, form.facts(), by=self.request.user, sentence=sentence, url=url)
        return self.record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = [{"role": role, "person": person} for role, person in self.people.items()]
        return super().get_context_data(people=people, **kwargs)


class PhoneRevealView(RevealView):
    """看电话: to call back; asks why and writes it down."""

    register, permission_required, field = COMPLAINTS, (VIEW, "servicedesk.reveal_personal"), "phone"
    usual_reason = "联系投诉人"


class DocumentRevealView(PhoneRevealView):
    field, usual_reason = "document_number", ""


def _pressed(request: HttpRequest, pk: int, act: Any, done: str) -> HttpResponse:
    complaint = get_record(COMPLAINTS, request, pk)
    url = COMPLAINTS.detail_url(pk)
    return answered(request, lambda: act(complaint), done.format(record=complaint), url)


@require_POST
@permission_required(DECIDE, raise_exception=True)
def complaint_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """受理."""
    return _pressed(request, pk, lambda c: accept_complaint(c, by=request.user), "{record} 已受理")


@require_POST
@permission_required(CHANGE, raise_exception=True)
def complaint_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """开始处理."""
    return _pressed(request, pk, lambda c: begin_complaint(c, by=request.user), "{record} 开始处理")


@require_POST
@permission_required(ARCHIVE, raise_exception=True)
def complaint_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """归档."""
    return _pressed(request, pk, lambda c: archive_complaint(c, by=request.user), "{record} 已归档")


@require_POST
@permission_required(VIEW, raise_exception=True)
def complaint_take(request: HttpRequest, pk: int) -> HttpResponse:
    """接收移交."""
    return _pressed(request, pk, lambda c: take_case(offered(c), by=request.user), "{record} 已接收,现在由您经办")
