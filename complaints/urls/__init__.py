"""Addresses of complaints, one module per noun."""

from complaints.urls import callbacks, complaints, grievances, incidents

app_name = "complaints"
urlpatterns = [
    *complaints.urlpatterns,
    *callbacks.urlpatterns,
    *grievances.urlpatterns,
    *incidents.urlpatterns,
]
