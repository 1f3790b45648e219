"""Addresses of lost and found, one module per noun."""

from lostfound.urls import booklets, categories, claims, custody, deeds, exits, items, reports, stocktakes, visitors

app_name = "lostfound"
urlpatterns = [
    *items.urlpatterns, *custody.urlpatterns, *claims.urlpatterns, *reports.urlpatterns,
    *exits.urlpatterns, *deeds.urlpatterns, *stocktakes.urlpatterns, *booklets.urlpatterns,
    *categories.urlpatterns, *visitors.urlpatterns,
]
