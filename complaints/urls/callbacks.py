"""Addresses of callbacks."""

from django.urls import path

from complaints.registers.callbacks import CALLBACKS
from complaints.views import callback_calls, callbacks
from servicedesk.views.registers import register_urls

STEPS = {
    "call": callback_calls.CallView.as_view(),
    "number_reveal": callback_calls.callback_number_reveal,
    "ask": callbacks.AskView.as_view(), "sign": callbacks.SignView.as_view(), "back": callbacks.BackView.as_view(),
    "check": callbacks.CheckView.as_view(), "reveal": callbacks.PhoneRevealView.as_view(),
}

urlpatterns = [
    *register_urls(
        CALLBACKS, detail=callbacks.CallbackDetailView, listing=callbacks.CallbackListView, folder="callbacks"
    ),
    path("callbacks/work/", callback_calls.WorkView.as_view(), name="callback_work"),
    path("callbacks/visit/", callbacks.VisitCreateView.as_view(), name="callback_visit"),
    path("callbacks/<int:pk>/attempts/<int:attempt>/strike/", callbacks.StrikeView.as_view(), name="callback_strike"),
    *[
        path(f"callbacks/<int:pk>/{name.replace('_', '-')}/", view, name=f"callback_{name}")
        for name, view in STEPS.items()
    ],
]
