"""Addresses of the sheet, its roster and the quick line."""

from django.urls import path

from dutylog.registers.days import DUTY_DAYS
from dutylog.views import days, entries, quick, roster
from servicedesk.views.registers import register_urls

urlpatterns = [
    path("", days.day_today, name="day_today"),
    path("open/", days.dutyday_open, name="dutyday_open"),
    *register_urls(DUTY_DAYS, detail=days.DutyDayDetailView, folder="days", listing=days.DutyDayListView),
    path("days/<int:pk>/edit/", days.DayEditView.as_view(), name="dutyday_edit"),
    path("days/<int:pk>/operations/", days.DayOperationsView.as_view(), name="dutyday_operations"),
    path("days/<int:pk>/roster/", days.DayRosterView.as_view(), name="dutyday_roster"),
    path("days/<int:pk>/quick/", quick.QuickLineView.as_view(register=DUTY_DAYS), name="dutyday_quick"),
    path("days/<int:pk>/reading/", quick.dutyday_reading, name="dutyday_reading"),
    path("days/<int:pk>/addendum/", entries.DayAddendumView.as_view(), name="dutyday_addendum"),
    path("posts/<int:pk>/sign-in/", roster.shiftpost_sign_in, name="shiftpost_sign_in"),
    path("posts/<int:pk>/absent/", roster.AbsenceView.as_view(), name="shiftpost_absent"),
]
