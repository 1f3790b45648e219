"""Addresses of the duty day, one module per noun."""

from dutylog.urls import briefings, followups

app_name = "dutylog"
urlpatterns = [
    *briefings.urlpatterns,
    *followups.urlpatterns,
]
