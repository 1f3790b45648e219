"""Addresses of the top floor, one module per noun."""

from reports.urls import (
    archives,
    oldbooks,
    statistics,
)

app_name = "reports"
urlpatterns = [
    *archives.urlpatterns,
    *statistics.urlpatterns,
    *oldbooks.urlpatterns,
]
