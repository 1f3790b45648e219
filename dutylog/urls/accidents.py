"""Addresses of accidents and emergencies."""

from django.urls import path

from dutylog.registers.accidents import ACCIDENTS
from dutylog.views import accidents
from servicedesk.views.registers import register_urls

STEPS = {
    "edit": accidents.AccidentEditView, "injured_add": accidents.InjuredAddView,
    "update": accidents.AccidentUpdateView, "handle": accidents.AccidentHandleView,
    "close": accidents.AccidentCloseView, "reopen": accidents.AccidentReopenView, "void": accidents.AccidentVoidView,
    "mend": accidents.AccidentMendView,
}

urlpatterns = [
    *register_urls(ACCIDENTS, detail=accidents.AccidentDetailView, folder="accidents"),
    path("accidents/new/", accidents.AccidentCreateView.as_view(), name="accident_create"),
    *[
        path(f"accidents/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=f"accident_{step}")
        for step, view in STEPS.items()
    ],
    path("accidents/<int:pk>/injured/<int:person>/edit/", accidents.InjuredEditView.as_view(),
         name="injuredperson_edit"),
    path("accidents/<int:pk>/injured/<int:person>/phone/", accidents.InjuredRevealView.as_view(),
         name="injuredperson_reveal"),
]
