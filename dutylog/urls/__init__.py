"""Addresses of the duty day, one module per noun."""

from dutylog.urls import briefings, calendar, days, enquiries, entries, followups

app_name = "dutylog"
urlpatterns = [
    *days.urlpatterns,
    *entries.urlpatterns,
    *enquiries.urlpatterns,
    *calendar.urlpatterns,
    *briefings.urlpatterns,
    *followups.urlpatterns,
]
