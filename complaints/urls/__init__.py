"""Addresses of complaints, one module per noun."""

from complaints.urls import complaints, grievances, incidents

app_name = "complaints"
urlpatterns = [
    *complaints.urlpatterns,
    *grievances.urlpatterns,
    *incidents.urlpatterns,
]
