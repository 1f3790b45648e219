"""Addresses of grievances."""

from django.urls import path

from complaints.registers.grievances import GRIEVANCES
from complaints.views import grievances
from servicedesk.views.registers import register_urls

STEPS = {
    "edit": grievances.GrievanceEditView.as_view(), "soothe": grievances.SootheView.as_view(),
    "void": grievances.VoidView.as_view(), "reveal": grievances.PhoneRevealView.as_view(),
    "upgrade": grievances.grievance_upgrade, "confirm": grievances.grievance_confirm,
    "archive": grievances.grievance_archive,
}

urlpatterns = [
    *register_urls(GRIEVANCES, detail=grievances.GrievanceDetailView, folder="grievances"),
    path("grievances/new/", grievances.GrievanceCreateView.as_view(), name="grievance_create"),
    path("grievances/hints/", grievances.grievance_hints, name="grievance_hints"),
    *[path(f"grievances/<int:pk>/{name}/", view, name=f"grievance_{name}") for name, view in STEPS.items()],
]
