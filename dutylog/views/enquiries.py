"""The book of calls and questions: writing a line, the record page, its steps, and the counters."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dutylog.choices import TallyDirection
from dutylog.forms.enquiries import EDITED, AnswerForm, EnquiryForm, RelayForm, WhyForm
from dutylog.handoffs import handoffs_for
from dutylog.models import DutyDay, Enquiry, LogEntry
from dutylog.panels import Panel, add_panel
from dutylog.registers.enquiries import ENQUIRIES, term
from dutylog.services.callers import earlier_records
from dutylog.services.chain import steps_about
from dutylog.services.days import duty_date
from dutylog.services.enquiries import (
    answer_enquiry,
    edit_enquiry,
    register_enquiry,
    relay_enquiry,
    void_enquiry,
)
from dutylog.services.registerlines import lines_about
from dutylog.services.tallies import count_question, counters, strokes_of, take_back
from dutylog.views.revealing import RevealView
from servicedesk.errors import Refusal
from servicedesk.register import register_of
from servicedesk.services.points import current_point, required_point
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView, RegisterListView
from servicedesk.views.steps import RecordStepView

ADD, CHANGE, VOID = "dutylog.add_enquiry", "dutylog.change_enquiry", "dutylog.void_enquiry"
COUNT = "dutylog.add_enquirytally"


def day_now(point: Any) -> DutyDay | None:
    """The sheet that a stroke would go to, if it is there; looking makes none."""
    if point is None:
        return None
    return DutyDay.objects.filter(service_point=point, on=duty_date(timezone.now(), point)).first()


def counters_for(day: DutyDay | None, user: Any, strokes: Iterable[tuple] | None = None) -> dict[str, Any]:
    """The counters of a sheet, and whether this person may add to them; `strokes` where they are in hand."""
    is_open = day is None or not day.is_locked
    return counters(day, strokes) | {"can_count": is_open and user.has_perm(COUNT)}


class EnquiryListView(RegisterListView):
    """The book, with the counters on top."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = day_now(current_point(self.request))
        return super().get_context_data(facts=counters_for(day, self.request.user), **kwargs)


class EnquiryCreateView(RecordFormView):
    """登记 a call or question, with what the desk already has of the number at its side."""

    permission_required = ADD
    register = ENQUIRIES
    form_class: Any = EnquiryForm
    form_title = "来电咨询登记"
    can_save_next = True

    def side_url(self) -> str:
        return reverse("dutylog:enquiry_hints")

    def save(self, form: EnquiryForm) -> Enquiry:
        return register_enquiry(form.facts(), by=self.request.user, point=form.point)

    def saved_sentence(self, record: Enquiry) -> str:
        return f"已登记 {record}" + (f",请于 {when(record.due_at)} 前答复" if record.is_open else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=ENQUIRIES.list_url(), **kwargs)


@require_POST
@permission_required(ADD, raise_exception=True)
def enquiry_hints(request: HttpRequest) -> HttpResponse:
    """Earlier records of the number that is being typed; it reads and changes nothing."""
    earlier = earlier_records(request.POST.get("phone", "")[:60], request.user)
    return render(request, "dutylog/_enquiry_hints.html", {"earlier": earlier})


class EnquiryStepView(RecordStepView):
    register = ENQUIRIES


class EnquiryEditView(EnquiryStepView):
    permission_required, form_class, step = CHANGE, EnquiryForm, "编辑"
    save_label = "保存"

    def form_kwargs(self) -> dict[str, Any]:
        return {"enquiry": self.record}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in EDITED}

    def save(self, form: EnquiryForm) -> Enquiry:
        version = form.cleaned_data["version"] or 0
        return edit_enquiry(self.record, form.facts(), by=self.request.user, version=version)


class EnquiryAnswerView(EnquiryStepView):
    permission_required, form_class, step = CHANGE, AnswerForm, "记答复"
    done = "已记答复 {record}"

    def act(self, data: dict[str, Any]) -> None:
        answer_enquiry(self.record, data["answer"], by=self.request.user, answered_at=data["answered_at"])


class EnquiryRelayView(EnquiryStepView):
    permission_required, form_class, step = CHANGE, RelayForm, "转告"
    done = "已转告 {record}"

    def act(self, data: dict[str, Any]) -> None:
        relay_enquiry(self.record, data["relay_to"], data["relay_text"], by=self.request.user)


class EnquiryVoidView(EnquiryStepView):
    permission_required, form_class, step = VOID, WhyForm, "作废"
    done = "已作废 {record}"

    def act(self, data: dict[str, Any]) -> None:
        void_enquiry(self.record, by=self.request.user, reason=data["reason"])


class EnquiryRevealView(RevealView):
    """看号码: to call back; asks why and writes it down."""

    register, permission_required, field, right = ENQUIRIES, CHANGE, "phone", CHANGE
    usual_reason = "回电"


class EnquiryDetailView(RegisterDetailView):
    """One call or question: what was asked, until when it is answered and why then, what became of it."""

    def questions(self, record: Enquiry) -> dict[str, QuerySet]:
        return {"chain": steps_about(LogEntry, lines_about(record).order_by().values("pk"))}

    def fact_groups(self, record: Enquiry) -> list[dict]:
        return fact_groups(record, self.request.user)

    def steps(self, record: Enquiry) -> list[dict]:
        return steps_for(record, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "record_what": self.record.described, "term": term(self.record), "chain": self.found["chain"],
            "earlier": earlier_records(self.record.phone, self.request.user, besides=self.record),
        }


