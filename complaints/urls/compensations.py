"""Addresses of compensations."""

from django.urls import path

from complaints.registers.compensations import COMPENSATIONS
from complaints.views import compensations
from servicedesk.views.registers import register_urls

STEPS = {
    "edit": compensations.CompensationEditView.as_view(), "submit": compensations.compensation_submit,
    "approve": compensations.ApproveView.as_view(), "return": compensations.ReturnView.as_view(),
    "reject": compensations.RejectView.as_view(), "cancel": compensations.CancelView.as_view(),
    "pay": compensations.PayView.as_view(), "recover": compensations.RecoverView.as_view(),
    "recovered": compensations.RecoveredView.as_view(), "write_off": compensations.WriteOffView.as_view(),
    "close": compensations.compensation_close, "reveal": compensations.AccountRevealView.as_view(),
}

urlpatterns = [
    *register_urls(COMPENSATIONS, detail=compensations.CompensationDetailView, folder="compensations"),
    path("cases/<int:pk>/compensate/", compensations.CompensationCreateView.as_view(), name="complaint_compensate"),
    *[
        path(f"compensations/<int:pk>/{name.replace('_', '-')}/", view, name=f"compensation_{name}")
        for name, view in STEPS.items()
    ],
]
