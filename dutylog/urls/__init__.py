"""Addresses of the duty day, one module per noun."""

from dutylog.urls import followups

app_name = "dutylog"
urlpatterns = [
    *followups.urlpatterns,
]
