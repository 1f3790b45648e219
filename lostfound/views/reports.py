"""The book of lost reports: taking one, the record page, putting it right, what is known while typing."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dutylog.models import Enquiry
from dutylog.services.enquiries import note_became, of_request
from lostfound.choices import ReportChannel, ReportState
from lostfound.forms.reports import LostReportForm, initial_of, usual_window
from lostfound.models import LostReport
from lostfound.registers.reports import LOST_REPORTS
from lostfound.services.contacts import as_events
from lostfound.services.report_hints import likely_items, same_visitor
from lostfound.services.reports import edit_lost_report, register_lost_report
from lostfound.views.report_facts import aside_of, aside_questions, fact_groups, hint_of
from servicedesk.forms.fields import read_when
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import RegisterDetailView


def get_report(request: HttpRequest, pk: int) -> LostReport:
    """The visible report of the address; 404 for one of another desk as for none."""
    return get_object_or_404(LOST_REPORTS.rows(request.user), pk=pk)


class ReportCreateView(RecordFormView):
    """失物登记, with what the system knows at its side."""

    permission_required = "lostfound.add_lostreport"
    register = LOST_REPORTS
    form_class = LostReportForm
    form_title = "失物登记"
    template_name = "lostfound/lostreport_form.html"
    can_save_next = True

    def initial(self) -> dict[str, Any]:
        enquiry = of_request(self.request)
        return told_by(enquiry) if enquiry else usual_window(timezone.now())

    def draft_key(self) -> str:
        """What was typed about another caller is never offered for this one."""
        enquiry = of_request(self.request)
        return f"{super().draft_key()}-{enquiry.number}" if enquiry else super().draft_key()

    def side_url(self) -> str:
        return reverse("lostfound:lostreport_hints")

    def save(self, form: LostReportForm) -> LostReport:
        report = register_lost_report(form.facts(), by=self.request.user, point=form.point)
        enquiry = of_request(self.request)
        if enquiry:
            note_became(enquiry, report, by=self.request.user)
        return report

    def saved_sentence(self, record: LostReport) -> str:
        waiting = record.matches.suggested().count()
        return f"已登记 {record}" + (f",有 {waiting} 件拾物可能是它,请核对。" if waiting else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=LOST_REPORTS.list_url(), **kwargs)


def told_by(enquiry: Enquiry) -> dict[str, Any]:
    """What a call or question already said of the loss."""
    channel = ReportChannel.PHONE if enquiry.is_by_phone else ReportChannel.DESK
    return usual_window(enquiry.received_at) | {
        "channel": channel, "owner_name": enquiry.caller_name, "phone": enquiry.phone, "features": enquiry.summary,
    }


class ReportEditView(ReportCreateView):
    """编辑: what the visitor said is put right or completed."""

    permission_required = "lostfound.change_lostreport"
    can_save_next = False

    @property
    def form_title(self) -> str:
        return f"编辑 {self.report.number}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.report = get_report(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return {"report": self.report}

    def initial(self) -> dict[str, Any]:
        return initial_of(self.report)

    def save(self, form: LostReportForm) -> LostReport:
        version = form.cleaned_data["version"] or 0
        return edit_lost_report(self.report, form.facts(), by=self.request.user, version=version)

    def saved_sentence(self, record: LostReport) -> str:
        return f"已保存 {record}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"cancel_url": LOST_REPORTS.detail_url(self.report.pk)}


class LostReportDetailView(RegisterDetailView):
    """One loss: who misses what, what was done, what it may be, what can be done next."""

    def fact_groups(self, record: LostReport) -> list[dict]:
        return fact_groups(record, self.request.user, self.found["steps"])

    def steps(self, record: LostReport) -> list[dict]:
        return steps_of(record, self.request.user)

    def questions(self, record: LostReport) -> dict[str, models.QuerySet]:
        return aside_questions(record, self.request.user)

    def events(self, record: LostReport) -> list[dict]:  # noqa: ARG002
        measures = [
            {"at": m.at, "who": m.by.name, "title": m.get_kind_display(), "changes": [], "reason": m.detail}
            for m in self.found["measures"]
        ]
        return [*measures, *as_events(self.found["contacts"])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"record_what": self.record.described, **aside_of(self.found, self.request.user)}


def steps_of(report: LostReport, user: Any) -> list[dict]:
    """The buttons that fit the state and the person; the likely one first and primary."""
    found = [step for step in _possible(report) if user.has_perm(step.pop("right"))]
    for place, step in enumerate(found):
        step["is_primary"] = place == 0
    return found


def _step(report: LostReport, label: str, name: str, icon: str, right: str, **more: Any) -> dict[str, Any]:
    url = reverse(f"lostfound:lostreport_{name}", args=[report.pk])
    return {"label": label, "url": url, "icon": icon, "right": f"lostfound.{right}", **more}


def _possible(report: LostReport) -> list[dict[str, Any]]:
    if not report.is_searching:
        return [_step(report, "重新寻找", "reopen", "arrow-counterclockwise", "reopen_lostreport")]
    contact = _step(report, "联系失主", "contact", "telephone", "add_contactattempt")
    steps = [
        _step(report, "关联拾物", "match", "link-45deg", "change_match"),
        _step(report, "记措施", "measure", "megaphone", "change_lostreport"),
        _step(report, "编辑", "edit", "pencil", "change_lostreport"),
        _step(report, "已找回", "found", "check2-circle", "close_lostreport"),
        _step(report, "撤销", "close", "x-circle", "close_lostreport", tone="cinnabar"),
    ]
    return [contact, *steps] if report.state == ReportState.MATCHED else [steps[0], contact, *steps[1:]]


@require_POST
def hints(request: HttpRequest) -> HttpResponse:
    """What the system knows while a loss is being told; it reads and changes nothing."""
    user, typed = request.user, request.POST
    if not user.has_perm("lostfound.add_lostreport"):
        raise PermissionDenied
    lost_from, lost_to = _typed_window(typed)
    likely = likely_items(typed, typed.getlist("zones"), user, lost_from, lost_to)
    return render(request, "lostfound/_report_hints.html", {
        "items": [hint_of(item, user, why=" · ".join(alike.reasons)) for alike, item in likely],
        "same_visitor": [hint_of(record, user) for record in same_visitor(typed.get("phone", "")[:60], user)],
    })


def _typed_window(typed: Any) -> tuple[dt.datetime, dt.datetime]:
    now = timezone.localtime()
    end = read_when(typed.get("lost_to", "")[:40], now) or now
    return read_when(typed.get("lost_from", "")[:40], now) or end - dt.timedelta(days=1), end
