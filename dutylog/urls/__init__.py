"""Addresses of the duty day, one module per noun."""

from dutylog.urls import briefings, calendar, days, entries, followups

app_name = "dutylog"
urlpatterns = [
    *days.urlpatterns,
    *entries.urlpatterns,
    *calendar.urlpatterns,
    *briefings.urlpatterns,
    *followups.urlpatterns,
]
