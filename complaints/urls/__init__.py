"""Addresses of complaints, one module per noun."""

from complaints.urls import (
    compensations,
    complaints,
    figures,
    grievances,
    incidents,
)

app_name = "complaints"
urlpatterns = [
    *complaints.urlpatterns,
    *grievances.urlpatterns,
    *incidents.urlpatterns,
    *compensations.urlpatterns,
    *figures.urlpatterns,
]
