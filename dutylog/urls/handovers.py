"""Addresses of hand-overs."""

from django.urls import path

from dutylog.registers.handovers import HAND_OVERS
from dutylog.views import handovers
from servicedesk.views.registers import register_urls

urlpatterns = [
    *register_urls(HAND_OVERS, detail=handovers.HandOverDetailView, folder="hand-overs"),
    path("shifts/<int:pk>/hand-over/", handovers.HandOverCreateView.as_view(), name="handover_create"),
    path("hand-overs/<int:pk>/count/", handovers.HandOverCountView.as_view(), name="handover_count"),
    path("hand-overs/<int:pk>/sign/", handovers.HandOverSignView.as_view(), name="handover_sign"),
    path("hand-overs/<int:pk>/take/", handovers.HandOverTakeView.as_view(), name="handover_take"),
]
