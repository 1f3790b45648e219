"""Addresses of the figures."""

from django.urls import path

from surveys.views import results

urlpatterns = [
    path("results/", results.ResultsView.as_view(), name="results"),
    path("results/export/", results.ResultsExportView.as_view(), name="results_export"),
]
