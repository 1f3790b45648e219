"""Addresses of lost reports and matches."""

from django.urls import path, re_path

from lostfound.registers.matches import MATCHES
from lostfound.registers.reports import LOST_REPORTS
from lostfound.views import report_steps as steps
from lostfound.views.matches import MatchDetailView, match_confirm, match_reject
from lostfound.views.reports import LostReportDetailView, ReportCreateView, ReportEditView, hints
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(LOST_REPORTS, detail=LostReportDetailView, folder="reports"),
    path("reports/new/", ReportCreateView.as_view(), name="lostreport_create"),
    path("reports/hints/", hints, name="lostreport_hints"),
    path("reports/<int:pk>/edit/", ReportEditView.as_view(), name="lostreport_edit"),
    path("reports/<int:pk>/contact/", steps.ContactView.as_view(), name="lostreport_contact"),
    path("reports/<int:pk>/measure/", steps.MeasureView.as_view(), name="lostreport_measure"),
    path("reports/<int:pk>/match/", steps.MatchByHandView.as_view(), name="lostreport_match"),
    path("reports/<int:pk>/found/", steps.FoundView.as_view(), name="lostreport_found"),
    path("reports/<int:pk>/close/", steps.CloseView.as_view(), name="lostreport_close"),
    path("reports/<int:pk>/reopen/", steps.ReopenView.as_view(), name="lostreport_reopen"),
    re_path(
        r"^reports/(?P<pk>\d{1,18})/reveal/(?P<field>phone|number_on_item|blind_answers)/$",
        steps.RevealView.as_view(), name="lostreport_reveal",
    ),
    *register_urls(MATCHES, detail=MatchDetailView, folder="matches"),
    path("matches/<int:pk>/confirm/", match_confirm, name="match_confirm"),
    path("matches/<int:pk>/reject/", match_reject, name="match_reject"),
]
