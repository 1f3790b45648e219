"""Addresses of the top floor, one module per noun."""

from reports.urls import (
    archives,
    oldbooks,
)

app_name = "reports"
urlpatterns = [
    *archives.urlpatterns,
    *oldbooks.urlpatterns,
]
