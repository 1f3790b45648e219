"""Addresses of complaints, one module per noun."""

from complaints.urls import (
    compensations,
    complaints,
    grievances,
    incidents,
    rectifications,
)

app_name = "complaints"
urlpatterns = [
    *complaints.urlpatterns,
    *grievances.urlpatterns,
    *incidents.urlpatterns,
    *compensations.urlpatterns,
    *rectifications.urlpatterns,
]
