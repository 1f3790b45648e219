"""Addresses of complaints, one module per noun."""

from complaints.urls import complaints

app_name = "complaints"
urlpatterns = [
    *complaints.urlpatterns,
]
