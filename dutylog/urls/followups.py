"""Addresses of follow-ups."""

from django.urls import path

from dutylog.registers.followups import FOLLOW_UPS
from dutylog.views import followups
from servicedesk.views.registers import register_urls

STEPS = {
    "assign": followups.FollowUpAssignView, "progress": followups.FollowUpProgressView,
    "done": followups.FollowUpDoneView, "verify": followups.FollowUpVerifyView,
    "send_back": followups.FollowUpSendBackView, "reopen": followups.FollowUpReopenView,
    "void": followups.FollowUpVoidView,
}

urlpatterns = [
    *register_urls(FOLLOW_UPS, detail=followups.FollowUpDetailView, folder="follow-ups"),
    path("follow-ups/new/", followups.FollowUpCreateView.as_view(), name="followup_create"),
    path("follow-ups/old-items/", followups.followup_proposals, name="followup_proposals"),
    path("follow-ups/old-items/<int:pk>/take/", followups.followup_from_item, name="followup_from_item"),
    *[
        path(f"follow-ups/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=f"followup_{step}")
        for step, view in STEPS.items()
    ],
]
