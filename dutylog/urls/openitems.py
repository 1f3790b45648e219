"""Addresses of open items."""

from django.urls import path

from dutylog.registers.openitems import OPEN_ITEMS
from dutylog.views import openitems
from servicedesk.views.registers import register_urls

STEPS = {
    "assign": openitems.ItemAssignView, "update": openitems.ItemUpdateView, "close": openitems.ItemCloseView,
    "reopen": openitems.ItemReopenView, "void": openitems.ItemVoidView,
}

urlpatterns = [
    *register_urls(OPEN_ITEMS, detail=openitems.OpenItemDetailView, folder="open-items"),
    path("open-items/new/", openitems.OpenItemCreateView.as_view(), name="openitem_create"),
    *[
        path(f"open-items/<int:pk>/{step}/", view.as_view(), name=f"openitem_{step}")
        for step, view in STEPS.items()
    ],
]
