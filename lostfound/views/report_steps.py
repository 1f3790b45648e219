"""The steps on a lost report's page: each a small form over one service."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lostfound.errors.reports import NoSuchItem
from lostfound.forms.report_steps import (
    ContactForm,
    FoundByHandForm,
    MatchByHandForm,
    MeasureForm,
    ReportReasonForm,
    RevealForm,
)
from lostfound.models import FoundItem, LostReport
from lostfound.registers.reports import LOST_REPORTS
from lostfound.services.contacts import contacts_of, record_contact
from lostfound.services.matching import match_by_hand
from lostfound.services.report_facts import MeasureFacts
from lostfound.services.reports import add_measure, close_as_found, close_lost_report, reopen_lost_report
from lostfound.services.viewing import refuse_closed
from lostfound.views.report_facts import REVEAL_RIGHTS
from lostfound.views.reports import get_report
from servicedesk.errors import Refusal
from servicedesk.services.disclosing import disclose
from servicedesk.views.forms import RecordFormView

TO_CALL = "致电失主"


class ReportStepView(RecordFormView):
    """A step about the report of the address; afterwards back to its page."""

    register = LOST_REPORTS
    template_name = "lostfound/lostreport_step.html"
    needs_point = False
    step = ""
    done = "已保存 {report}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.report = get_report(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def form_title(self) -> str:
        return f"{self.step} {self.report.number}"

    @property
    def save_label(self) -> str:
        return self.step

    def form_kwargs(self) -> dict[str, Any]:
        return {"report": self.report}

    def saved_sentence(self, record: LostReport) -> str:
        return self.done.format(report=record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            report=self.report, cancel_url=LOST_REPORTS.detail_url(self.report.pk), **kwargs
        )

    def save(self, form: Any) -> LostReport:
        self.act(form.cleaned_data)
        return self.report

    def act(self, data: dict[str, Any]) -> None:
        raise NotImplementedError

    def item_of(self, number: str) -> FoundItem:
        """The item that the clerk named, if they may see it.

        Raises:
            NoSuchItem: none of that number at the person's desks.
        """
        found = FoundItem.objects.visible_to(self.request.user).filter(number=number.strip().upper()).first()
        if found is None:
            raise NoSuchItem(field="item_number", number=number)
        return found


class CloseView(ReportStepView):
    permission_required, form_class, step = "lostfound.close_lostreport", ReportReasonForm, "撤销"
    done = "已撤销 {report}"

    def act(self, data: dict[str, Any]) -> None:
        close_lost_report(self.report, by=self.request.user, reason=data["reason"])


class ReopenView(ReportStepView):
    permission_required, form_class, step = "lostfound.reopen_lostreport", ReportReasonForm, "重新寻找"
    done = "已重新寻找 {report}"

    def act(self, data: dict[str, Any]) -> None:
        reopen_lost_report(self.report, by=self.request.user, reason=data["reason"])


class FoundView(ReportStepView):
    permission_required, form_class, step = "lostfound.close_lostreport", FoundByHandForm, "已找回"
    done = "已结案 {report}:已找回"

    def initial(self) -> dict[str, Any]:
        return {"fetched_by": self.report.owner_name}

    def act(self, data: dict[str, Any]) -> None:
        number = data["item_number"]
        close_as_found(
            self.report, by=self.request.user, fetched_by=data["fetched_by"], reason=data["reason"],
            item=self.item_of(number) if number else None,
        )


class MatchByHandView(ReportStepView):
    """关联拾物; the owner is to be told next."""

    permission_required, form_class, step = "lostfound.change_match", MatchByHandForm, "关联拾物"
    done = "已关联 {report},请联系失主。"

    def act(self, data: dict[str, Any]) -> None:
        match_by_hand(self.item_of(data["item_number"]), self.report, by=self.request.user)

    def next_url(self, record: LostReport) -> str:
        return reverse("lostfound:lostreport_contact", args=[record.pk])


class MeasureView(ReportStepView):
    permission_required, form_class, step = "lostfound.change_lostreport", MeasureForm, "记措施"
    done = "已记措施 {report}"

    def act(self, data: dict[str, Any]) -> None:
        facts = MeasureFacts(kind=data["kind"], at=data["at"], detail=data["detail"])
        add_measure(self.report, facts, by=self.request.user)


class ContactView(ReportStepView):
    """联系失主: the number is masked until asked for; each try is written down."""

    permission_required, form_class, step = "lostfound.add_contactattempt", ContactForm, "联系失主"
    template_name = "lostfound/lostreport_contact.html"
    done = "已记联系 {report}"
    save_label = "记下这次联系"

    def act(self, data: dict[str, Any]) -> None:
        names = ("channel", "outcome", "at", "note")
        record_contact(by=self.request.user, report=self.report, **{name: data[name] for name in names})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            contacts=list(contacts_of(self.report)),
            reveal_url=reverse("lostfound:lostreport_reveal", args=[self.report.pk, "phone"]), **kwargs,
        )


class RevealView(ReportStepView):
    """看全部: asks why, writes it down, shows the value on this page alone."""

    permission_required, form_class, step = "lostfound.view_lostreport", RevealForm, "查看"

    @property
    def field(self) -> str:
        return self.kwargs["field"]

    @property
    def label(self) -> str:
        return str(LostReport._meta.get_field(self.field).verbose_name)

    @property
    def form_title(self) -> str:
        return f"查看{self.label} {self.report.number}"

    def initial(self) -> dict[str, Any]:
        return {"reason": TO_CALL} if self.field == "phone" else {}

    def has_permission(self) -> bool:
        return super().has_permission() and self.request.user.has_perm(REVEAL_RIGHTS[self.field])

    def draft_key(self) -> str:
        return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, "", status=422)
        try:
            self._open(form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
            return self.show(form, "", status=refusal.status)
        return render(request, "lostfound/lostreport_revealed.html", {
            "report": self.report, "label": self.label, "value": getattr(self.report, self.field),
            "register": LOST_REPORTS, "is_phone": self.field == "phone",
        })

    def _open(self, reason: str) -> None:
        if self.field == "blind_answers":
            for claim in self.report.claims.select_related("item"):
                refuse_closed(claim.item)
            for match in self.report.matches.confirmed().select_related("item"):
                refuse_closed(match.item)
        disclose(self.report, self.label, self.request.user, reason, right=REVEAL_RIGHTS[self.field])
