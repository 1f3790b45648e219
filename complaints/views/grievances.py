"""The ledger of grievances: writing a row, looking at a draft, soothing, upgrading by one press."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from complaints.choices import GrievanceState
from complaints.forms.grievances import GrievanceForm, SootheForm, initial_of
from complaints.forms.steps import ReasonForm
from complaints.models import Grievance
from complaints.registers.complaints import COMPLAINTS
from complaints.registers.grievances import GRIEVANCES
from complaints.services.grievances import (
    accept_draft,
    archive_grievances,
    confirm_grievance,
    edit_grievance,
    register_grievance,
    soothe_grievance,
    void_grievance,
)
from complaints.services.repeats import repeats_of
from complaints.services.signals import reasons_of, repeats_for
from complaints.services.upgrades import upgrade_grievance
from complaints.views.complaints import told_by
from dutylog.services.callers import earlier_records
from dutylog.services.enquiries import note_became, of_request
from dutylog.views.revealing import RevealView
from servicedesk.errors import NotPossibleNow
from servicedesk.register import register_of
from servicedesk.services.photos import keep_photo, photos_of
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, answered, get_record

ADD, CHANGE, VIEW, VOID, CONFIRM, ARCHIVE = (
    f"complaints.{verb}_grievance" for verb in ("add", "change", "view", "void", "confirm", "archive")
)
UPGRADE, REVEAL = "complaints.add_complaint", "servicedesk.reveal_personal"


class GrievanceCreateView(RecordFormView):
    """抱怨登记, with what would make it a complaint at its side."""

    permission_required = ADD
    register = GRIEVANCES
    form_class: Any = GrievanceForm
    form_title = "抱怨登记"
    can_save_next = True

    def initial(self) -> dict[str, Any]:
        enquiry = of_request(self.request)
        names = ("channel", "visitor_name", "phone", "words", "received_at")
        return {name: told_by(enquiry)[name] for name in names} if enquiry else {}

    def draft_key(self) -> str:
        """What was typed about another caller is never offered for this one."""
        enquiry = of_request(self.request)
        return f"{super().draft_key()}-{enquiry.number}" if enquiry else super().draft_key()

    def side_url(self) -> str:
        return reverse("complaints:grievance_hints")

    def save(self, form: GrievanceForm) -> Grievance:
        data, user = form.cleaned_data, self.request.user
        grievance = register_grievance(form.facts(), by=user, point=form.point, is_soothed=data["is_soothed"])
        for photo in data["prepared"]:
            keep_photo(photo, grievance, user, "现场")
        enquiry = of_request(self.request)
        if enquiry:
            note_became(enquiry, grievance, by=user)
        return grievance

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=GRIEVANCES.list_url(), **kwargs)


class GrievanceEditView(GrievanceCreateView):
    """补充; of a draft the look by which it begins to count."""

    permission_required = CHANGE
    can_save_next = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.grievance = get_object_or_404(GRIEVANCES.rows(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{'核实' if self.grievance.is_draft else '补充'} {self.grievance.number}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"grievance": self.grievance}

    def initial(self) -> dict[str, Any]:
        return initial_of(self.grievance)

    def save(self, form: GrievanceForm) -> Grievance:
        service = accept_draft if self.grievance.is_draft else edit_grievance
        version = form.cleaned_data["version"] or 0
        return service(self.grievance, form.facts(), by=self.request.user, version=version)

    def saved_sentence(self, record: Grievance) -> str:
        return f"已保存 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"cancel_url": GRIEVANCES.detail_url(self.grievance.pk)}


@require_POST
@permission_required(ADD, raise_exception=True)
def grievance_hints(request: HttpRequest) -> HttpResponse:
    """Why this is rather a complaint, and earlier records of the number; it reads and changes nothing."""
    phone, words = request.POST.get("phone", "")[:60], request.POST.get("words", "")[:2000]
    repeats = list(repeats_of(phone, request.user))
    ticked = "、".join(request.POST.getlist("signals")[:8])[:200]
    return render(request, "complaints/_grievance_hints.html", {
        "reasons": reasons_of(words, ticked, repeats), "earlier": earlier_records(phone, request.user),
    })


class GrievanceStepView(RecordStepView):
    register = GRIEVANCES
    permission_required: Any = CHANGE


class SootheView(GrievanceStepView):
    form_class, step, done = SootheForm, "当场化解", "{record} 已化解"

    def initial(self) -> dict[str, Any]:
        return {"soothing": self.record.soothing}

    def act(self, data: dict[str, Any]) -> None:
        soothe_grievance(self.record, data["soothing"], by=self.request.user)


class VoidView(GrievanceStepView):
    """作废; of a draft 不采纳."""

    permission_required = VOID
    form_class, done = ReasonForm, "{record} 已作废"

    @property
    def step(self) -> str:  # type: ignore[override]
        return "不采纳" if self.record.is_draft else "作废"

    def act(self, data: dict[str, Any]) -> None:
        void_grievance(self.record, data["reason"], by=self.request.user)


class PhoneRevealView(RevealView):
    """看电话: asks why and writes it down."""

    register, permission_required, field = GRIEVANCES, (VIEW, REVEAL), "phone"
    usual_reason = "联系游客"


@require_POST
@permission_required((UPGRADE, CHANGE), raise_exception=True)
def grievance_upgrade(request: HttpRequest, pk: int) -> HttpResponse:
    """升级为投诉: one press, then the page of the complaint."""
    grievance = get_record(GRIEVANCES, request, pk)
    answer = answered(
        request, lambda: upgrade_grievance(grievance, by=request.user), f"{grievance} 已升级为投诉,督导已收到通知",
        GRIEVANCES.detail_url(pk),
    )
    made = grievance.complaint
    return redirect(COMPLAINTS.detail_url(made.pk)) if made and grievance.state == GrievanceState.UPGRADED else answer


@require_POST
@permission_required(CONFIRM, raise_exception=True)
def grievance_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """督导确认."""
    grievance = get_record(GRIEVANCES, request, pk)
    act = lambda: confirm_grievance(grievance, by=request.user)  # noqa: E731
    return answered(request, act, f"{grievance} 已确认", GRIEVANCES.detail_url(pk))


@require_POST
@permission_required(ARCHIVE, raise_exception=True)
def grievance_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """归档."""
    grievance = get_record(GRIEVANCES, request, pk)
    return answered(
        request, lambda: _archive(grievance, request.user), f"{grievance} 已归档", GRIEVANCES.detail_url(pk)
    )


def _archive(grievance: Grievance, user: Any) -> None:
    if not archive_grievances([grievance], by=user):
        raise NotPossibleNow(number=str(grievance), state=grievance.get_state_display(), wanted="已归档")


class GrievanceDetailView(RegisterDetailView):
    """One grievance: what was said, how it was soothed, whether it should be a complaint."""

    def questions(self, record: Grievance) -> dict[str, QuerySet]:
        return {"photos": photos_of(record), "repeats": repeats_for(record, self.request.user)}

    def fact_groups(self, record: Grievance) -> list[dict]:
        return fact_groups(record, self.request.user)

    def steps(self, record: Grievance) -> list[dict]:
        return steps_of(record, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        grievance, found = self.record, self.found
        photos = [{
            "caption": photo.caption, "full_url": reverse("photo", args=[photo.pk, "full"]),
            "thumb_url": reverse("photo", args=[photo.pk, "thumb"]),
        } for photo in found["photos"]]
        reasons = reasons_of(grievance.words, grievance.signals, found["repeats"]) if grievance.may_upgrade else []
        return context | {
            "record_what": f"{grievance.kind} · {grievance.place}", "photos": photos, "reasons": reasons,
            "earlier": earlier_records(grievance.phone, self.request.user, besides=grievance),
        }


def fact_groups(grievance: Grievance, user: Any) -> list[dict]:
    """In the order of the ledger's row."""
    reveal = ""
    if grievance.phone and user.has_perm(REVEAL):
        reveal = reverse("complaints:grievance_reveal", args=[grievance.pk])
    complaint = grievance.complaint
    url = reverse("complaints:complaint_detail", args=[complaint.pk]) if complaint else ""
    confirmed = f"{grievance.confirmed_by} {when(grievance.confirmed_at)}" if grievance.confirmed_at else ""
    return [{"title": "抱怨", "rows": [
        fact("抱怨内容", grievance.words, "long"), fact("时间", when(grievance.received_at)),
        fact("渠道", grievance.get_channel_display()), fact("类别", grievance.kind),
        fact("地点", grievance.place), fact("涉及部门", grievance.department), fact("升级信号", grievance.signals),
        fact("游客", grievance.visitor_name or "匿名"),
        fact("电话", grievance.phone_masked, "phone", reveal_url=reveal), *_source(grievance),
    ]}, {"title": "处理", "rows": [
        fact("安抚与处理", grievance.soothing, "wide"), fact("化解时间", _at(grievance.soothed_at)),
        fact("告知督导", _at(grievance.supervisor_told_at)), fact("接待人", grievance.created_by),
        fact("督导确认", confirmed),
        *([fact("投诉编号", complaint, "number", url=url)] if complaint else []),
        *([fact("作废原因", grievance.void_reason, "wide")] if grievance.void_reason else []),
    ]}]


