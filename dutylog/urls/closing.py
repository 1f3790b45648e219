"""Addresses of closing, review and reopening."""

from django.urls import path

from dutylog.views import closing

urlpatterns = [
    path("days/<int:pk>/close/", closing.DayCloseView.as_view(), name="dutyday_close"),
    path("days/<int:pk>/review/", closing.DayReviewView.as_view(), name="dutyday_review"),
    path("days/<int:pk>/reopen/", closing.DayReopenView.as_view(), name="dutyday_reopen"),
]
