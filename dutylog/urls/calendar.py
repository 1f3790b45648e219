"""Addresses of the calendar."""

from django.urls import path

from dutylog.views import calendar

urlpatterns = [
    path("calendar/", calendar.CalendarView.as_view(), name="calendar"),
    path("calendar/new/", calendar.CalendarDayCreateView.as_view(), name="calendarday_create"),
    path("calendar/<int:pk>/edit/", calendar.CalendarDayEditView.as_view(), name="calendarday_edit"),
    path("calendar/<int:pk>/remove/", calendar.calendarday_remove, name="calendarday_remove"),
]
