"""Addresses of the rounds, one module per noun."""

from checklists.urls import assets, rounds, templates

app_name = "checklists"
urlpatterns = [
    *rounds.urlpatterns,
    *assets.urlpatterns,
    *templates.urlpatterns,
]