def _source(grievance: Grievance) -> list[dict]:
    if not grievance.source_text:
        return []
    register = register_of(grievance.source) if grievance.source is not None else None
    url = register.detail_url(grievance.source_id) if register and grievance.source_id else ""
    return [fact("来源", grievance.source_text, url=url)]


def _at(moment: Any) -> str:
    return when(moment) if moment else ""


def steps_of(grievance: Grievance, user: Any) -> list[dict[str, Any]]:
    """The buttons that fit the state and the person."""
    return first_is_primary([each for each in _possible(grievance) if user.has_perm(each.pop("right"))])


def _possible(grievance: Grievance) -> list[dict[str, Any]]:
    state, upgrade = grievance.state, _step(
        grievance, "升级为投诉", "upgrade", "megaphone", UPGRADE, method="post",
        confirm=f"把 {grievance.number} 升级为投诉?督导会立即收到通知。",
    )
    void = _step(grievance, "作废", "void", "slash-circle", VOID, tone="cinnabar")
    edit = _step(grievance, "补充", "edit", "pencil-square", CHANGE)
    confirm = [] if grievance.confirmed_by else [
        _step(grievance, "督导确认", "confirm", "check2-all", CONFIRM, method="post")
    ]
    if state == GrievanceState.DRAFT:
        discard = _step(grievance, "不采纳", "void", "slash-circle", VOID, tone="cinnabar")
        return [_step(grievance, "核实登记", "edit", "check2", CHANGE), discard]
    if state == GrievanceState.REGISTERED:
        return [_step(grievance, "当场化解", "soothe", "check2", CHANGE), upgrade, edit, *confirm, void]
    if state == GrievanceState.SOOTHED:
        archive = _step(grievance, "归档", "archive", "archive", ARCHIVE, method="post")
        return [archive, upgrade, edit, *confirm, void]
    return confirm if state != GrievanceState.VOID else []


def _step(grievance: Grievance, label: str, name: str, icon: str, right: str, **more: Any) -> dict[str, Any]:
    return step(label, reverse(f"complaints:grievance_{name}", args=[grievance.pk]), icon, right=right, **more)
