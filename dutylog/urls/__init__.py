"""Addresses of the duty day, one module per noun."""

from dutylog.urls import briefings

app_name = "dutylog"
urlpatterns = [
    *briefings.urlpatterns,
]
