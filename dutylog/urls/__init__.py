"""Addresses of the duty day, one module per noun."""

from dutylog.urls import (
    accidents,
    briefings,
    calendar,
    closing,
    days,
    enquiries,
    entries,
    followups,
    handovers,
    headcounts,
    oldlines,
    openitems,
)

app_name = "dutylog"
urlpatterns = [
    *days.urlpatterns,
    *entries.urlpatterns,
    *oldlines.urlpatterns,
    *enquiries.urlpatterns,
    *headcounts.urlpatterns,
    *accidents.urlpatterns,
    *calendar.urlpatterns,
    *briefings.urlpatterns,
    *followups.urlpatterns,
    *openitems.urlpatterns,
    *handovers.urlpatterns,
    *closing.urlpatterns,
]
