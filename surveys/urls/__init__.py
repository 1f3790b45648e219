"""Addresses of the surveys, one module per noun."""

from surveys.urls import answering, results, sheets, versions

app_name = "surveys"
urlpatterns = [
    *answering.urlpatterns,
    *sheets.urlpatterns,
    *results.urlpatterns,
    *versions.urlpatterns,
]
