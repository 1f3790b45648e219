"""Addresses of complaints and the steps of a case."""

from django.urls import path

from complaints.registers.complaints import COMPLAINTS
from complaints.views import complaints, steps
from servicedesk.views.registers import register_urls

STEPS = {
    "edit": complaints.ComplaintEditView, "action": steps.ActionView, "addendum": steps.AddendumView,
    "reply": steps.ReplyView, "offer": steps.OfferView, "accepted": steps.AcceptedView,
    "declined": steps.DeclinedView, "final": steps.FinalView, "wait": steps.WaitView, "go_on": steps.GoOnView,
    "reopen": steps.ReopenView, "severity": steps.SeverityView, "cause": steps.CauseView, "sign": steps.SignView,
    "hand": steps.HandView, "decline_case": steps.DeclineCaseView, "refuse": steps.RefuseView,
    "pass_on": steps.PassOnView, "merge": steps.MergeView, "withdraw": steps.WithdrawView,
    "downgrade": steps.DowngradeView, "void": steps.VoidView,
    "notice": steps.NoticeView, "phone_reveal": steps.PhoneRevealView, "document_reveal": steps.DocumentRevealView,
}
PRESSES = {
    "accept": steps.complaint_accept, "begin": steps.complaint_begin, "archive": steps.complaint_archive,
    "take": steps.complaint_take,
}

urlpatterns = [
    *register_urls(COMPLAINTS, detail=complaints.ComplaintDetailView, folder="cases"),
    path("cases/new/", complaints.ComplaintCreateView.as_view(), name="complaint_create"),
    path("cases/hints/", complaints.complaint_hints, name="complaint_hints"),
    *[
        path(f"cases/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=f"complaint_{step}")
        for step, view in STEPS.items()
    ],
    *[path(f"cases/<int:pk>/{name}/", view, name=f"complaint_{name}") for name, view in PRESSES.items()],
    path("cases/<int:pk>/actions/<int:action>/correct/", steps.CorrectView.as_view(), name="caseaction_correct"),
]
