"""Addresses of headcounts."""

from django.urls import path

from dutylog.registers.headcounts import HEADCOUNTS
from dutylog.views import headcounts
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(HEADCOUNTS, detail=headcounts.HeadcountDetailView, folder="headcounts"),
    path("headcounts/new/", headcounts.HeadcountCreateView.as_view(), name="headcount_create"),
    path("headcounts/past/", headcounts.PastTotalView.as_view(), name="headcount_past"),
    path("headcounts/<int:pk>/correct/", headcounts.HeadcountCorrectView.as_view(), name="headcount_correct"),
    path("headcounts/<int:pk>/told/", headcounts.HeadcountToldView.as_view(), name="headcount_told"),
    path("headcounts/<int:pk>/send/", headcounts.headcount_send, name="headcount_send"),
]
