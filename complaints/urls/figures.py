"""Addresses of the summary."""

from django.urls import path

from complaints.views import figures

urlpatterns = [
    path("figures/", figures.FiguresView.as_view(), name="figures"),
    path("figures/export/", figures.FiguresExportView.as_view(), name="figures_export"),
    path("figures/<str:period>/approve/", figures.ApproveView.as_view(), name="figures_approve"),
    path("figures/<str:period>/correct/", figures.CorrectView.as_view(), name="figures_correct"),
]