def fact_groups(enquiry: Enquiry, user: Any) -> list[dict]:
    """Who, what, the answer with its moment, the message for a colleague."""
    reveal = reverse("dutylog:enquiry_reveal", args=[enquiry.pk]) if enquiry.phone and user.has_perm(CHANGE) else ""
    relay = [{"title": "转告", "rows": [
        fact("转告给", enquiry.relay_to), fact("转告时间", _at(enquiry.relayed_at)),
        fact("转告内容", enquiry.relay_text, "wide"),
    ]}] if enquiry.relay_to else []
    void = [fact("作废原因", enquiry.void_reason, "wide")] if enquiry.void_reason else []
    return [
        {"title": "来电咨询", "rows": [
            fact("方式", f"{enquiry.get_direction_display()}{'(未接)' if enquiry.is_missed else ''}"),
            fact("时间", when(enquiry.received_at)), fact("姓名", enquiry.caller_name),
            fact("电话", enquiry.phone_masked, "phone", reveal_url=reveal),
            fact("类别", enquiry.get_kind_display()), fact("登记", f"{enquiry.created_by} {when(enquiry.created_at)}"),
            fact("内容", enquiry.summary, "long"), *void,
        ]},
        {"title": "答复", "rows": [
            fact("答复期限", _at(enquiry.due_at), help=term(enquiry)),
            fact("答复时间", _at(enquiry.answered_at)), fact("答复人", enquiry.answered_by), _became(enquiry, user),
            fact("答复", enquiry.answer, "long"),
        ]},
        *relay,
    ]


def _at(moment: Any) -> str:
    return when(moment) if moment else ""


def _became(enquiry: Enquiry, user: Any) -> dict[str, Any]:
    register = register_of(enquiry.became) if enquiry.became is not None else None
    may = register is not None and user.has_perm(register.permission("view"))
    url = register.detail_url(enquiry.object_id) if register and may and enquiry.object_id else ""
    return fact("已转", enquiry.became_number, "number", url=url)


def steps_for(enquiry: Enquiry, user: Any) -> list[dict]:
    """The buttons that fit the state and the person; a hand-off made for the kind comes first."""
    onward = handoffs_for(enquiry, user)
    likely = [step(each.label, each.url(enquiry), each.icon) for each in onward if enquiry.kind in each.kinds]
    others = [step(each.label, each.url(enquiry), each.icon) for each in onward if enquiry.kind not in each.kinds]
    own = [each for each in _own_steps(enquiry) if user.has_perm(each.pop("right"))]
    return first_is_primary([*likely, *own[:1], *others, *own[1:]])


def _own_steps(enquiry: Enquiry) -> list[dict[str, Any]]:
    if enquiry.state == "void":
        return []
    answer = [_step(enquiry, "记答复", "answer", "reply", CHANGE)] if enquiry.is_open else []
    return [
        *answer, _step(enquiry, "转告", "relay", "person-up", CHANGE), _step(enquiry, "编辑", "edit", "pencil", CHANGE),
        _step(enquiry, "作废", "void", "slash-circle", VOID, tone="cinnabar"),
    ]


def _step(enquiry: Enquiry, label: str, name: str, icon: str, right: str, **more: Any) -> dict[str, Any]:
    return step(label, reverse(f"dutylog:enquiry_{name}", args=[enquiry.pk]), icon, right=right, **more)


@require_POST
@permission_required(COUNT, raise_exception=True)
def enquiry_count(request: HttpRequest) -> HttpResponse:
    """One stroke of a counter; the panel comes back with the new figures."""
    topic, direction = request.POST.get("topic", ""), request.POST.get("direction", TallyDirection.ON_SITE)
    return _counted(request, lambda point: count_question(topic, direction, by=request.user, point=point))


@require_POST
@permission_required(COUNT, raise_exception=True)
def enquiry_take_back(request: HttpRequest) -> HttpResponse:
    """撤回: the person's last stroke."""
    return _counted(request, lambda point: take_back(by=request.user, point=point))


def _counted(request: HttpRequest, act: Any) -> HttpResponse:
    point, error, last = required_point(request), "", None
    try:
        last = act(point)
    except Refusal as refusal:
        error = refusal.sentence
    if not request.htmx:
        if error:
            messages.error(request, error)
        return redirect(ENQUIRIES.list_url())
    day = day_now(point)
    facts = counters_for(day, request.user) | {"error": error, "last": last}
    return render(request, "dutylog/_counters.html", {"facts": facts})


def _questions(day: DutyDay, user: Any) -> dict[str, QuerySet]:  # noqa: ARG001
    return {"strokes": strokes_of(day)}


def _panel(day: DutyDay, user: Any, found: dict[str, list[Any]]) -> dict[str, Any]:
    """The counters stand on the sheet that a stroke would go to; an earlier one only shows its figures."""
    facts = counters_for(day, user, found["strokes"])
    return facts if day.on == duty_date(timezone.now(), day.service_point) else facts | {"can_count": False}


add_panel(Panel(
    key="counters", title="咨询计数", order=10, template="dutylog/_counters.html", context=_panel,
    questions=_questions, right="dutylog.view_enquiry",
))
