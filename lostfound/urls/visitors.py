"""Addresses that stand open to visitors, and the inbox of what they report."""

from django.urls import path

from lostfound.registers.visitors import VISITOR_REPORTS
from lostfound.views import visitors
from servicedesk.views.registers import register_urls

urlpatterns = [
    path("v/<slug:code>/", visitors.VisitorLossView.as_view(), name="visitor_loss"),
    path("v/<slug:code>/told/<uuid:key>/", visitors.VisitorToldView.as_view(), name="visitor_told"),
    path("v/<slug:code>/notices/", visitors.VisitorNoticesView.as_view(), name="visitor_notices"),
    *register_urls(VISITOR_REPORTS, detail=visitors.VisitorReportDetailView, folder="visitor-reports"),
    path("visitor-reports/<int:pk>/verify/", visitors.visitorreport_verify, name="visitorreport_verify"),
    path("visitor-reports/<int:pk>/drop/", visitors.VisitorReportDropView.as_view(), name="visitorreport_drop"),
    path("visitor-reports/<int:pk>/reveal/", visitors.VisitorReportRevealView.as_view(), name="visitorreport_reveal"),
]
