"""Addresses of the small ledgers; what names a ledger by its code comes last."""

from ledgers.urls import entries, kinds, stock

app_name = "ledgers"
urlpatterns = [*stock.urlpatterns, *kinds.urlpatterns, *entries.urlpatterns]
