"""Addresses of the duty day, one module per noun."""

from dutylog.urls import briefings, calendar, closing, days, enquiries, entries, followups, handovers, openitems

app_name = "dutylog"
urlpatterns = [
    *days.urlpatterns,
    *entries.urlpatterns,
    *enquiries.urlpatterns,
    *calendar.urlpatterns,
    *briefings.urlpatterns,
    *followups.urlpatterns,
    *openitems.urlpatterns,
    *handovers.urlpatterns,
    *closing.urlpatterns,
]
