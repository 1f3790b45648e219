"""Addresses of incidents."""

from django.urls import path

from complaints.registers.incidents import INCIDENTS
from complaints.views import incidents
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(INCIDENTS, detail=incidents.IncidentDetailView, folder="incidents"),
    path("incidents/<int:pk>/close/", incidents.CloseView.as_view(), name="incident_close"),
    path("incidents/<int:pk>/reopen/", incidents.ReopenView.as_view(), name="incident_reopen"),
    path("cases/<int:pk>/join/", incidents.JoinView.as_view(), name="complaint_join"),
    path("cases/<int:pk>/leave/", incidents.LeaveView.as_view(), name="complaint_leave"),
]
