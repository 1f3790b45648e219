"""投诉汇总表: the figures of a week or a month, their approval and their correction; as a workbook too."""

import uuid
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView

from complaints.forms.figures import ApproveForm, CorrectForm
from complaints.models import FigureApproval, FigureCorrection
from complaints.services.approvals import approve_period, correct_period, mark_of
from complaints.services.summaries import Summary, summary_of
from complaints.services.summarybooks import summary_workbook
from servicedesk.figures import Asked
from servicedesk.periods import Period, month_of, read_period, week_of
from servicedesk.services.points import required_point
from servicedesk.views.forms import RecordFormView
from servicedesk.views.registers import EXCEL

VIEW, APPROVE, SEE_ALL = "complaints.view_figures", "complaints.approve_figures", "servicedesk.see_all_points"
EXPORT = "complaints.export_complaint"
DESK = "desk"


def asked_of(request: HttpRequest) -> Asked:
    """The period and desk of the address; this month where none is named. 404 for what is no period.

    Who sees all desks gets the house, unless they ask for the desk they work at; others their desk alone.
    """
    now = timezone.now()
    text = request.GET.get("period", "")
    period = read_period(text) if text else month_of(timezone.localdate(now))
    if period is None or period.begins > now:
        raise Http404
    is_house = request.user.has_perm(SEE_ALL) and request.GET.get("scope") != DESK
    return Asked(period=period, now=now, point=None if is_house else required_point(request))


def address_of(asked: Asked, period: Period | None = None, *, page: str = "complaints:figures", scope: str = "") -> str:
    """The page of another period or desk."""
    wanted = scope or (DESK if asked.point else "")
    query = {"period": (period or asked.period).key} | ({"scope": wanted} if wanted == DESK else {})
    return f"{reverse(page)}?{urlencode(query)}"


class FiguresView(PermissionRequiredMixin, TemplateView):
    """The summary on the screen."""

    permission_required: Any = VIEW
    raise_exception = True
    template_name = "complaints/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = asked_of(self.request), self.request.user
        summary, period = summary_of(asked), asked.period
        may_approve = user.has_perms((APPROVE, SEE_ALL)) and asked.point is None
        return super().get_context_data(
            summary=summary, period=period, tabs=tabs(asked), scopes=scopes(asked) if user.has_perm(SEE_ALL) else [],
            earlier_url=address_of(asked, period.before), paper_url=paper_url(asked),
            later_url=address_of(asked, period.following) if period.is_over(asked.now) else "",
            export_url=address_of(asked, page="complaints:figures_export") if user.has_perm(EXPORT) else "",
            can_approve=may_approve and summary.is_over and not summary.approval,
            can_correct=may_approve and summary.approval and summary.changed, **kwargs,
        )


def tabs(asked: Asked) -> list[dict[str, Any]]:
    """The usual periods; by weeks and by months."""
    today = timezone.localdate(asked.now)
    week, month = week_of(today), month_of(today)
    named = (("本周", week), ("上周", week.before), ("本月", month), ("上月", month.before))
    return [
        {"label": label, "url": address_of(asked, period), "is_current": period == asked.period}
        for label, period in named
    ]


def scopes(asked: Asked) -> list[dict[str, Any]]:
    return [
        {"label": "全部服务点", "url": address_of(asked, scope="house"), "is_current": asked.point is None},
        {"label": "本服务点", "url": address_of(asked, scope=DESK), "is_current": asked.point is not None},
    ]


def paper_url(asked: Asked) -> str:
    period = asked.period
    query = {"week" if period.is_week else "month": period.key} | ({} if asked.point else {"scope": "house"})
    return f"{reverse('paper', args=['complaint-summary'])}?{urlencode(query)}"


class FiguresExportView(PermissionRequiredMixin, TemplateView):
    """The workbook: one sheet of figures, one of the cases, masked."""

    permission_required = (VIEW, EXPORT)
    raise_exception = True
    http_method_names = ["get"]  # a HEAD would note an export that nobody got

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = asked_of(request)
        content = summary_workbook(summary_of(asked), user=request.user, query=request.GET.urlencode())
        name = f"投诉汇总表 {asked.period.key}.xlsx"
        return HttpResponse(
            content, content_type=EXCEL, headers={"Content-Disposition": content_disposition_header(True, name)}
        )


class PeriodFormView(RecordFormView):
    """A form about the figures of a period, those of the house."""

    permission_required: Any = (APPROVE, SEE_ALL)
    needs_point = False

    @cached_property
    def period(self) -> Period:
        found = read_period(self.kwargs["period"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def summary(self) -> Summary:
        return summary_of(Asked(period=self.period, now=timezone.now()))

    def next_url(self, record: Any) -> str:  # noqa: ARG002
        return f"{reverse('complaints:figures')}?period={self.period.key}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(summary=self.summary, cancel_url=self.next_url(None), **kwargs)


class ApproveView(PeriodFormView):
    """核定."""

    form_class, template_name, save_label = ApproveForm, "complaints/figures_approve.html", "核定"

    @property
    def form_title(self) -> str:
        return f"核定 {self.period.label}的投诉汇总"

    def initial(self) -> dict[str, Any]:
        return {"seen": mark_of(self.summary.readings)}

    def show(self, form: ApproveForm, key: uuid.UUID, status: int = 200) -> HttpResponse:
        """The mark is that of the numbers on the page, also when the form comes back with them."""
        if form.is_bound:
            typed = self.request.POST.copy()
            typed["seen"] = form.initial["seen"]
            form.data = typed
        return super().show(form, key, status)

    def save(self, form: ApproveForm) -> FigureApproval:
        typed = form.cleaned_data
        return approve_period(self.period, by=self.request.user, seen=typed["seen"], note=typed["note"])

    def saved_sentence(self, record: FigureApproval) -> str:
        return f"{record}的数据已核定,以后的变化须更正"


class CorrectView(PeriodFormView):
    """更正, with the reason."""

    form_class, template_name, save_label = CorrectForm, "complaints/figures_correct.html", "更正"

    @property
    def form_title(self) -> str:
        return f"更正 {self.period.label}的投诉汇总"

    def save(self, form: CorrectForm) -> FigureCorrection:
        return correct_period(self.period, form.cleaned_data["reason"], by=self.request.user)

    def saved_sentence(self, record: FigureCorrection) -> str:
        return f"{record.approval}已更正 {record.figures.count()} 个数字,原数仍列在汇总表上"
