"""Addresses of good deeds."""

from django.urls import path

from lostfound.registers.deeds import GOOD_DEEDS
from lostfound.views import deeds
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(GOOD_DEEDS, detail=deeds.GoodDeedDetailView, folder="good-deeds"),
    path("good-deeds/new/", deeds.DeedCreateView.as_view(), name="gooddeed_create"),
    path("good-deeds/<int:pk>/edit/", deeds.DeedEditView.as_view(), name="gooddeed_edit"),
    path("good-deeds/<int:pk>/withdraw/", deeds.DeedWithdrawView.as_view(), name="gooddeed_withdraw"),
    path("good-deeds/<int:pk>/verify/", deeds.gooddeed_verify, name="gooddeed_verify"),
    path("good-deeds/<int:pk>/pay/", deeds.gooddeed_pay, name="gooddeed_pay"),
]
