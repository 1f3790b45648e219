"""What visitors report and read on open pages, and the desk's look at it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lostfound.choices import OPEN_ITEM_STATES, NoticeState, VisitorReportState
from lostfound.forms.visitors import DropForm, OpenForm, VisitorReportForm
from lostfound.models import LostReport, NoticeLine, VisitorReport
from lostfound.registers.reports import LOST_REPORTS
from lostfound.registers.visitors import VISITOR_REPORTS
from lostfound.services.visitors import drop_visitor_report, take_visitor_report, verify_visitor_report
from servicedesk.errors import Refusal
from servicedesk.services.disclosing import disclose
from servicedesk.templatetags.said import when
from servicedesk.views.facts import fact, first_is_primary, step
from servicedesk.views.registers import RegisterDetailView
from servicedesk.views.steps import RecordStepView, get_record
from servicedesk.views.visitors import VisitorFormView, VisitorView

CHANGE = "lostfound.change_visitorreport"
MOST_LINES, MOST_SAME = 200, 5


# ---- open to visitors ----------------------------------------------------------------------
class VisitorLossView(VisitorFormView):
    """失物登记 by a visitor: one page."""

    template_name, page, done_page = "lostfound/visitor_loss.html", "lostfound:visitor_loss", "lostfound:visitor_told"

    def make_form(self, data: Any = None) -> VisitorReportForm:
        return VisitorReportForm(data, language=self.language, code=self.code)

    def find(self, key: uuid.UUID) -> VisitorReport | None:
        return VisitorReport.objects.filter(posted_key=key).first()

    def save(self, form: VisitorReportForm, key: uuid.UUID) -> None:
        take_visitor_report(form.facts(), code=self.code, key=key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(notices_url=self.address("lostfound:visitor_notices"), **kwargs)


class VisitorToldView(VisitorView):
    """The number for the visitor, and how far it is; only who sent it knows the address."""

    template_name, page = "lostfound/visitor_told.html", "lostfound:visitor_told"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = VisitorReport.objects.filter(posted_key=self.kwargs["key"], code=self.code).select_related(
            "report").first()
        if told is None:
            raise Http404
        return super().get_context_data(
            told=told, notices_url=self.address("lostfound:visitor_notices"),
            first_url=self.address("lostfound:visitor_loss"), **kwargs,
        )

    def address(self, page: str = "", *args: Any, language: str = "") -> str:
        own = (self.kwargs["key"],) if page in {"", self.page} else args
        return super().address(page, *own, language=language)


class VisitorNoticesView(VisitorView):
    """招领公告: what published notices say of things that still wait for their owner."""

    template_name, page = "lostfound/visitor_notices.html", "lostfound:visitor_notices"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = NoticeLine.objects.filter(
            notice__state=NoticeState.PUBLISHED, item__state__in=OPEN_ITEM_STATES
        ).select_related("notice__service_point").order_by("-notice__published_at", "pk")[:MOST_LINES]
        newest = {line.item_id: line for line in reversed(lines)}
        return super().get_context_data(
            lines=[line for line in lines if newest[line.item_id] is line],
            loss_url=self.address("lostfound:visitor_loss"), **kwargs,
        )


# ---- at the desk -----------------------------------------------------------------------------
class VisitorReportDetailView(RegisterDetailView):
    """One report of a visitor, beside the lost reports of the same number."""

    def questions(self, record: VisitorReport) -> dict[str, models.QuerySet]:
        same = LostReport.objects.visible_to(self.request.user).of_phone(record.phone).exclude(pk=record.report_id)
        return {"same": same.select_related("category").order_by("-created_at")[:MOST_SAME]}

    def fact_groups(self, record: VisitorReport) -> list[dict]:
        url = reverse("lostfound:visitorreport_reveal", args=[record.pk]) if self.request.user.has_perm(CHANGE) else ""
        report = record.report
        rows = [
            fact("物品", record.described), fact("遗失地点", record.zone), fact("遗失时间", record.lost_when),
            fact("最后见到", record.last_seen), fact("特征", record.features, "long"),
            fact("失主", record.owner_masked), fact("电话", record.phone_masked, "phone", reveal_url=url),
            fact("提交时间", when(record.created_at)), fact("二维码", record.code),
            fact("语言", record.get_language_display()),
            fact("失物登记", report, "number", url=LOST_REPORTS.detail_url(report.pk) if report else ""),
        ]
        if record.drop_reason:
            rows.append(fact("不登记原因", record.drop_reason, "wide"))
        same = [
            fact(str(each), each.described, url=LOST_REPORTS.detail_url(each.pk), help=each.get_state_display())
            for each in self.found["same"]
        ]
        return [{"title": "游客所说", "rows": rows}, *([{"title": "同一电话的失物登记", "rows": same}] if same else [])]

    def steps(self, record: VisitorReport) -> list[dict]:
        if record.state == VisitorReportState.VERIFIED or not self.request.user.has_perm(CHANGE):
            return []
        verify, drop = (reverse(f"lostfound:visitorreport_{verb}", args=[record.pk]) for verb in ("verify", "drop"))
        found = [step("核实登记", verify, "check2-circle", method="post")]
        if record.state == VisitorReportState.WAITING:
            found.append(step("不登记", drop, "x-circle"))
        return first_is_primary(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"record_what": self.record.described}


@require_POST
@permission_required((CHANGE, "lostfound.add_lostreport"), raise_exception=True)
def visitorreport_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """核实登记: one click makes the lost report."""
    told = get_record(VISITOR_REPORTS, request, pk)
    try:
        report = verify_visitor_report(told, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(VISITOR_REPORTS.detail_url(told.pk))
    messages.success(request, f"已登记 {report},请与游客核对后补全。")
    return redirect(LOST_REPORTS.detail_url(report.pk))


class VisitorReportDropView(RecordStepView):
    """不登记, with the reason."""

    register, permission_required, form_class = VISITOR_REPORTS, CHANGE, DropForm
    step, done = "不登记", "已记下:{record} 不登记"

    def act(self, data: dict[str, Any]) -> None:
        drop_visitor_report(self.record, by=self.request.user, reason=data["reason"])


class VisitorReportRevealView(RecordStepView):
    """看全部: asks why, writes it down, shows the number on this page alone."""

    register, form_class, step, permission_required = VISITOR_REPORTS, OpenForm, "查看电话", CHANGE

    def draft_key(self) -> str:
        return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, "", status=422)  # type: ignore[arg-type]
        try:
            disclose(self.record, "电话", request.user, form.cleaned_data["reason"], right=CHANGE)
        except Refusal as refusal:
            form.refuse(refusal)
            return self.show(form, "", status=refusal.status)  # type: ignore[arg-type]
        return render(request, "dutylog/revealed.html", {
            "record": self.record, "label": "电话", "value": self.record.phone, "register": VISITOR_REPORTS,
            "back": VISITOR_REPORTS.detail_url(self.record.pk),
        })
