"""Addresses of the figures."""

from django.urls import path

from reports.views import statistics

urlpatterns = [
    path("statistics/", statistics.StatisticsView.as_view(), name="statistics"),
    path("statistics/export/", statistics.StatisticsExportView.as_view(), name="statistics_export"),
]
