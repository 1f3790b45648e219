"""Addresses of complaints, one module per noun."""

from complaints.urls import (
    callbacks,
    compensations,
    complaints,
    figures,
    grievances,
    incidents,
    rectifications,
)

app_name = "complaints"
urlpatterns = [
    *complaints.urlpatterns,
    *callbacks.urlpatterns,
    *grievances.urlpatterns,
    *incidents.urlpatterns,
    *compensations.urlpatterns,
    *figures.urlpatterns,
    *rectifications.urlpatterns,
]
